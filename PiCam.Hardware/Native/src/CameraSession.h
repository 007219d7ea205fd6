// One libcamera camera: opened once, configured as often as asked for, its requests going round until it is stopped.
#pragma once

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <libcamera/libcamera.h>
#include <nlohmann/json.hpp>

#include "DesiredControls.h"
#include "Encoder.h"
#include "FrameMap.h"
#include "Output.h"
#include "Pacer.h"
#include "SensorModes.h"

class CameraSession {
  public:
    // id: empty for the first camera. lost: called once, from any thread, when the camera has gone. ended: whether
    // nobody waits for an answer any more. Throws Failure.
    CameraSession(libcamera::CameraManager &manager, const std::string &id, Output &output, std::function<void()> lost,
                  std::function<bool()> ended);
    ~CameraSession();

    nlohmann::json hello() const; // what the camera says of itself; before it is configured

    // These run commands of PROTOCOL.md, one at a time. They throw Failure, and std::exception for what is not as
    // described, and FatalFailure when nothing runs any more.
    void configure(const nlohmann::json &command);
    void setControls(uint64_t id, const nlohmann::json &controls);
    void setEncoding(bool on) { encoding_ = on; }
    void setQuality(const nlohmann::json &quality);
    void setHalf(bool on,
                 const nlohmann::json &quality); // whether the second stream is encoded; quality: null: as it was
    void setStamp(Stamp stamp) { encoder_.setStamp(std::move(stamp)); }
    WireMessage still(const nlohmann::json &command);

  private:
    struct Settings {
        libcamera::Size size{1280, 720};
        std::optional<SensorMode> sensorMode;
        bool horizontalFlip = false, verticalFlip = false;
        bool half = false; // a second stream of half the size, where the pipeline has one
        unsigned buffers = 4;
        libcamera::StreamRole role = libcamera::StreamRole::VideoRecording;
    };

    Settings read(const nlohmann::json &command) const;
    static int quality(const nlohmann::json &value); // throws std::invalid_argument
    static libcamera::Size size(const nlohmann::json &value);
    void start(const Settings &settings); // configured, but no request is on its way
    void startWith(const Settings &settings);
    void plan(const Settings &settings);   // finds a valid configuration
    void run();                            // all requests go round
    void resume(const Settings &settings); // start and run as before; throws FatalFailure
    void stop();
    const libcamera::StreamConfiguration *halfStream() const; // null: none
    Image image(const libcamera::StreamConfiguration &stream, libcamera::Request *request, int quality) const;
    void queue(libcamera::Request *request);
    void completed(libcamera::Request *request);
    void disconnected() { lose(); }
    void lose() {
        gone_ = true;
        lost_();
    }
    nlohmann::json describe(uint64_t id, int64_t gap) const;
    std::vector<libcamera::Size> sizes(nlohmann::json &range) const;
    std::chrono::microseconds frameDuration() const;

    Output &output_;
    std::function<void()> lost_;
    std::atomic<bool> gone_{false}; // lost_ was called
    std::function<bool()> ended_;
    std::shared_ptr<libcamera::Camera> camera_;
    std::vector<SensorMode> modes_;

    Settings settings_;
    libcamera::Size refusedHalf_; // beside a stream of this size there was none of half the size
    bool configured_ = false;
    std::unique_ptr<libcamera::CameraConfiguration> configuration_;
    std::unique_ptr<libcamera::FrameBufferAllocator> allocator_;
    std::vector<std::unique_ptr<libcamera::Request>> requests_;
    std::map<const libcamera::FrameBuffer *, std::unique_ptr<FrameMap>> maps_;
    std::map<const libcamera::Request *, uint64_t> controlsIds_; // guarded by mutex_

    std::mutex mutex_;
    bool running_ = false; // guarded by mutex_
    std::atomic<bool> encoding_{true};
    std::atomic<int> quality_{80};
    std::atomic<bool> encodingHalf_{false};
    std::atomic<int> halfQuality_{75};
    std::atomic<bool> takingStill_{false};
    std::atomic<int> stillQuality_{95};
    std::promise<WireMessage> still_;
    uint64_t sequence_ = 0;
    DesiredControls desired_;
    Encoder encoder_;
    Pacer pacer_;
};
