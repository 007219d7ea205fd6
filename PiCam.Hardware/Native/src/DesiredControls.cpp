#include "DesiredControls.h"

#include <stdexcept>

#include <libcamera/control_ids.h>

#include "ControlJson.h"

using namespace libcamera;
using nlohmann::json;

namespace {

// "ExposureTime" is automatic without a value: by a mode of its own from 0.5 on, by the value 0 before.
struct Automatic {
    const char *name;
    const char *mode;
};
constexpr Automatic automatics[] = {{"ExposureTime", "ExposureTimeMode"}, {"AnalogueGain", "AnalogueGainMode"}};
constexpr int32_t modeAuto = 0;
constexpr int32_t modeManual = 1;

} // namespace

void DesiredControls::set(uint64_t id, const json &controls, const ControlInfoMap &offered) {
    if (!controls.is_object())
        throw std::invalid_argument("\"controls\" must be an object");
    std::lock_guard<std::mutex> lock(mutex_);
    before_.update(controls_);
    controls_ = controls;
    id_ = id;
    Checked checked = check(id, controls, offered);
    list_ = std::move(checked.list);
    answers_.push_back(std::move(checked.answer));
    pending_ = true;
}

void DesiredControls::renew(const ControlInfoMap &offered) {
    std::lock_guard<std::mutex> lock(mutex_);
    before_ = json::object();
    list_ = check(id_, controls_, offered).list;
    pending_ = true;
}

json DesiredControls::exchange(json controls) {
    std::lock_guard<std::mutex> lock(mutex_);
    controls_.swap(controls);
    return controls;
}

uint64_t DesiredControls::attach(ControlList &list, std::vector<json> &answers) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (pending_) {
        for (const auto &[number, value] : list_)
            list.set(number, value);
        pending_ = false;
        sent_ = id_;
        answers.swap(answers_);
    }
    return sent_;
}

int64_t DesiredControls::frameDuration() const {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto id = controls::FrameDurationLimits.id();
    if (!list_.contains(id))
        return 0;
    const ControlValue &limits = list_.get(id);
    return limits.isArray() ? limits.get<Span<const int64_t>>()[0] : 0;
}

DesiredControls::Checked DesiredControls::check(uint64_t id, const json &controls,
                                                const ControlInfoMap &offered) const {
    json applied = json::array(), unsupported = json::array(), refused = json::array();
    ControlList list(offered);
    for (const auto &[name, value] : controls.items()) {
        const ControlId *control = ControlJson::find(offered, name);
        if (control == nullptr) {
            unsupported.push_back(name);
            continue;
        }
        const ControlInfo &info = offered.at(control);
        json reason = nullptr;
        try {
            const ControlValue parsed = ControlJson::fromJson(*control, info, value);
            if (ControlJson::isInRange(info, parsed)) {
                list.set(control->id(), parsed);
                applied.push_back(name);
                continue;
            }
        } catch (const std::exception &error) {
            reason = error.what();
        }
        refused.push_back({{"name", name},
                           {"value", value},
                           {"minimum", ControlJson::toJson(info.min())},
                           {"maximum", ControlJson::toJson(info.max())}});
        if (!reason.is_null())
            refused.back()["reason"] = reason;
    }

    for (const Automatic &automatic : automatics) {
        const bool manual = controls.contains(automatic.name);
        if (const ControlId *mode = ControlJson::find(offered, automatic.mode))
            list.set(mode->id(), ControlValue(manual ? modeManual : modeAuto));
        else if (const ControlId *value = ControlJson::find(offered, automatic.name);
                 value != nullptr && !manual && before_.contains(automatic.name))
            list.set(value->id(), value->type() == ControlTypeFloat ? ControlValue(0.0f) : ControlValue(int32_t{0}));
    }

    // What an earlier set named and this one does not goes back to its default, where the camera states one.
    for (const auto &[name, value] : before_.items()) {
        const ControlId *control = ControlJson::find(offered, name);
        if (control == nullptr || controls.contains(name) || list.contains(control->id()))
            continue;
        const ControlInfo &info = offered.at(control);
        if (!info.def().isNone())
            list.set(control->id(), ControlJson::defaultOf(*control, info, value.is_array() ? value.size() : 0));
    }
    return {std::move(list), {{"id", id}, {"applied", applied}, {"unsupported", unsupported}, {"refused", refused}}};
}
