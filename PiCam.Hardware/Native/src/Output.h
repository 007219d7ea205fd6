// Standard output: messages as PROTOCOL.md frames them, written by one thread. Answers are never lost; of frames that
// wait for a slow reader the newest stays.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

struct WireMessage {
    std::string kind; // four characters
    nlohmann::json json;
    std::vector<uint8_t> data;
};

class Output {
  public:
    // closed: called once, when the reader has gone.
    explicit Output(std::function<void()> closed);
    ~Output();

    void answer(WireMessage message);

    // How many frames before this one did not reach the reader is added as "dropped".
    void frame(WireMessage message);

    // A frame was lost before it came here; frames before it may still be on their way.
    void countDropped(const WireMessage &message);

    // Writes what waits, then ends the thread.
    void finish();

  private:
    void run();
    void lose(const WireMessage &message);
    uint64_t droppedBefore(uint64_t sequence);
    bool write(const WireMessage &message);

    std::function<void()> closed_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<WireMessage> answers_;
    std::optional<WireMessage> frame_;
    std::vector<uint64_t> lost_; // sequences that no frame on its way has counted yet
    uint64_t dropped_ = 0;
    bool finishing_ = false;
    std::thread thread_;
};
