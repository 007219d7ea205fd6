// JPEG on a thread of its own: neither libcamera nor the reader of commands ever waits for it. Of pictures that wait
// the newest stays.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <libcamera/pixel_format.h>
#include <libcamera/request.h>
#include <turbojpeg.h>

#include "FrameMap.h"
#include "Output.h"
#include "Stamp.h"

// What one stream has put into its buffer.
struct Image {
    const FrameMap *map = nullptr; // null: nothing to encode
    libcamera::PixelFormat format;
    unsigned width = 0, height = 0, stride = 0;
    int quality = 80;
};

// A completed request, with all that is needed to make a message of it.
struct Picture {
    libcamera::Request *request = nullptr;
    Image whole, half;
    WireMessage message;
};

class Encoder {
  public:
    // done: the request is free again; called on the encoder's thread, or on submit()'s for one that is passed over.
    // deliver: the message is complete.
    Encoder(std::function<void(libcamera::Request *)> done, std::function<void(WireMessage)> deliver,
            std::function<void(const WireMessage &)> dropped);
    ~Encoder();

    void submit(Picture picture);
    void setStamp(Stamp stamp);

    // Returns when no picture waits or is worked on; those that waited are not delivered.
    void drain();

  private:
    using Stamps = std::pair<Stamp, Stamp>; // for the whole picture, and for the half one

    void run();
    void encode(Picture &picture);
    size_t compress(const Image &image, const Stamp *stamp,
                    std::vector<uint8_t> &to); // how many bytes it added; 0: failed

    struct Planes; // Y, U and V, as the compressor takes them
    static Planes planesOf(const Image &image);
    void separateChroma(const Image &image, Planes &planes);
    void blend(const Stamp &stamp, const Image &image, Planes &planes);

    std::function<void(libcamera::Request *)> done_;
    std::function<void(WireMessage)> deliver_;
    std::function<void(const WireMessage &)> dropped_;
    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::optional<Picture> waiting_;
    std::shared_ptr<const Stamps> stamps_; // null: none
    bool working_ = false, ending_ = false;
    tjhandle compressor_;
    unsigned char *jpeg_ = nullptr;
    unsigned long jpegCapacity_ = 0;
    std::vector<uint8_t> luma_, u_, v_;
    std::thread thread_;
};
