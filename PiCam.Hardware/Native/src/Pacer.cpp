#include "Pacer.h"

#include <pthread.h>

using Clock = std::chrono::steady_clock;

Pacer::Pacer(std::function<void(libcamera::Request *)> queue, std::function<std::chrono::microseconds()> duration)
    : queue_(std::move(queue)), duration_(std::move(duration)), thread_([this] { run(); }) {}

Pacer::~Pacer() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Pacer::give(libcamera::Request *request) {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        if (paced_) {
            waiting_.push_back(request);
            wake_.notify_one();
            return;
        }
    }
    queue_(request);
}

void Pacer::reset(bool paced) {
    std::unique_lock<std::mutex> lock(mutex_);
    paced_ = paced;
    waiting_.clear();
    idle_.wait(lock, [this] { return !giving_; });
}

void Pacer::run() {
    pthread_setname_np(pthread_self(), "pacer");
    Clock::time_point next = Clock::now();
    std::unique_lock<std::mutex> lock(mutex_);
    while (!ending_) {
        wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (wake_.wait_until(lock, next, [this] { return ending_; }))
            return;
        if (waiting_.empty())
            continue;
        libcamera::Request *request = waiting_.front();
        waiting_.pop_front();
        next = std::max(next + duration_(), Clock::now());
        giving_ = true;
        lock.unlock();
        queue_(request);
        lock.lock();
        giving_ = false;
        idle_.notify_all();
    }
}
