#include "CameraSession.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "ControlJson.h"
#include "Failure.h"
#include "JsonNumber.h"

using namespace libcamera;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::microseconds usualFrame{33333};

} // namespace

CameraSession::CameraSession(CameraManager &manager, const std::string &id, Output &output, std::function<void()> lost,
                             std::function<bool()> ended)
    : output_(output), lost_(std::move(lost)), ended_(std::move(ended)),
      encoder_(
          [this](Request *request) {
              request->reuse(Request::ReuseBuffers);
              pacer_.give(request);
          },
          [this](WireMessage message) {
              if (message.kind == "STIL")
                  still_.set_value(std::move(message));
              else
                  output_.frame(std::move(message));
          },
          [this](const WireMessage &message) { output_.countDropped(message); }),
      pacer_([this](Request *request) { queue(request); }, [this] { return frameDuration(); }) {
    const auto cameras = manager.cameras();
    if (cameras.empty())
        throw Failure("noCamera", "libcamera finds no camera.");
    for (const auto &camera : cameras)
        if (id.empty() || camera->id() == id) {
            camera_ = camera;
            break;
        }
    if (!camera_)
        throw Failure("unknownCamera", "There is no camera with the id " + id + ".");
    if (const int error = camera_->acquire(); error < 0) {
        camera_.reset();
        throw error == -EBUSY ? Failure("busy", "Another program uses the camera.")
                              : Failure("lost", std::string("The camera cannot be opened: ") + std::strerror(-error));
    }
    camera_->requestCompleted.connect(this, &CameraSession::completed);
    camera_->disconnected.connect(this, &CameraSession::disconnected);
    modes_ = SensorModes::find(*camera_);
}

CameraSession::~CameraSession() {
    if (!camera_)
        return;
    stop();
    camera_->requestCompleted.disconnect(this);
    camera_->disconnected.disconnect(this);
    camera_->release();
}

void CameraSession::setControls(uint64_t id, const json &controls) { desired_.set(id, controls, camera_->controls()); }

void CameraSession::setQuality(const json &quality) { quality_ = CameraSession::quality(quality); }

void CameraSession::setHalf(bool on, const json &quality) {
    if (!quality.is_null())
        halfQuality_ = CameraSession::quality(quality);
    encodingHalf_ = on;
}

int CameraSession::quality(const json &value) { return JsonNumber::whole(value, "quality", 1, 100); }

Size CameraSession::size(const json &value) {
    constexpr unsigned longest = 1 << 16;
    return {JsonNumber::whole(value.at(0), "width", 1u, longest),
            JsonNumber::whole(value.at(1), "height", 1u, longest)};
}

void CameraSession::configure(const json &command) {
    const uint64_t id = command.at("id").get<uint64_t>();
    const Settings next = read(command);
    if (command.contains("controls") && !command["controls"].is_object())
        throw std::invalid_argument("\"controls\" must be an object"); // before anything stops
    const int quality = command.contains("quality") ? CameraSession::quality(command["quality"]) : quality_.load();
    const bool encoding = command.value("encode", encoding_.load());
    const bool same = configured_ && !command.value("restart", false) && next.size == settings_.size &&
                      next.horizontalFlip == settings_.horizontalFlip && next.verticalFlip == settings_.verticalFlip &&
                      next.buffers == settings_.buffers && next.half == settings_.half &&
                      (next.sensorMode ? next.sensorMode->size : Size()) ==
                          (settings_.sensorMode ? settings_.sensorMode->size : Size());
    const auto started = Clock::now();
    if (!same) {
        const Settings before = settings_;
        const bool ran = configured_;
        stop();
        try {
            start(next);
        } catch (const Failure &) {
            stop(); // what of it had been made
            if (ran)
                resume(before);
            throw;
        }
        settings_ = next;
    }
    quality_ = quality;
    setEncoding(encoding);
    const auto gap = same ? 0 : std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started).count();
    output_.answer({"CONF", describe(id, gap), {}});
    if (command.contains("controls"))
        desired_.set(id, command["controls"], camera_->controls());
    if (!same)
        run();
}

CameraSession::Settings CameraSession::read(const json &command) const {
    Settings settings = settings_;
    if (command.contains("size"))
        settings.size = size(command["size"]);
    if (command.contains("sensorMode")) {
        settings.sensorMode.reset();
        if (const json &mode = command["sensorMode"]; !mode.is_null()) {
            const Size size = CameraSession::size(mode);
            const json depth = command.value("bitDepth", json(nullptr));
            for (const SensorMode &known : modes_)
                if (known.size == size && (depth.is_null() || depth == known.bitDepth))
                    settings.sensorMode = known;
            if (!settings.sensorMode)
                throw Failure("badValue", "The sensor has no mode of " + size.toString() + ".");
        }
    }
    settings.horizontalFlip = command.value("horizontalFlip", settings.horizontalFlip);
    settings.verticalFlip = command.value("verticalFlip", settings.verticalFlip);
    settings.half = command.value("half", settings.half);
    if (command.contains("buffers"))
        settings.buffers = JsonNumber::whole(command["buffers"], "buffers", 1u, 8u);
    return settings;
}

void CameraSession::queue(Request *request) {
    std::vector<json> answers;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        if (!running_)
            return;
        controlsIds_[request] = desired_.attach(request->controls(), answers);
        if (camera_->queueRequest(request) < 0) {
            running_ = false;
            lose();
            return;
        }
    }
    for (json &answer : answers)
        output_.answer({"ACKN", std::move(answer), {}});
}

void CameraSession::completed(Request *request) {
    if (request->status() == Request::RequestCancelled)
        return;
    const bool still = takingStill_.exchange(false);
    if (settings_.role == StreamRole::StillCapture && !still)
        return; // the picture is being made; this one was under way already
    Picture picture;
    picture.request = request;
    if (still || encoding_)
        picture.whole = image(configuration_->at(0), request, still ? stillQuality_ : quality_);
    if (const StreamConfiguration *half = halfStream(); half != nullptr && encoding_ && encodingHalf_)
        picture.half = image(*half, request, halfQuality_);
    uint64_t controlsId;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        controlsId = controlsIds_[request];
    }
    json metadata = ControlJson::metadata(request->metadata());
    json timestamp = metadata.value("SensorTimestamp", json(nullptr));
    metadata.erase("SensorTimestamp");
    picture.message.kind = still ? "STIL" : "FRAM";
    picture.message.json = {{"sequence", sequence_++}, {"timestamp", timestamp}, {"controlsId", controlsId},
                            {"encodeTime", 0},         {"dropped", 0},           {"metadata", std::move(metadata)}};
    encoder_.submit(std::move(picture));
}

Image CameraSession::image(const StreamConfiguration &stream, Request *request, int quality) const {
    return {maps_.at(request->buffers().at(stream.stream())).get(),
            stream.pixelFormat,
            stream.size.width,
            stream.size.height,
            stream.stride,
            quality};
}

std::chrono::microseconds CameraSession::frameDuration() const {
    const int64_t asked = desired_.frameDuration();
    return asked > 0 ? std::chrono::microseconds(asked) : usualFrame;
}
