#include "Output.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <sys/uio.h>
#include <unistd.h>

Output::Output(std::function<void()> closed) : closed_(std::move(closed)), thread_([this] { run(); }) {}

Output::~Output() { finish(); }

void Output::answer(WireMessage message) {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        // A frame of the configuration before must not follow the answer that ends it.
        if (message.kind == "CONF" && frame_) {
            lose(*frame_);
            frame_.reset();
        }
        answers_.push_back(std::move(message));
    }
    wake_.notify_one();
}

void Output::frame(WireMessage message) {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        if (frame_)
            lose(*frame_);
        frame_ = std::move(message);
    }
    wake_.notify_one();
}

void Output::countDropped(const WireMessage &message) {
    std::lock_guard<std::mutex> lock(mutex_);
    lose(message);
}

void Output::lose(const WireMessage &message) { lost_.push_back(message.json.at("sequence").get<uint64_t>()); }

uint64_t Output::droppedBefore(uint64_t sequence) {
    const auto counted =
        std::remove_if(lost_.begin(), lost_.end(), [sequence](uint64_t lost) { return lost < sequence; });
    dropped_ += static_cast<uint64_t>(lost_.end() - counted);
    lost_.erase(counted, lost_.end());
    return dropped_;
}

void Output::finish() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        finishing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void Output::run() {
    pthread_setname_np(pthread_self(), "output");
    while (true) {
        WireMessage next;
        {
            std::unique_lock<std::mutex> lock(mutex_);
            wake_.wait(lock, [this] { return finishing_ || !answers_.empty() || frame_; });
            if (!answers_.empty()) {
                next = std::move(answers_.front());
                answers_.pop_front();
            } else if (frame_) {
                next = std::move(*frame_);
                frame_.reset();
                next.json["dropped"] = droppedBefore(next.json.at("sequence").get<uint64_t>());
            } else {
                return;
            }
        }
        if (!write(next)) {
            closed_();
            return;
        }
    }
}

bool Output::write(const WireMessage &message) {
    const std::string json = message.json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    uint8_t header[12];
    std::memcpy(header, message.kind.data(), 4);
    const auto put = [&header](size_t at, size_t value) {
        for (size_t i = 0; i < 4; i++)
            header[at + i] = static_cast<uint8_t>(value >> (8 * i));
    };
    put(4, json.size());
    put(8, message.data.size());

    iovec parts[3] = {{header, sizeof header},
                      {const_cast<char *>(json.data()), json.size()},
                      {const_cast<uint8_t *>(message.data.data()), message.data.size()}};
    size_t part = 0;
    while (part < 3) {
        if (parts[part].iov_len == 0) {
            part++;
            continue;
        }
        ssize_t written = writev(STDOUT_FILENO, parts + part, static_cast<int>(3 - part));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        for (size_t left = static_cast<size_t>(written); left > 0 && part < 3;) {
            const size_t taken = std::min(left, parts[part].iov_len);
            parts[part].iov_base = static_cast<uint8_t *>(parts[part].iov_base) + taken;
            parts[part].iov_len -= taken;
            left -= taken;
            if (parts[part].iov_len == 0)
                part++;
        }
    }
    return true;
}
