// What a camera says of itself: the hello, and each configuration.
#include <algorithm>

#include "CameraSession.h"
#include "ControlJson.h"
#include "Turning.h"
#include "Version.h"

using namespace libcamera;
using nlohmann::json;

json CameraSession::hello() const {
    const ControlList &properties = camera_->properties();
    json modes = json::array();
    for (const SensorMode &mode : modes_)
        modes.push_back(SensorModes::toJson(mode));
    json range;
    json list = json::array();
    for (const Size &size : sizes(range))
        list.push_back({size.width, size.height});
    const auto model = properties.get(properties::Model);
    const auto rotation = properties.get(properties::Rotation);
    const auto array = properties.get(properties::PixelArraySize);
    const auto location = properties.get(properties::Location);
    json hello = {{"protocol", 1},
                  {"libcamera", CameraManager::version()},
                  {"id", camera_->id()},
                  {"model", model ? std::string(*model) : camera_->id()},
                  {"location", !location                                      ? "unknown"
                               : *location == properties::CameraLocationFront ? "front"
                               : *location == properties::CameraLocationBack  ? "back"
                                                                              : "external"},
                  {"rotation", rotation ? *rotation : 0},
                  {"pixelArraySize", array ? json{array->width, array->height} : json(nullptr)},
                  {"sensorModes", modes},
                  {"sizes", list},
                  {"sizeRange", range},
                  {"transforms", json::array()},
                  {"still", "reconfigure"},
                  {"controls", ControlJson::describe(camera_->controls())}};
    for (const bool horizontal : {true, false}) {
        auto configuration = camera_->generateConfiguration({StreamRole::VideoRecording});
        Turning::set(*configuration, horizontal, !horizontal);
        if (configuration->validate() != CameraConfiguration::Invalid &&
            Turning::get(*configuration) == std::pair(horizontal, !horizontal))
            hello["transforms"].push_back(horizontal ? "horizontalFlip" : "verticalFlip");
    }
    return hello;
}

json CameraSession::describe(uint64_t id, int64_t gap) const {
    const StreamConfiguration &stream = configuration_->at(0);
    const StreamConfiguration *half = halfStream();
    const auto [horizontal, vertical] = Turning::get(*configuration_);
    json mode = nullptr;
#if PICAM_LIBCAMERA >= 200
    if (configuration_->sensorConfig)
        for (const SensorMode &known : modes_)
            if (known.size == configuration_->sensorConfig->outputSize)
                mode = SensorModes::toJson(known);
#endif
    const auto crop = camera_->properties().get(properties::ScalerCropMaximum);
    return {{"id", id},
            {"size", {stream.size.width, stream.size.height}},
            {"half", half ? json{half->size.width, half->size.height} : json(nullptr)},
            {"sensorMode", mode},
            {"horizontalFlip", horizontal},
            {"verticalFlip", vertical},
            {"controls", ControlJson::describe(camera_->controls())},
            {"scalerCropMaximum", crop ? ControlJson::toJson(*crop) : json(nullptr)},
            {"gap", gap}};
}

std::vector<Size> CameraSession::sizes(json &range) const {
    const auto configuration = camera_->generateConfiguration({StreamRole::VideoRecording});
    range = nullptr;
    if (!configuration || configuration->empty())
        return {};
    const StreamConfiguration &stream = configuration->at(0);
    const StreamFormats &formats = stream.formats();
    const auto offered = formats.pixelformats();
    const PixelFormat format = std::find(offered.begin(), offered.end(), formats::YUV420) != offered.end()
                                   ? formats::YUV420
                                   : stream.pixelFormat;
    const SizeRange limits = formats.range(format);
    if (limits.max != limits.min && limits.hStep > 0)
        range = {
            {limits.min.width, limits.min.height}, {limits.max.width, limits.max.height}, {limits.hStep, limits.vStep}};
    auto list = formats.sizes(format);
    std::sort(list.begin(), list.end());
    return list;
}
