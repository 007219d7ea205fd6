#include "Stamp.h"

#include <array>
#include <stdexcept>
#include <string>

#include "JsonNumber.h"

using nlohmann::json;

namespace {

constexpr unsigned furthest = 1 << 16; // sums of two do not overflow

std::vector<uint8_t> decode(const std::string &text) {
    static const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<int, 256> values;
    values.fill(-1);
    for (size_t i = 0; i < alphabet.size(); i++)
        values[static_cast<uint8_t>(alphabet[i])] = static_cast<int>(i);
    std::vector<uint8_t> bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        if (c == '=')
            break;
        const int value = values[static_cast<uint8_t>(c)];
        if (value < 0)
            throw std::invalid_argument("\"mask\" is not base64");
        held = (held << 6) | static_cast<unsigned>(value);
        if ((bits += 6) >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<uint8_t>(held >> bits));
        }
    }
    return bytes;
}

uint8_t mix(uint8_t from, unsigned to, unsigned share) {
    return static_cast<uint8_t>(from + (static_cast<int>(to) - from) * static_cast<int>(share) / 255);
}

} // namespace

Stamp Stamp::parse(const json &command) {
    Stamp stamp;
    if (!command.contains("mask") || command["mask"].is_null())
        return stamp;
    const auto number = [&command](const char *name) {
        return JsonNumber::whole(command.at(name), name, 0u, furthest);
    };
    stamp.x = number("x");
    stamp.y = number("y");
    stamp.width = number("width");
    stamp.height = number("height");
    stamp.mask = decode(command.at("mask").get<std::string>());
    if (stamp.mask.size() != static_cast<size_t>(stamp.width) * stamp.height)
        throw std::invalid_argument("\"mask\" must have width x height bytes");
    return stamp;
}

Stamp Stamp::halved() const {
    Stamp half{x / 2, y / 2, width / 2, height / 2, {}};
    half.mask.reserve(static_cast<size_t>(half.width) * half.height);
    for (unsigned row = 0; row < half.height; row++)
        for (unsigned column = 0; column < half.width; column++) {
            const uint8_t *upper = &mask[2 * (static_cast<size_t>(row) * width + column)], *lower = upper + width;
            half.mask.push_back(static_cast<uint8_t>((upper[0] + upper[1] + lower[0] + lower[1]) / 4));
        }
    return half;
}

void Stamp::blend(uint8_t *luma, unsigned lumaStride, uint8_t *u, uint8_t *v, unsigned chromaStride,
                  unsigned frameWidth, unsigned frameHeight) const {
    for (unsigned row = 0; row < height && y + row < frameHeight; row++) {
        for (unsigned column = 0; column < width && x + column < frameWidth; column++) {
            const unsigned share = mask[static_cast<size_t>(row) * width + column];
            if (share == 0)
                continue;
            const unsigned px = x + column, py = y + row;
            uint8_t &light = luma[static_cast<size_t>(py) * lumaStride + px];
            light = mix(light, 255, share);
            if (px % 2 == 0 && py % 2 == 0) {
                const size_t at = static_cast<size_t>(py / 2) * chromaStride + px / 2;
                u[at] = mix(u[at], 128, share);
                v[at] = mix(v[at], 128, share);
            }
        }
    }
}
