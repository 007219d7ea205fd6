// A picture of its own size and quality, between two pieces of the live stream.
#include <algorithm>

#include "CameraSession.h"
#include "Failure.h"
#include "JsonNumber.h"

using namespace libcamera;
using nlohmann::json;

namespace {

constexpr int64_t usualPatience = 60'000, longestPatience = 3'600'000; // ms
constexpr std::chrono::milliseconds lookAround{100};

} // namespace

WireMessage CameraSession::still(const json &command) {
    if (!configured_)
        throw Failure("stillFailed", "The camera is not configured yet.");
    Settings large = settings_;
    large.role = StreamRole::StillCapture;
    // The whole field at full resolution, whatever the size: a smaller mode may see less of it.
    const auto whole = std::max_element(modes_.begin(), modes_.end(), [](const SensorMode &a, const SensorMode &b) {
        return std::pair(a.size.width * a.size.height, a.bitDepth) <
               std::pair(b.size.width * b.size.height, b.bitDepth);
    });
    large.sensorMode = whole == modes_.end() ? std::nullopt : std::optional(*whole);
    large.buffers = 1;
    const auto array = camera_->properties().get(properties::PixelArraySize);
    json range;
    Size largest = settings_.size;
    for (const Size &size : sizes(range))
        largest = std::max(largest, size);
    large.size = command.contains("size") && !command["size"].is_null() ? CameraSession::size(command["size"])
                 : array && !range.is_null()                            ? *array
                                                                        : largest;
    stillQuality_ = command.contains("quality") ? quality(command["quality"]) : 95;
    const std::chrono::milliseconds patience{
        command.contains("patience") ? JsonNumber::whole<int64_t>(command["patience"], "patience", 1, longestPatience)
                                     : usualPatience};
    if (command.contains("controls") && !command["controls"].is_object())
        throw std::invalid_argument("\"controls\" must be an object"); // before anything stops
    const Settings before = settings_;
    stop();
    json controls = command.value("controls", json(nullptr));
    if (!controls.is_null())
        controls = desired_.exchange(std::move(controls));
    still_ = std::promise<WireMessage>();
    auto taken = still_.get_future();
    bool inTime = false;
    std::string reason = "The camera gave no picture.";
    try {
        start(large);
        settings_ = large;
        takingStill_ = true;
        run();
        // A camera that has gone gives none, and who has gone waits for none.
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!inTime && !ended_() && std::chrono::steady_clock::now() < deadline)
            inTime = taken.wait_for(lookAround) == std::future_status::ready;
    } catch (const Failure &failure) {
        reason = failure.what();
    }
    const Size size = configuration_ && !configuration_->empty() ? configuration_->at(0).size : large.size;
    takingStill_ = false;
    if (gone_)
        throw FatalFailure("lost", "The camera has gone.");
    stop();
    if (!controls.is_null())
        desired_.exchange(std::move(controls));
    settings_ = before;
    resume(before);
    if (!inTime)
        throw Failure("stillFailed", reason);
    WireMessage message = taken.get();
    if (message.data.empty())
        throw Failure("stillFailed", "The picture cannot be encoded.");
    message.json["id"] = command.at("id");
    message.json["size"] = {size.width, size.height};
    return message;
}
