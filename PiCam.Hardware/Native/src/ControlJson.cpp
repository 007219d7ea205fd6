#include "ControlJson.h"

#include <stdexcept>
#include <vector>

#include <libcamera/control_ids.h>

#include "JsonNumber.h"
#include "Version.h"

using namespace libcamera;
using nlohmann::json;

namespace {

constexpr int longestSide = 1 << 20; // of a rectangle; sums of two do not overflow

template <class T> json numbers(const ControlValue &value) {
    if (!value.isArray())
        return json(value.get<T>());
    json list = json::array();
    for (const T number : value.get<Span<const T>>())
        list.push_back(number);
    return list;
}

const char *typeName(ControlType type) {
    switch (type) {
    case ControlTypeBool:
        return "bool";
    case ControlTypeByte:
        return "byte";
    case ControlTypeInteger32:
        return "int32";
    case ControlTypeInteger64:
        return "int64";
    case ControlTypeFloat:
        return "float";
    case ControlTypeString:
        return "string";
    case ControlTypeRectangle:
        return "rectangle";
    case ControlTypeSize:
        return "size";
    default:
        return "other";
    }
}

template <class T> ControlValue number(const json &value) {
    if (value.is_number())
        return ControlValue(JsonNumber::of<T>(value));
    if (!value.is_array() || value.empty())
        throw std::invalid_argument("a number or a list of numbers is expected");
    std::vector<T> list;
    for (const json &one : value)
        list.push_back(JsonNumber::of<T>(one));
    return ControlValue(Span<const T>(list.data(), list.size()));
}

// Numbers of any type as doubles; empty for what has no order.
std::vector<double> values(const ControlValue &value) {
    const json all = ControlJson::toJson(value);
    std::vector<double> result;
    if (value.type() == ControlTypeRectangle || value.type() == ControlTypeSize)
        return result;
    for (const json &one : all.is_array() ? all : json::array({all}))
        if (one.is_number())
            result.push_back(one.get<double>());
    return result;
}

} // namespace

