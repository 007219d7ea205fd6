// Standard input: one JSON object per line. Read on a thread of its own, handed over one by one.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

class Input {
  public:
    static constexpr size_t longestLine = 1 << 20;

    Input();

    // The next line; waits for it. Nothing: the input has ended, or close() was called. An empty text: a line that was
    // too long.
    std::optional<std::string> next();

    void close();
    bool isClosed(); // whether next() would give nothing

  private:
    void run();
    void push(std::string line);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::string> lines_;
    bool ended_ = false;
};
