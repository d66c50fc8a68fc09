#include "api/parameters.hpp"

#include <charconv>

#include "services/csv/utf8.hpp"

namespace keepwell::api {
namespace {

constexpr std::int64_t kMaximumId = (std::int64_t{1} << 53) - 1;

std::optional<std::int64_t> parse_integer(std::string_view text, std::int64_t minimum, std::int64_t maximum) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < minimum || value > maximum) {
        return std::nullopt;
    }
    return value;
}

std::string range(std::int64_t minimum, std::int64_t maximum) {
    return "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum);
}

}  // namespace

std::int64_t Parameters::id(std::string_view name) {
    const auto found = request_.path_parameters.find(std::string{name});
    const auto value =
        found == request_.path_parameters.end() ? std::nullopt : parse_integer(found->second, 1, kMaximumId);
    if (!value) refuse(name, range(1, kMaximumId));
    return value.value_or(0);
}

std::string Parameters::path_text(std::string_view name, std::size_t maximum) {
    const auto found = request_.path_parameters.find(std::string{name});
    std::string text = found == request_.path_parameters.end() ? std::string{} : found->second;
    if (text.empty() || text.size() > maximum || has_control_character(text))
        refuse(name,
               "must be a text of 1 to " + std::to_string(maximum) + " bytes without control characters");
    return text;
}

std::optional<std::int64_t> Parameters::integer(std::string_view name, std::int64_t minimum,
                                                std::int64_t maximum) {
    const auto text = request_.parameter(name);
    if (!text) return std::nullopt;
    const auto value = parse_integer(*text, minimum, maximum);
    if (!value) refuse(name, range(minimum, maximum));
    return value;
}

std::optional<std::string> Parameters::text(std::string_view name, std::size_t maximum) {
    auto value = request_.parameter(name);
    if (!value) return std::nullopt;
    if (value->empty()) {
        refuse(name, "must not be empty");
    } else if (value->size() > maximum) {
        refuse(name, "must be at most " + std::to_string(maximum) + " bytes long");
    } else if (!is_valid_utf8(*value) || value->find('\0') != std::string::npos) {
        refuse(name, "must be UTF-8 text");
    }
    return value;
}

std::optional<Date> Parameters::date(std::string_view name) {
    const auto text = request_.parameter(name);
    if (!text) return std::nullopt;
    const auto value = parse_date(*text);
    if (!value) refuse(name, "must be a day of the calendar, YYYY-MM-DD");
    return value;
}

std::optional<Timestamp> Parameters::time(std::string_view name, Day day) {
    const auto text = request_.parameter(name);
    if (!text) return std::nullopt;
    if (const auto date = parse_date(*text))
        return Timestamp{day == Day::kBegins ? *date : *date + std::chrono::days{1}};
    const auto value = parse_timestamp(*text);
    if (!value) refuse(name, "must be a day, YYYY-MM-DD, or a time such as 2026-11-22T04:30:00Z");
    return value;
}

bool Parameters::flag(std::string_view name) {
    const auto text = request_.parameter(name);
    if (!text || *text == "false" || *text == "0") return false;
    if (*text != "true" && *text != "1") refuse(name, "must be true or false");
    return true;
}

void Parameters::refuse(std::string_view name, std::string message) {
    mistakes_.push_back({std::string{name}, std::move(message)});
}

void Parameters::check() const {
    if (!mistakes_.empty()) throw invalid(mistakes_);
}

Error invalid(std::vector<FieldError> mistakes) {
    std::string detail;
    for (const FieldError& mistake : mistakes) {
        detail += (detail.empty() ? "" : "; ") + mistake.pointer + ": " + mistake.message;
    }
    return Error{ErrorCode::kInvalid, detail, std::move(mistakes)};
}

}  // namespace keepwell::api
