#include "api/customer_cursor.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "api/cursor.hpp"

namespace keepwell::api {
namespace {

struct SortName {
    std::string_view name;
    CustomerSort sort;
};
constexpr std::array kSortNames{
    SortName{"id", CustomerSort::kId},
    SortName{"name", CustomerSort::kName},
    SortName{"health_score", CustomerSort::kHealthScore},
    SortName{"arr", CustomerSort::kArr},
    SortName{"updated_at", CustomerSort::kUpdatedAt},
    SortName{"segment", CustomerSort::kSegment},
    SortName{"region", CustomerSort::kRegion},
};

// What kind of value a position holds.
constexpr std::string_view kNone = "-";
constexpr std::string_view kText = "t";
constexpr std::string_view kNumber = "n";
constexpr std::string_view kAmount = "a";
constexpr std::string_view kTime = "u";

/// Reads back as the very same number.
std::string exact(double number) {
    std::array<char, 40> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end};
}

std::optional<double> parse_exact(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

}  // namespace

std::string to_string(CustomerOrder order) {
    for (const SortName& row : kSortNames) {
        if (row.sort == order.by)
            return (order.order == SortOrder::kDescending ? "-" : "") + std::string{row.name};
    }
    return {};
}

std::optional<CustomerOrder> parse_customer_order(std::string_view text) {
    CustomerOrder order;
    if (text.starts_with('-')) {
        order.order = SortOrder::kDescending;
        text.remove_prefix(1);
    }
    for (const SortName& row : kSortNames) {
        if (row.name != text) continue;
        order.by = row.sort;
        return order;
    }
    return std::nullopt;
}

std::string to_cursor(const CustomerPosition& position, CustomerOrder order) {
    std::string_view kind = kNone;
    std::string value;
    if (position.text) {
        kind = kText;
        value = *position.text;
    } else if (position.number) {
        kind = kNumber;
        value = exact(*position.number);
    } else if (position.amount) {
        kind = kAmount;
        value = std::to_string(position.amount->cents);
    } else if (position.time) {
        kind = kTime;
        value = std::to_string(position.time->time_since_epoch().count());
    }
    return encode_cursor("customers", {to_string(order), std::to_string(position.id.value), kind, value});
}

std::optional<CustomerPosition> parse_customer_cursor(std::string_view text, CustomerOrder order) {
    const auto values = decode_cursor("customers", text, 4);
    if (!values || values->at(0) != to_string(order)) return std::nullopt;
    const auto id = parse_cursor_number(values->at(1));
    if (!id || *id < 0) return std::nullopt;
    CustomerPosition position{.id = CustomerId{*id}};
    const std::string& kind = values->at(2);
    const std::string& value = values->at(3);
    const auto number = parse_cursor_number(value);
    if (kind == kText) {
        position.text = value;
    } else if (kind == kNumber) {
        position.number = parse_exact(value);
        if (!position.number) return std::nullopt;
    } else if (kind == kAmount && number) {
        position.amount = Money{*number};
    } else if (kind == kTime && number) {
        position.time = Timestamp{std::chrono::microseconds{*number}};
    } else if (kind != kNone || !value.empty()) {
        return std::nullopt;
    }
    // A value of the wrong kind would be compared with another column.
    const bool fits =
        position.text.has_value() == (order.by == CustomerSort::kName || order.by == CustomerSort::kSegment ||
                                      order.by == CustomerSort::kRegion) &&
        (!position.number || order.by == CustomerSort::kHealthScore) &&
        position.amount.has_value() == (order.by == CustomerSort::kArr) &&
        position.time.has_value() == (order.by == CustomerSort::kUpdatedAt);
    return fits ? std::optional{position} : std::nullopt;
}

}  // namespace keepwell::api
