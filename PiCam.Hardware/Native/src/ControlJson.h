// libcamera's controls as JSON, by their names: no control is known here by itself.
#pragma once

#include <map>
#include <string>

#include <libcamera/controls.h>
#include <libcamera/geometry.h>
#include <nlohmann/json.hpp>

namespace ControlJson {

// A value; null for none.
nlohmann::json toJson(const libcamera::ControlValue &value);

// [x, y, width, height]
nlohmann::json toJson(const libcamera::Rectangle &rectangle);

// A control by its name; null when the camera does not offer it.
const libcamera::ControlId *find(const libcamera::ControlInfoMap &offered, const std::string &name);

// A value for a control. Throws std::invalid_argument when the JSON is not of its kind.
libcamera::ControlValue fromJson(const libcamera::ControlId &id, const libcamera::ControlInfo &info,
                                 const nlohmann::json &json);

// The default that the camera states. count: how many values the control has, 0 for a single one; taken where the
// library is too old to tell it.
libcamera::ControlValue defaultOf(const libcamera::ControlId &id, const libcamera::ControlInfo &info, size_t count);

// Whether a value lies in the range that the camera states; true where it states none.
bool isInRange(const libcamera::ControlInfo &info, const libcamera::ControlValue &value);

// All controls of a camera, as hello lists them.
nlohmann::json describe(const libcamera::ControlInfoMap &controls);

// All values of a request's metadata but long blobs.
nlohmann::json metadata(const libcamera::ControlList &list);

// The enumerators of a control, without its name as a prefix; empty where the library is too old to name them.
std::map<std::string, int32_t> enumerators(const libcamera::ControlId &id);

} // namespace ControlJson
