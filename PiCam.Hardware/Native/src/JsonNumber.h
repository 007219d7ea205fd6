// Whole numbers out of commands: what does not fit is an error, never another number.
#pragma once

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <nlohmann/json.hpp>

namespace JsonNumber {

// Throws std::invalid_argument, naming what.
template <class T> T whole(const nlohmann::json &value, const std::string &what, T least, T most) {
    static_assert(std::is_integral_v<T>);
    const auto fail = [&]() -> T {
        throw std::invalid_argument("\"" + what + "\" must be a whole number from " + std::to_string(least) + " to " +
                                    std::to_string(most));
    };
    if (value.is_number_unsigned()) {
        const uint64_t number = value.get<uint64_t>();
        return most >= 0 && number <= static_cast<uint64_t>(most) && static_cast<T>(number) >= least
                   ? static_cast<T>(number)
                   : fail();
    }
    if (value.is_number_integer()) { // below 0: what is not is unsigned
        const int64_t number = value.get<int64_t>();
        return std::is_signed_v<T> && number >= static_cast<int64_t>(least) && number <= static_cast<int64_t>(most)
                   ? static_cast<T>(number)
                   : fail();
    }
    return fail();
}

// A number of a control's type, without its fraction where that has none.
template <class T> T of(const nlohmann::json &value) {
    if (!value.is_number())
        throw std::invalid_argument("a number is expected");
    if constexpr (std::is_integral_v<T>) {
        if (value.is_number_integer())
            return whole<T>(value, "value", std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
        const double number = std::trunc(value.get<double>());
        // 2^digits is the first that is too large, and exact as a double where T's largest value is not.
        if (!(number >= static_cast<double>(std::numeric_limits<T>::min()) &&
              number < std::ldexp(1.0, std::numeric_limits<T>::digits)))
            throw std::invalid_argument("the number is too large for this control");
        return static_cast<T>(number);
    } else {
        const double number = value.get<double>();
        if (!(std::abs(number) <= static_cast<double>(std::numeric_limits<T>::max())))
            throw std::invalid_argument("the number is too large for this control");
        return static_cast<T>(number);
    }
}

} // namespace JsonNumber
