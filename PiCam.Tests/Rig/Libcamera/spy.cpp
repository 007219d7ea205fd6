// Preloaded: writes what every request carries into the file that PICAM_SPY names, one JSON object per line; and gives
// FrameDurationLimits a default as other pipelines state it, one number for a list of two (the virtual camera states none).
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <list>
#include <mutex>
#include <string>

#include <libcamera/camera.h>
#include <libcamera/control_ids.h>
#include <libcamera/request.h>
#include <libcamera/stream.h>

int libcamera::Camera::queueRequest(Request *request) {
    using Real = int (*)(Camera *, Request *);
    static const Real real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "_ZN9libcamera6Camera12queueRequestEPNS_7RequestE"));
    if (const char *path = std::getenv("PICAM_SPY")) {
        std::string line = "{";
        for (const auto &[id, value] : request->controls()) {
            const auto *ids = request->controls().idMap();
            const auto control = ids->find(id);
            line += (line.size() > 1 ? ",\"" : "\"") + (control == ids->end() ? std::to_string(id) : control->second->name()) + "\":\"" +
                    value.toString() + "\"";
        }
        if (FILE *file = std::fopen(path, "a")) {
            std::fprintf(file, "%s}\n", line.c_str());
            std::fclose(file);
        }
    }
    // The camera is unplugged as soon as a picture of this width is asked for.
    if (const char *width = std::getenv("PICAM_UNPLUG"))
        for (const auto &[stream, buffer] : request->buffers())
            if (stream->configuration().size.width == static_cast<unsigned>(std::atoi(width)))
                return -ENODEV;
    return real(this, request);
}

const libcamera::ControlInfoMap &libcamera::Camera::controls() const {
    using Real = const ControlInfoMap &(*)(const Camera *);
    static const Real real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "_ZNK9libcamera6Camera8controlsEv"));
    static std::mutex mutex;
    static std::list<ControlInfoMap> given; // callers keep what they were given
    const ControlInfoMap &all = real(this);
    ControlInfoMap::Map map;
    for (const auto &[id, info] : all)
        map.emplace(id, id->id() == controls::FrameDurationLimits.id() ? ControlInfo(info.min(), info.max(), info.max()) : info);
    std::lock_guard<std::mutex> lock(mutex);
    return given.emplace_back(std::move(map), all.idmap());
}
