#include "Encoder.h"

#include <chrono>
#include <cstring>
#include <pthread.h>

#include <libcamera/formats.h>

using namespace libcamera;
using Clock = std::chrono::steady_clock;

struct Encoder::Planes {
    const unsigned char *data[3];
    int strides[3];

    void setChroma(const uint8_t *u, const uint8_t *v, unsigned stride) {
        data[1] = u;
        data[2] = v;
        strides[1] = strides[2] = static_cast<int>(stride);
    }
};

namespace {

unsigned chromaWidth(const Picture &picture) { return (picture.width + 1) / 2; }
unsigned chromaHeight(const Picture &picture) { return (picture.height + 1) / 2; }

void copy(std::vector<uint8_t> &to, const uint8_t *from, int stride, unsigned width, unsigned height) {
    to.resize(static_cast<size_t>(width) * height);
    for (unsigned y = 0; y < height; y++)
        std::memcpy(&to[static_cast<size_t>(y) * width], from + static_cast<size_t>(y) * stride, width);
}

} // namespace

Encoder::Encoder(std::function<void(Request *)> done, std::function<void(WireMessage)> deliver,
                 std::function<void(const WireMessage &)> dropped)
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
        dropped_(passedOver->message);
        done_(passedOver->request);
    }
}

void Encoder::setStamp(Stamp stamp) {
    auto shared = stamp.mask.empty() ? nullptr : std::make_shared<const Stamp>(std::move(stamp));
    std::lock_guard<std::mutex> lock(mutex_);
    stamp_ = std::move(shared);
}

void Encoder::drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (waiting_)
        dropped_(waiting_->message);
    waiting_.reset();
    idle_.wait(lock, [this] { return !working_; });
}

void Encoder::run() {
    pthread_setname_np(pthread_self(), "encoder");
    while (true) {
        Picture picture;
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
    std::shared_ptr<const Stamp> stamp;
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
        Planes planes = planesOf(picture);
        if (picture.format == formats::NV12 || picture.format == formats::NV21)
            separateChroma(picture, planes);
        if (stamp)
            blend(*stamp, picture, planes);
        result = tjCompressFromYUVPlanes(compressor_, planes.data, static_cast<int>(picture.width), planes.strides,
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

Encoder::Planes Encoder::planesOf(const Picture &picture) {
    const int stride = static_cast<int>(picture.stride), half = static_cast<int>(picture.stride / 2);
    Planes planes{{picture.map->plane(0), picture.map->plane(1), picture.map->plane(2)}, {stride, half, half}};
    // Planes that the buffer does not name follow each other in its first one.
    if (planes.data[1] == nullptr)
        planes.data[1] = planes.data[0] + static_cast<size_t>(stride) * picture.height;
    if (planes.data[2] == nullptr)
        planes.data[2] = planes.data[1] + static_cast<size_t>(half) * chromaHeight(picture);
    return planes;
}

void Encoder::separateChroma(const Picture &picture, Planes &planes) {
    const unsigned width = chromaWidth(picture), height = chromaHeight(picture);
    u_.resize(static_cast<size_t>(width) * height);
    v_.resize(u_.size());
    uint8_t *first = picture.format == formats::NV12 ? u_.data() : v_.data();
    uint8_t *second = picture.format == formats::NV12 ? v_.data() : u_.data();
    for (unsigned y = 0; y < height; y++, first += width, second += width) {
        const uint8_t *from = planes.data[1] + static_cast<size_t>(y) * picture.stride;
        for (unsigned x = 0; x < width; x++) {
            first[x] = from[2 * x];
            second[x] = from[2 * x + 1];
        }
    }
    planes.setChroma(u_.data(), v_.data(), width);
}

void Encoder::blend(const Stamp &stamp, const Picture &picture, Planes &planes) {
    const unsigned width = chromaWidth(picture), height = chromaHeight(picture);
    if (planes.data[1] != u_.data()) {
        copy(u_, planes.data[1], planes.strides[1], width, height);
        copy(v_, planes.data[2], planes.strides[2], width, height);
        planes.setChroma(u_.data(), v_.data(), width);
    }
    luma_.assign(planes.data[0], planes.data[0] + static_cast<size_t>(picture.stride) * picture.height);
    stamp.blend(luma_.data(), picture.stride, u_.data(), v_.data(), width, picture.width, picture.height);
    planes.data[0] = luma_.data();
}
