// From settings to requests that go round, and back to nothing.
#include <algorithm>
#include <cstring>

#include "CameraSession.h"
#include "ControlJson.h"
#include "Failure.h"
#include "Turning.h"
#include "Version.h"

using namespace libcamera;

namespace {

bool isEncodable(const PixelFormat &format) {
    return format == formats::YUV420 || format == formats::NV12 || format == formats::NV21 ||
           format == formats::BGR888 || format == formats::RGB888;
}

} // namespace

void CameraSession::start(const Settings &settings) {
    Settings alone = settings;
    alone.half = false;
    if (settings.half && settings.role == StreamRole::VideoRecording && settings.size != refusedHalf_)
        try {
            return startWith(settings);
        } catch (const Failure &) {
            stop(); // what of it had been made: the pipeline has no such second stream, or no memory for it
            refusedHalf_ = settings.size;
        }
    startWith(alone);
}

void CameraSession::startWith(const Settings &settings) {
    plan(settings);
    if (const int error = camera_->configure(configuration_.get()); error < 0)
        throw Failure("configureFailed", std::string("The camera cannot be configured: ") + std::strerror(-error));

    allocator_ = std::make_unique<FrameBufferAllocator>(camera_);
    for (const StreamConfiguration &stream : *configuration_) {
        if (const int error = allocator_->allocate(stream.stream()); error < 0)
            throw Failure("configureFailed", std::string("There is no memory for frames: ") + std::strerror(-error));
        const auto &buffers = allocator_->buffers(stream.stream());
        const bool first = requests_.empty();
        if (!first && buffers.size() != requests_.size())
            throw Failure("configureFailed", "The second stream has not as many buffers as the first one.");
        for (size_t i = 0; i < buffers.size(); i++) {
            if (first)
                requests_.push_back(camera_->createRequest());
            if (!requests_[i] || requests_[i]->addBuffer(stream.stream(), buffers[i].get()) < 0)
                throw Failure("configureFailed", "The camera takes no requests.");
            maps_[buffers[i].get()] = std::make_unique<FrameMap>(*buffers[i]);
        }
    }
    desired_.renew(camera_->controls());
    pacer_.reset(ControlJson::find(camera_->controls(), "ExposureTime") == nullptr);
    if (const int error = camera_->start(); error < 0)
        throw Failure("configureFailed", std::string("The camera does not start: ") + std::strerror(-error));
    configured_ = true;
}

void CameraSession::plan(const Settings &settings) {
    std::vector<StreamRole> roles{settings.role};
    // Of the two outputs of a Raspberry Pi's ISP the smaller one is for viewfinders.
    if (settings.half)
        roles.push_back(StreamRole::Viewfinder);
    configuration_ = camera_->generateConfiguration(roles);
    if (!configuration_ || configuration_->size() != roles.size())
        throw Failure("configureFailed", "The camera has no such stream.");
    // Both of whole chroma samples; a decoder that halves the first picture comes to the same size.
    if (settings.half && (settings.size.width % 4 != 0 || settings.size.height % 4 != 0))
        throw Failure("configureFailed", "Half of " + settings.size.toString() + " is no size for a picture.");
    const std::vector<Size> asked{settings.size, settings.size / 2};
    for (unsigned i = 0; i < roles.size(); i++) {
        StreamConfiguration &stream = configuration_->at(i);
        stream.size = asked[i];
        stream.bufferCount = settings.buffers;
        for (const PixelFormat &wanted : {formats::YUV420, formats::NV12}) {
            const auto offered = stream.formats().pixelformats();
            if (std::find(offered.begin(), offered.end(), wanted) != offered.end()) {
                stream.pixelFormat = wanted;
                break;
            }
        }
    }
    Turning::set(*configuration_, settings.horizontalFlip, settings.verticalFlip);
#if PICAM_LIBCAMERA >= 200
    if (settings.sensorMode) {
        SensorConfiguration sensor;
        sensor.outputSize = settings.sensorMode->size;
        sensor.bitDepth = settings.sensorMode->bitDepth;
        configuration_->sensorConfig = sensor;
    }
#endif
    if (configuration_->validate() == CameraConfiguration::Invalid || configuration_->size() != roles.size())
        throw Failure("configureFailed", "The camera cannot deliver " + settings.size.toString() + ".");
    // The whole picture as it would be alone, and the other one the same at half the size.
    if (settings.half && (configuration_->at(0).size != asked[0] || configuration_->at(1).size != asked[1]))
        throw Failure("configureFailed", "The camera has no second stream of half the size.");
    for (const StreamConfiguration &stream : *configuration_)
        if (!isEncodable(stream.pixelFormat))
            throw Failure("configureFailed",
                          "The camera delivers " + stream.pixelFormat.toString() + ", which cannot be encoded.");
}

const StreamConfiguration *CameraSession::halfStream() const {
    return configuration_->size() > 1 ? &configuration_->at(1) : nullptr;
}

void CameraSession::run() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        running_ = true;
    }
    for (const auto &request : requests_)
        pacer_.give(request.get());
}

void CameraSession::resume(const Settings &settings) {
    try {
        start(settings);
    } catch (const Failure &failure) {
        throw FatalFailure(failure.code, failure.what());
    }
    run();
}

void CameraSession::stop() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        running_ = false;
    }
    pacer_.reset(false);
    if (configured_)
        camera_->stop();
    encoder_.drain();
    {
        std::lock_guard<std::mutex> lock(mutex_);
        controlsIds_.clear();
    }
    requests_.clear();
    maps_.clear();
    if (allocator_ && configuration_)
        for (const StreamConfiguration &stream : *configuration_)
            allocator_->free(stream.stream());
    allocator_.reset();
    configured_ = false;
}
