#include "Input.h"

#include <cerrno>
#include <pthread.h>
#include <unistd.h>

Input::Input() {
    // Nobody waits for it: a blocked read on a terminal ends with the process.
    std::thread([this] { run(); }).detach();
}

std::optional<std::string> Input::next() {
    std::unique_lock<std::mutex> lock(mutex_);
    wake_.wait(lock, [this] { return ended_ || !lines_.empty(); });
    if (ended_)
        return std::nullopt;
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
}

void Input::close() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        ended_ = true;
    }
    wake_.notify_all();
}

bool Input::isClosed() {
    std::lock_guard<std::mutex> lock(mutex_);
    return ended_;
}

void Input::push(std::string line) {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        lines_.push_back(std::move(line));
    }
    wake_.notify_one();
}

void Input::run() {
    pthread_setname_np(pthread_self(), "input");
    std::string line;
    bool tooLong = false;
    char buffer[16384];
    while (true) {
        const ssize_t count = read(STDIN_FILENO, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        for (ssize_t i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                if (tooLong)
                    push("");
                else if (!line.empty())
                    push(std::move(line));
                line.clear();
                tooLong = false;
            } else if (line.size() >= longestLine) {
                tooLong = true;
            } else {
                line += buffer[i];
            }
        }
    }
    close();
}
