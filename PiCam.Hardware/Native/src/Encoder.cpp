#include "Encoder.h"

#include <chrono>
#include <cstring>

#include <libcamera/formats.h>

using namespace libcamera;
using Clock = std::chrono::steady_clock;

Encoder::Encoder(std::function<void(Request *)> done, std::function<void(WireMessage)> deliver,
                 std::function<void()> dropped)
    : done_(std::move(done)), deliver_(std::move(deliver)), dropped_(std::move(dropped)), compressor_(tjInitCompress()),
      thread_([this] { run(); }) {}

Encoder::~Encoder() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
    tjFree(jpeg_);
    tjDestroy(compressor_);
}

void Encoder::submit(Picture picture) {
    std::optional<Picture> passedOver;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        passedOver.swap(waiting_);
        waiting_ = std::move(picture);
    }
    wake_.notify_one();
    if (passedOver) {
        dropped_();
        done_(passedOver->request);
    }
}

void Encoder::setStamp(Stamp stamp) {
    std::lock_guard<std::mutex> lock(mutex_);
    stamp_ = std::move(stamp);
}

void Encoder::drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    waiting_.reset();
    idle_.wait(lock, [this] { return !working_; });
}

void Encoder::run() {
    while (true) {
        Picture picture;
        Stamp stamp;
        {
            std::unique_lock<std::mutex> lock(mutex_);
            working_ = false;
            idle_.notify_all();
            wake_.wait(lock, [this] { return ending_ || waiting_; });
            if (ending_)
                return;
            picture = std::move(*waiting_);
            waiting_.reset();
            working_ = true;
        }
        if (picture.map != nullptr)
            encode(picture);
        // The buffer goes back before the message goes out: the sensor waits for nobody.
        done_(picture.request);
        deliver_(std::move(picture.message));
    }
}

void Encoder::encode(Picture &picture) {
    Stamp stamp;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        stamp = stamp_;
    }
    const auto started = Clock::now();
    picture.map->begin();
    unsigned long length = jpegCapacity_;
    int result;
    if (picture.format == formats::BGR888 || picture.format == formats::RGB888) {
        // libcamera names by the order in a word, little-endian: its BGR888 is R, G, B in memory.
        result = tjCompress2(compressor_, picture.map->plane(0), static_cast<int>(picture.width),
                             static_cast<int>(picture.stride), static_cast<int>(picture.height),
                             picture.format == formats::BGR888 ? TJPF_RGB : TJPF_BGR, &jpeg_, &length, TJSAMP_420,
                             picture.quality, TJFLAG_FASTDCT);
    } else {
        const unsigned chromaWidth = (picture.width + 1) / 2, chromaHeight = (picture.height + 1) / 2;
        const unsigned char *planes[3] = {picture.map->plane(0), picture.map->plane(1), picture.map->plane(2)};
        int strides[3] = {static_cast<int>(picture.stride), static_cast<int>(picture.stride / 2),
                          static_cast<int>(picture.stride / 2)};
        if (planes[1] == nullptr)
            planes[1] = planes[0] + static_cast<size_t>(picture.stride) * picture.height;
        const bool stamped = !stamp.mask.empty();
        const bool interleaved = picture.format == formats::NV12 || picture.format == formats::NV21;
        if (!interleaved && planes[2] == nullptr)
            planes[2] = planes[1] + static_cast<size_t>(picture.stride / 2) * chromaHeight;
        if (interleaved || stamped) {
            u_.resize(static_cast<size_t>(chromaWidth) * chromaHeight);
            v_.resize(u_.size());
            for (unsigned y = 0; y < chromaHeight; y++) {
                uint8_t *u = &u_[static_cast<size_t>(y) * chromaWidth], *v = &v_[static_cast<size_t>(y) * chromaWidth];
                if (interleaved) {
                    const uint8_t *from = planes[1] + static_cast<size_t>(y) * picture.stride;
                    uint8_t *first = picture.format == formats::NV12 ? u : v,
                            *second = picture.format == formats::NV12 ? v : u;
                    for (unsigned x = 0; x < chromaWidth; x++) {
                        first[x] = from[2 * x];
                        second[x] = from[2 * x + 1];
                    }
                } else {
                    std::memcpy(u, planes[1] + static_cast<size_t>(y) * strides[1], chromaWidth);
                    std::memcpy(v, planes[2] + static_cast<size_t>(y) * strides[2], chromaWidth);
                }
            }
            planes[1] = u_.data();
            planes[2] = v_.data();
            strides[1] = strides[2] = static_cast<int>(chromaWidth);
        }
        if (stamped) {
            luma_.assign(planes[0], planes[0] + static_cast<size_t>(picture.stride) * picture.height);
            stamp.blend(luma_.data(), picture.stride, u_.data(), v_.data(), chromaWidth, picture.width, picture.height);
            planes[0] = luma_.data();
        }
        result = tjCompressFromYUVPlanes(compressor_, planes, static_cast<int>(picture.width), strides,
                                         static_cast<int>(picture.height), TJSAMP_420, &jpeg_, &length, picture.quality,
                                         TJFLAG_FASTDCT);
    }
    picture.map->end();
    jpegCapacity_ = std::max(jpegCapacity_, length);
    if (result == 0)
        picture.message.data.assign(jpeg_, jpeg_ + length);
    picture.message.json["encodeTime"] =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started).count();
}
