// The ways in which a sensor can be read out.
#pragma once

#include <memory>
#include <vector>

#include <libcamera/camera.h>
#include <libcamera/geometry.h>
#include <nlohmann/json.hpp>

struct SensorMode {
    libcamera::Size size;
    unsigned bitDepth = 0;
    double maximumFrameRate = 0; // 0: the pipeline does not say
    libcamera::Rectangle crop;   // of the pixel array; empty: the pipeline does not say
    libcamera::PixelFormat format;
};

namespace SensorModes {

// Tries every raw size once, since only a configured camera tells its rate and crop. Nothing must be running.
// Empty where the pipeline has no raw stream.
std::vector<SensorMode> find(libcamera::Camera &camera);

nlohmann::json toJson(const SensorMode &mode);

} // namespace SensorModes