namespace ControlJson {

json toJson(const ControlValue &value) {
    switch (value.type()) {
    case ControlTypeBool:
        return value.isArray() ? json(value.toString()) : json(value.get<bool>());
    case ControlTypeByte:
        return numbers<uint8_t>(value);
    case ControlTypeInteger32:
        return numbers<int32_t>(value);
    case ControlTypeInteger64:
        return numbers<int64_t>(value);
    case ControlTypeFloat:
        return numbers<float>(value);
    case ControlTypeString:
        return value.toString(); // its C++ type differs between versions
    case ControlTypeRectangle: {
        if (!value.isArray())
            return toJson(value.get<Rectangle>());
        json list = json::array();
        for (const Rectangle &one : value.get<Span<const Rectangle>>())
            list.push_back(toJson(one));
        return list;
    }
    case ControlTypeSize:
        if (value.isArray())
            return value.toString();
        return {value.get<Size>().width, value.get<Size>().height};
    case ControlTypeNone:
        return nullptr;
    default:
        return value.toString();
    }
}

json toJson(const Rectangle &r) { return {r.x, r.y, r.width, r.height}; }

const ControlId *find(const ControlInfoMap &offered, const std::string &name) {
    for (const auto &[id, info] : offered)
        if (id->name() == name)
            return id;
    return nullptr;
}

ControlValue fromJson(const ControlId &id, const ControlInfo &info, const json &value) {
#if PICAM_LIBCAMERA >= 400
    // A pipeline that expects the other kind aborts. (Some state a rectangle's kind by its range only.)
    if (id.type() != ControlTypeRectangle && id.isArray() != value.is_array())
        throw std::invalid_argument(id.isArray() ? "a list is expected" : "a single value is expected");
    if (id.type() != ControlTypeRectangle && id.isArray() && id.size() != SIZE_MAX && id.size() != value.size())
        throw std::invalid_argument("a list of " + std::to_string(id.size()) + " is expected");
#endif
    switch (id.type()) {
    case ControlTypeBool:
        if (!value.is_boolean())
            throw std::invalid_argument("true or false is expected");
        return ControlValue(value.get<bool>());
    case ControlTypeByte:
        return number<uint8_t>(value);
    case ControlTypeInteger32: {
        if (!value.is_string())
            return number<int32_t>(value);
        const auto names = enumerators(id);
        const auto found = names.find(value.get<std::string>());
        if (found == names.end())
            throw std::invalid_argument("no such enumerator");
        return ControlValue(found->second);
    }
    case ControlTypeInteger64:
        return number<int64_t>(value);
    case ControlTypeFloat:
        return number<float>(value);
    case ControlTypeRectangle: {
        if (!value.is_array() || value.size() != 4)
            throw std::invalid_argument("[x, y, width, height] is expected");
        const auto side = [&value](size_t at, int least) {
            return JsonNumber::whole(value[at], "rectangle", least, longestSide);
        };
        const Rectangle r(side(0, -longestSide), side(1, -longestSide), static_cast<unsigned>(side(2, 1)),
                          static_cast<unsigned>(side(3, 1)));
        // Some versions want one rectangle, some an array of them: the range says which.
        if (info.max().isArray()) {
            const Rectangle list[] = {r};
            return ControlValue(Span<const Rectangle>(list, 1));
        }
        return ControlValue(r);
    }
    default:
        throw std::invalid_argument("a control of this type cannot be set");
    }
}

ControlValue defaultOf(const ControlId &id, const ControlInfo &info, size_t count) {
#if PICAM_LIBCAMERA >= 400
    count = id.isArray() && id.size() != SIZE_MAX ? id.size() : 0;
#endif
    // Many pipelines state one number as the default of a list, and abort when it comes back so.
    const ControlValue &value = info.def();
    if (count == 0 || value.isArray())
        return value;
    const json list(count, toJson(value));
    switch (value.type()) {
    case ControlTypeByte:
        return number<uint8_t>(list);
    case ControlTypeInteger32:
        return number<int32_t>(list);
    case ControlTypeInteger64:
        return number<int64_t>(list);
    case ControlTypeFloat:
        return number<float>(list);
    default:
        return value;
    }
}

bool isInRange(const ControlInfo &info, const ControlValue &value) {
    if (!info.values().empty()) {
        for (const ControlValue &allowed : info.values())
            if (allowed == value)
                return true;
        return false;
    }
    const auto least = values(info.min());
    const auto most = values(info.max());
    if (least.empty() || most.empty() || least[0] >= most[0])
        return true;
    for (const double number : values(value))
        if (!(number >= least[0] && number <= most[0]))
            return false;
    return true;
}

json describe(const ControlInfoMap &controls) {
    json all = json::object();
    for (const auto &[id, info] : controls) {
        json one = {{"type", typeName(id->type())},
                    {"minimum", toJson(info.min())},
                    {"maximum", toJson(info.max())},
                    {"default", toJson(info.def())}};
#if PICAM_LIBCAMERA >= 400
        if (id->isArray())
            one["size"] = id->size() == SIZE_MAX ? json(nullptr) : json(id->size());
#endif
        const auto names = enumerators(*id);
        if (!names.empty()) {
            json values = json::object();
            for (const auto &[name, number] : names)
                if (isInRange(info, ControlValue(number)))
                    values[name] = number;
            one["values"] = values;
        }
        all[id->name()] = one;
    }
    return all;
}

json metadata(const ControlList &list) {
    constexpr size_t longestList = 32; // statistics of the pipeline are longer, and nobody reads them
    json all = json::object();
    const ControlIdMap *ids = list.idMap();
    for (const auto &[number, value] : list) {
        if (ids == nullptr)
            break;
        const auto id = ids->find(number);
        if (id == ids->end() || value.isNone() || (value.isArray() && value.numElements() > longestList))
            continue;
        all[id->second->name()] = toJson(value);
    }
    return all;
}

std::map<std::string, int32_t> enumerators(const ControlId &id) {
    std::map<std::string, int32_t> names;
#if PICAM_LIBCAMERA >= 400
    // "ExposureNormal" of AeExposureMode, "MeteringSpot" of AeMeteringMode: the longest common beginning goes.
    const auto &all = id.enumerators();
    std::string common;
    bool first = true;
    for (const auto &[number, name] : all) {
        if (first)
            common = name;
        first = false;
        size_t same = 0;
        while (same < common.size() && same < name.size() && common[same] == name[same])
            same++;
        common.resize(same);
    }
    // A single enumerator, or words that happen to begin alike, keep at least a word that begins with a capital.
    size_t prefix = all.size() > 1 ? common.size() : 0;
    for (const auto &[number, name] : all)
        while (prefix > 0 && (prefix >= name.size() || !std::isupper(static_cast<unsigned char>(name[prefix]))))
            prefix--;
    for (const auto &[number, name] : all)
        names[name.substr(prefix)] = number;
#endif
    return names;
}

} // namespace ControlJson
