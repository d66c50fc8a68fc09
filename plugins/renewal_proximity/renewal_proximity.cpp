#include "renewal_proximity.hpp"

#include <cmath>

using keepwell::sdk::Customer;
using keepwell::sdk::Day;
using keepwell::sdk::FactorScore;
using keepwell::sdk::Input;
using keepwell::sdk::Trend;

namespace {

constexpr Day kHalf = 30;  // Days that are compared with as many before.
constexpr Day kNear = 30;
constexpr Day kFar = 180;
constexpr double kFarNearness = 0.25;
constexpr Day kOverdue = 30;  // A renewal this long ago has been decided; the date is just old.
constexpr Day kNewCustomer = 14;
constexpr const char* kUses[]{"api_call", "login", "feature_use", "page_view"};
constexpr const char* kDates[]{"renewal_date", "contract_end", "contract_end_date"};

/// `day` so many months later, on the last day of a month that is too short.
Day add_months(Day day, int months) {
    const std::string text = keepwell::sdk::to_string(day);
    const int first = std::stoi(text.substr(0, 4)) * 12 + std::stoi(text.substr(5, 2)) - 1 + months;
    const Day next_month = keepwell::sdk::day_of((first + 1) / 12, (first + 1) % 12 + 1, 1);
    return std::min(keepwell::sdk::day_of(first / 12, first % 12 + 1, std::stoi(text.substr(8, 2))),
                    next_month - 1);
}

/// A whole number of months, 1 to 120.
int months_in(std::string_view text) {
    int months = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || months > 120) return 0;
        months = months * 10 + (digit - '0');
    }
    return months <= 120 ? months : 0;
}

struct Renewal {
    Day day;
    std::string_view source;
};

std::optional<Renewal> renewal_of(const Customer& customer, Day as_of) {
    std::optional<Renewal> stale;
    for (const char* name : kDates) {
        const auto text = customer.custom(name);
        const auto day = text ? keepwell::sdk::parse_day(*text) : std::nullopt;
        if (day && *day >= as_of - kOverdue) return Renewal{*day, name};
        if (day && !stale) stale = Renewal{*day, name};
    }
    const int months = months_in(customer.custom("contract_months").value_or(""));
    if (months == 0) return stale;
    const auto start = stale ? std::optional<Day>{stale->day} : customer.signup_day();
    if (!start) return stale;
    // Counted from the start each time, so that the 31st stays the 31st after a short month.
    for (int passed = months; passed <= 1200; passed += months) {
        const Day day = add_months(*start, passed);
        if (day >= as_of) return Renewal{day, "contract_months"};
    }
    return stale;
}

struct Use {
    std::int64_t recent = 0;
    std::int64_t before = 0;
    bool has_before = false;  ///< Whether the customer was there all that time.

    /// 0 to 1.
    double kept() const {
        if (recent == 0) return 0;
        if (!has_before || before == 0) return 1;
        return std::clamp(1 + 2 * change(), 0.0, 1.0);
    }
    double change() const { return static_cast<double>(recent - before) / static_cast<double>(before); }
    bool is_comparable() const { return has_before && before > 0; }
};

Use use_of(const Input& input) {
    Use use;
    const Day split = input.as_of() - kHalf;
    for (const char* type : kUses) {
        for (const auto& row : input.activity(type, split + 1, input.as_of())) use.recent += row.count();
        for (const auto& row : input.activity(type, split - kHalf + 1, split)) use.before += row.count();
    }
    use.has_before = input.first_day() && *input.first_day() <= split - kHalf + 1;
    return use;
}

double nearness(Day days) {
    if (days <= kNear) return 1;
    return 1 - (1 - kFarNearness) * (days - kNear) / (kFar - kNear);
}

std::string days_text(Day days) {
    if (days == 0) return "Renewal is due today";
    const Day count = std::abs(days);
    const std::string text = std::to_string(count) + (count == 1 ? " day" : " days");
    return days > 0 ? "Renewal in " + text : "Renewal was due " + text + " ago";
}

std::string use_text(const Use& use) {
    if (use.recent == 0) return "no use in the last 30 days";
    if (!use.is_comparable()) return "in use for less than two months";
    const long percent = std::lround(100 * use.change());
    if (percent >= -10 && percent <= 10) return "use is steady";
    if (percent > 900) return "use is up more than tenfold";
    return "use is " + std::string(percent > 0 ? "up " : "down ") + std::to_string(std::abs(percent)) + "%";
}

}  // namespace

FactorScore RenewalProximity::score(const Input& input) const {
    const auto customer = input.customer();
    const auto renewal = customer ? renewal_of(*customer, input.as_of()) : std::nullopt;
    if (!renewal) return FactorScore::no_data("No renewal date is known");
    const Day days = renewal->day - input.as_of();
    if (days < -kOverdue) {
        return FactorScore::no_data("The renewal date " + keepwell::sdk::to_string(renewal->day) +
                                    " is long past");
    }
    if (days > kFar) return FactorScore::no_data(days_text(days) + ": too far away to say anything");
    const bool is_watched = std::any_of(std::begin(kUses), std::end(kUses),
                                        [&](const char* type) { return input.is_connected(type); });
    const Day since = customer->signup_day().value_or(customer->known_since());
    if (!is_watched || (!input.first_day() && input.as_of() - since < kNewCustomer))
        return FactorScore::no_data(days_text(days) + ", but nothing is known of its use");

    const Use use = use_of(input);
    FactorScore result;
    result.score = 100 * (1 - nearness(days) * (1 - 0.8 * use.kept()));
    result.value = days;
    if (!input.wants_explanation()) return result;
    result.description = days_text(days) + ", " + use_text(use);
    if (use.is_comparable()) {
        const double change = use.change();
        result.trend = change > 0.1 ? Trend::kImproving : change < -0.1 ? Trend::kDeclining : Trend::kStable;
        result.details.add("change_percent", 100 * change);
    }
    result.details.add("renewal_date", keepwell::sdk::to_string(renewal->day))
        .add("renewal_date_from", renewal->source)
        .add("uses_30_days", use.recent)
        .add("uses_30_days_before", use.before)
        .add("nearness", nearness(days));
    return result;
}

KEEPWELL_PLUGIN("renewal_proximity", "1.0.0", RenewalProximity)
