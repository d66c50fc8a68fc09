#include "domain/event.hpp"

#include <charconv>
#include <cmath>

namespace keepwell {
namespace {

std::optional<double> parse_number(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

}  // namespace

std::optional<double> number_in(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return std::nullopt;
    if (const auto* number = std::get_if<double>(&found->second)) {
        return std::isfinite(*number) ? std::optional(*number) : std::nullopt;
    }
    const auto* text = std::get_if<std::string>(&found->second);
    return text == nullptr ? std::nullopt : parse_number(*text);
}

std::optional<std::string_view> text_in(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return std::nullopt;
    const auto* text = std::get_if<std::string>(&found->second);
    return text == nullptr ? std::nullopt : std::optional<std::string_view>(*text);
}

bool flag_in(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return false;
    if (const auto* flag = std::get_if<bool>(&found->second)) return *flag;
    const auto* text = std::get_if<std::string>(&found->second);
    return text != nullptr && *text == "true";
}

}  // namespace keepwell
