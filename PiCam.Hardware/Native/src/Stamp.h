// A text over the picture, drawn by the panel as a mask of 8 bits per pixel: blended into the luma before encoding.
#pragma once

#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

struct Stamp {
    unsigned x = 0, y = 0, width = 0, height = 0;
    std::vector<uint8_t> mask; // 255 is white text; empty: no stamp

    // From a "stamp" command; throws std::invalid_argument.
    static Stamp parse(const nlohmann::json &command);

    // The same at half the width and height, for a picture of half the size.
    Stamp halved() const;

    // Draws into a copy of the luma and the two chroma planes (half the size each way). What lies outside is left away.
    void blend(uint8_t *luma, unsigned lumaStride, uint8_t *u, uint8_t *v, unsigned chromaStride, unsigned frameWidth,
               unsigned frameHeight) const;
};
