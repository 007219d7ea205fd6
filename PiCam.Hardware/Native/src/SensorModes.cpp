#include "SensorModes.h"

#include <algorithm>

#include <libcamera/control_ids.h>
#include <libcamera/property_ids.h>
#include <libcamera/stream.h>

#include "ControlJson.h"

using namespace libcamera;

namespace {

// "SGBRG10_CSI2P" has 10 bits, "SRGGB16" 16.
unsigned bitsOf(const PixelFormat &format) {
    const std::string name = format.toString();
    const size_t digits = name.find_first_of("0123456789");
    return digits == std::string::npos ? 0 : static_cast<unsigned>(std::strtoul(name.c_str() + digits, nullptr, 10));
}

void measure(Camera &camera, SensorMode &mode) {
    auto configuration = camera.generateConfiguration({StreamRole::Raw});
    if (!configuration || configuration->empty())
        return;
    StreamConfiguration &raw = configuration->at(0);
    raw.size = mode.size;
    raw.pixelFormat = mode.format;
    if (configuration->validate() == CameraConfiguration::Invalid || camera.configure(configuration.get()) < 0)
        return;
    const auto &limits = camera.controls().find(controls::FrameDurationLimits.id());
    if (limits != camera.controls().end()) {
        const ControlValue &least = limits->second.min();
        const int64_t microseconds =
            least.type() == ControlTypeInteger64 && !least.isArray() ? least.get<int64_t>() : 0;
        mode.maximumFrameRate = microseconds > 0 ? 1e6 / static_cast<double>(microseconds) : 0;
    }
    const auto crop = camera.properties().get(properties::ScalerCropMaximum);
    if (crop)
        mode.crop = *crop;
}

} // namespace

namespace SensorModes {

std::vector<SensorMode> find(Camera &camera) {
    std::vector<SensorMode> modes;
    auto configuration = camera.generateConfiguration({StreamRole::Raw});
    if (!configuration || configuration->empty())
        return modes;
    const StreamFormats &formats = configuration->at(0).formats();
    for (const PixelFormat &format : formats.pixelformats()) {
        for (const Size &size : formats.sizes(format)) {
            SensorMode mode;
            mode.size = size;
            mode.format = format;
            mode.bitDepth = bitsOf(format);
            // One entry per size: of the bit depths the largest, which the rate allows.
            auto same = std::find_if(modes.begin(), modes.end(), [&](const SensorMode &m) { return m.size == size; });
            if (same == modes.end())
                modes.push_back(mode);
            else if (mode.bitDepth > same->bitDepth && mode.bitDepth <= 12)
                *same = mode;
        }
    }
    for (SensorMode &mode : modes)
        measure(camera, mode);
    std::sort(modes.begin(), modes.end(), [](const SensorMode &a, const SensorMode &b) { return a.size < b.size; });
    return modes;
}

nlohmann::json toJson(const SensorMode &mode) {
    nlohmann::json json = {{"size", {mode.size.width, mode.size.height}}, {"bitDepth", mode.bitDepth}};
    json["maximumFrameRate"] =
        mode.maximumFrameRate > 0 ? nlohmann::json(mode.maximumFrameRate) : nlohmann::json(nullptr);
    json["crop"] = mode.crop.isNull() ? nlohmann::json(nullptr) : ControlJson::toJson(mode.crop);
    return json;
}

} // namespace SensorModes
