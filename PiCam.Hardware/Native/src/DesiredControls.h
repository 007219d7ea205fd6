// The whole set of controls that the panel asks for, and which request carries it.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include <libcamera/camera.h>
#include <libcamera/controls.h>
#include <nlohmann/json.hpp>

class DesiredControls {
  public:
    // Takes over a set that replaces the one before. What cannot be set is answered, not thrown.
    void set(uint64_t id, const nlohmann::json &controls, const libcamera::ControlInfoMap &offered);

    // Lends another set to the next configuration, without an answer; gives the one before, to be put back.
    nlohmann::json exchange(nlohmann::json controls);

    // Adds the set to a request, if it has not gone out yet; gives the id of the newest set that went out, and the
    // answers that are due.
    uint64_t attach(libcamera::ControlList &list, std::vector<nlohmann::json> &answers);

    // After a new configuration the set goes out again; it is looked up anew among what that offers.
    void renew(const libcamera::ControlInfoMap &offered);

    // The microseconds that one frame should take at least, from FrameDurationLimits; 0 when it does not say.
    int64_t frameDuration() const;

  private:
    struct Checked {
        libcamera::ControlList list;
        nlohmann::json answer;
    };

    Checked check(uint64_t id, const nlohmann::json &controls, const libcamera::ControlInfoMap &offered) const;

    mutable std::mutex mutex_;
    nlohmann::json controls_ = nlohmann::json::object();
    nlohmann::json before_ = nlohmann::json::object(); // what earlier sets named since the last configuration
    uint64_t id_ = 0;
    uint64_t sent_ = 0;
    bool pending_ = false;
    libcamera::ControlList list_;
    std::vector<nlohmann::json> answers_;
};
