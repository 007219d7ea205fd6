// Mirrors, as each version of libcamera names them.
#pragma once

#include <utility>

#include <libcamera/camera.h>

#include "Version.h"

namespace Turning {

inline void set(libcamera::CameraConfiguration &configuration, bool horizontal, bool vertical) {
#if PICAM_LIBCAMERA >= 200
    configuration.orientation = horizontal && vertical ? libcamera::Orientation::Rotate180
                                : horizontal           ? libcamera::Orientation::Rotate0Mirror
                                : vertical             ? libcamera::Orientation::Rotate180Mirror
                                                       : libcamera::Orientation::Rotate0;
#else
    configuration.transform = libcamera::Transform::Identity;
    if (horizontal)
        configuration.transform = configuration.transform * libcamera::Transform::HFlip;
    if (vertical)
        configuration.transform = configuration.transform * libcamera::Transform::VFlip;
#endif
}

// Horizontal and vertical.
inline std::pair<bool, bool> get(const libcamera::CameraConfiguration &configuration) {
#if PICAM_LIBCAMERA >= 200
    const auto o = configuration.orientation;
    return {o == libcamera::Orientation::Rotate180 || o == libcamera::Orientation::Rotate0Mirror,
            o == libcamera::Orientation::Rotate180 || o == libcamera::Orientation::Rotate180Mirror};
#else
    return {static_cast<bool>(configuration.transform & libcamera::Transform::HFlip),
            static_cast<bool>(configuration.transform & libcamera::Transform::VFlip)};
#endif
}

} // namespace Turning
