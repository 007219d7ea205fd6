/*
 * Preloaded: /dev/dma_heap and its buffers, made of memory files, so that libcamera's virtual pipeline finds memory on kernels
 * without dma-buf heaps.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/dma-heap.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_as(const char *symbol, const char *path, int flags, mode_t mode)
{
	if (path && !strncmp(path, "/dev/dma_heap/", 14))
		return memfd_create("heap", MFD_CLOEXEC);
	int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, symbol);
	return next(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list rest;
	va_start(rest, flags);
	mode_t mode = va_arg(rest, mode_t);
	va_end(rest);
	return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list rest;
	va_start(rest, flags);
	mode_t mode = va_arg(rest, mode_t);
	va_end(rest);
	return open_as("open64", path, flags, mode);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list rest;
	va_start(rest, request);
	void *argument = va_arg(rest, void *);
	va_end(rest);
	switch (request) {
	case DMA_HEAP_IOCTL_ALLOC: {
		struct dma_heap_allocation_data *wanted = argument;
		int buffer = memfd_create("buffer", MFD_CLOEXEC);
		if (buffer < 0)
			return -1;
		if (ftruncate(buffer, (off_t)wanted->len) < 0) {
			close(buffer);
			errno = ENOMEM;
			return -1;
		}
		wanted->fd = (unsigned)buffer;
		return 0;
	}
	case DMA_BUF_SET_NAME_A:
	case DMA_BUF_SET_NAME_B:
	case DMA_BUF_IOCTL_SYNC:
		return 0;
	}
	int (*next)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
	return next(fd, request, argument);
}
