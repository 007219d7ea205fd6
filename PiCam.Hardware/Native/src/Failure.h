// What goes wrong, with the code that PROTOCOL.md gives it.
#pragma once

#include <stdexcept>
#include <string>

struct Failure : std::runtime_error {
    Failure(std::string code, const std::string &message) : std::runtime_error(message), code(std::move(code)) {}
    std::string code;
};

// Nothing runs any more: this ends the helper, whichever command it came from.
struct FatalFailure : Failure {
    using Failure::Failure;
};
