// A picture of its own size and quality, between two pieces of the live stream.
#include <algorithm>

#include "CameraSession.h"
#include "Failure.h"

using namespace libcamera;
using nlohmann::json;

namespace {

constexpr std::chrono::seconds stillPatience{60};
constexpr std::chrono::milliseconds lookAround{100};

} // namespace

WireMessage CameraSession::still(const json &command) {
    if (!configured_)
        throw Failure("stillFailed", "The camera is not configured yet.");
    Settings large = settings_;
    large.role = StreamRole::StillCapture;
    large.sensorMode.reset();
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
    const Settings before = settings_;
    stop();
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
        const auto deadline = std::chrono::steady_clock::now() + stillPatience;
        while (!inTime && !ended_() && std::chrono::steady_clock::now() < deadline)
            inTime = taken.wait_for(lookAround) == std::future_status::ready;
    } catch (const Failure &failure) {
        reason = failure.what();
    }
    const Size size = configuration_ && !configuration_->empty() ? configuration_->at(0).size : large.size;
    takingStill_ = false;
    stop();
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
