// Which libcamera this is built against, as one number: 0.5.2 is 502.
#pragma once

#include <libcamera/version.h>

#define PICAM_LIBCAMERA (LIBCAMERA_VERSION_MAJOR * 10000 + LIBCAMERA_VERSION_MINOR * 100 + LIBCAMERA_VERSION_PATCH)
