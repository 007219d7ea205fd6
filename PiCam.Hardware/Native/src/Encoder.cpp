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

unsigned chromaWidth(const Image &image) { return (image.width + 1) / 2; }
unsigned chromaHeight(const Image &image) { return (image.height + 1) / 2; }

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
    std::shared_ptr<const Stamps> shared;
    if (!stamp.mask.empty()) {
        Stamp half = stamp.halved();
        shared = std::make_shared<const Stamps>(std::move(stamp), std::move(half));
    }
    std::lock_guard<std::mutex> lock(mutex_);
    stamps_ = std::move(shared);
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
        if (picture.whole.map != nullptr || picture.half.map != nullptr)
            encode(picture);
        // The buffer goes back before the message goes out: the sensor waits for nobody.
        done_(picture.request);
        deliver_(std::move(picture.message));
    }
}

void Encoder::encode(Picture &picture) {
    std::shared_ptr<const Stamps> stamps;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        stamps = stamps_;
    }
    const auto started = Clock::now();
    std::vector<uint8_t> &data = picture.message.data;
    if (picture.whole.map != nullptr)
        compress(picture.whole, stamps ? &stamps->first : nullptr, data);
    if (picture.half.map != nullptr)
        if (const size_t length = compress(picture.half, stamps ? &stamps->second : nullptr, data); length > 0)
            picture.message.json["half"] = {{"size", {picture.half.width, picture.half.height}}, {"length", length}};
    picture.message.json["encodeTime"] =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started).count();
}

size_t Encoder::compress(const Image &image, const Stamp *stamp, std::vector<uint8_t> &to) {
    image.map->begin();
    unsigned long length = jpegCapacity_;
    int result;
    if (image.format == formats::BGR888 || image.format == formats::RGB888) {
        // libcamera names by the order in a word, little-endian: its BGR888 is R, G, B in memory.
        result =
            tjCompress2(compressor_, image.map->plane(0), static_cast<int>(image.width), static_cast<int>(image.stride),
                        static_cast<int>(image.height), image.format == formats::BGR888 ? TJPF_RGB : TJPF_BGR, &jpeg_,
                        &length, TJSAMP_420, image.quality, TJFLAG_FASTDCT);
    } else {
        Planes planes = planesOf(image);
        if (image.format == formats::NV12 || image.format == formats::NV21)
            separateChroma(image, planes);
        if (stamp != nullptr)
            blend(*stamp, image, planes);
        result = tjCompressFromYUVPlanes(compressor_, planes.data, static_cast<int>(image.width), planes.strides,
                                         static_cast<int>(image.height), TJSAMP_420, &jpeg_, &length, image.quality,
                                         TJFLAG_FASTDCT);
    }
    image.map->end();
    jpegCapacity_ = std::max(jpegCapacity_, length);
    if (result != 0)
        return 0;
    to.insert(to.end(), jpeg_, jpeg_ + length);
    return length;
}

Encoder::Planes Encoder::planesOf(const Image &image) {
    const int stride = static_cast<int>(image.stride), half = static_cast<int>(image.stride / 2);
    Planes planes{{image.map->plane(0), image.map->plane(1), image.map->plane(2)}, {stride, half, half}};
    // Planes that the buffer does not name follow each other in its first one.
    if (planes.data[1] == nullptr)
        planes.data[1] = planes.data[0] + static_cast<size_t>(stride) * image.height;
    if (planes.data[2] == nullptr)
        planes.data[2] = planes.data[1] + static_cast<size_t>(half) * chromaHeight(image);
    return planes;
}

void Encoder::separateChroma(const Image &image, Planes &planes) {
    const unsigned width = chromaWidth(image), height = chromaHeight(image);
    u_.resize(static_cast<size_t>(width) * height);
    v_.resize(u_.size());
    uint8_t *first = image.format == formats::NV12 ? u_.data() : v_.data();
    uint8_t *second = image.format == formats::NV12 ? v_.data() : u_.data();
    for (unsigned y = 0; y < height; y++, first += width, second += width) {
        const uint8_t *from = planes.data[1] + static_cast<size_t>(y) * image.stride;
        for (unsigned x = 0; x < width; x++) {
            first[x] = from[2 * x];
            second[x] = from[2 * x + 1];
        }
    }
    planes.setChroma(u_.data(), v_.data(), width);
}

void Encoder::blend(const Stamp &stamp, const Image &image, Planes &planes) {
    const unsigned width = chromaWidth(image), height = chromaHeight(image);
    if (planes.data[1] != u_.data()) {
        copy(u_, planes.data[1], planes.strides[1], width, height);
        copy(v_, planes.data[2], planes.strides[2], width, height);
        planes.setChroma(u_.data(), v_.data(), width);
    }
    luma_.assign(planes.data[0], planes.data[0] + static_cast<size_t>(image.stride) * image.height);
    stamp.blend(luma_.data(), image.stride, u_.data(), v_.data(), width, image.width, image.height);
    planes.data[0] = luma_.data();
}
