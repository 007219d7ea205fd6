#include "FrameMap.h"

#include <algorithm>
#include <cstring>
#include <linux/dma-buf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "Failure.h"

FrameMap::FrameMap(const libcamera::FrameBuffer &buffer) {
    for (const auto &plane : buffer.planes()) {
        Mapping &mapping = mappings_[plane.fd.get()];
        mapping.length = std::max<size_t>(mapping.length, static_cast<size_t>(plane.offset) + plane.length);
    }
    for (auto &[descriptor, mapping] : mappings_) {
        void *address = mmap(nullptr, mapping.length, PROT_READ, MAP_SHARED, descriptor, 0);
        if (address == MAP_FAILED) {
            const int error = errno;
            unmap();
            throw Failure("configureFailed", std::string("A frame buffer cannot be mapped: ") + std::strerror(error));
        }
        mapping.address = address;
    }
    for (const auto &plane : buffer.planes())
        planes_.push_back(static_cast<const uint8_t *>(mappings_[plane.fd.get()].address) + plane.offset);
}

FrameMap::~FrameMap() { unmap(); }

void FrameMap::unmap() {
    for (const auto &[descriptor, mapping] : mappings_)
        if (mapping.address != nullptr)
            munmap(mapping.address, mapping.length);
}

void FrameMap::synchronise(bool begin) const {
    dma_buf_sync sync{};
    sync.flags = DMA_BUF_SYNC_READ | (begin ? DMA_BUF_SYNC_START : DMA_BUF_SYNC_END);
    // Buffers that are no dma-bufs refuse, and need none of it.
    for (const auto &[descriptor, mapping] : mappings_)
        (void)ioctl(descriptor, DMA_BUF_IOCTL_SYNC, &sync);
}
