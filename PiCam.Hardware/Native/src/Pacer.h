// Gives requests back to a pipeline that does not pace itself (libcamera's virtual one completes them at once), one per
// frame time. A sensor paces itself: then requests pass straight through.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include <libcamera/request.h>

class Pacer {
  public:
    // queue: gives a request to the camera. duration: the time of one frame; asked anew for each.
    Pacer(std::function<void(libcamera::Request *)> queue, std::function<std::chrono::microseconds()> duration);
    ~Pacer();

    void give(libcamera::Request *request);

    // From here on requests pass straight through, or wait for their time. Those that wait are forgotten; returns when
    // none is on its way to the camera.
    void reset(bool paced);

  private:
    void run();

    std::function<void(libcamera::Request *)> queue_;
    std::function<std::chrono::microseconds()> duration_;
    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::deque<libcamera::Request *> waiting_;
    bool paced_ = false, ending_ = false, giving_ = false;
    std::thread thread_;
};
