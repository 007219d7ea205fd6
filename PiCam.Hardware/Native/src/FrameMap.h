// A frame buffer's memory, mapped for as long as this lives.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <libcamera/framebuffer.h>

class FrameMap {
  public:
    explicit FrameMap(const libcamera::FrameBuffer &buffer); // throws Failure
    ~FrameMap();
    FrameMap(const FrameMap &) = delete;
    FrameMap &operator=(const FrameMap &) = delete;

    const uint8_t *plane(size_t index) const { return index < planes_.size() ? planes_[index] : nullptr; }

    // Tells the kernel that the processor reads, so that caches are right; begin and end come in pairs.
    void begin() const { synchronise(true); }
    void end() const { synchronise(false); }

  private:
    void unmap();
    void synchronise(bool begin) const;

    struct Mapping {
        void *address = nullptr;
        size_t length = 0;
    };
    std::map<int, Mapping> mappings_; // by file descriptor
    std::vector<const uint8_t *> planes_;
};
