#include "domain/assignment.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "domain/segment.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kTenure = "tenure_days";
constexpr std::string_view kCustom = "custom.";

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

bool compares(std::string_view operation, bool is_equal) {
    return operation == "=" ? is_equal : operation == "!=" && !is_equal;
}

bool tenure_meets(const RuleCondition& condition, const ScoredCustomer& customer, Date as_of) {
    const auto limit = number_of(condition.value);
    if (!limit) return false;
    const Date since = customer.signup_date.value_or(customer.known_since);
    const auto days = static_cast<double>((as_of - since).count());
    if (const auto comparison = parse_comparison(condition.operation))
        return holds(*comparison, days, *limit);
    return compares(condition.operation, days == *limit);
}

bool meets(const RuleCondition& condition, const ScoredCustomer& customer, Date as_of) {
    if (condition.field == kTenure) return tenure_meets(condition, customer, as_of);
    if (condition.field == "segment")
        return compares(condition.operation,
                        folded_segment(customer.segment) == folded_segment(condition.value));
    if (condition.field == "plan") return compares(condition.operation, customer.plan == condition.value);
    if (condition.field == "region") return compares(condition.operation, customer.region == condition.value);
    if (!condition.field.starts_with(kCustom)) return false;
    const auto own = customer.custom.find(condition.field.substr(kCustom.size()));
    return compares(condition.operation, own != customer.custom.end() && own->second == condition.value);
}

bool is_field(std::string_view field) {
    return field == kTenure || field == "segment" || field == "plan" || field == "region" ||
           (field.starts_with(kCustom) && field.size() > kCustom.size());
}

void check(const RuleCondition& condition, const std::string& at, std::vector<FieldError>& found) {
    if (!is_field(condition.field)) {
        found.push_back({at + "/field", "must be segment, plan, region, tenure_days or custom.<name>"});
        return;
    }
    const bool is_equality = condition.operation == "=" || condition.operation == "!=";
    if (condition.field != kTenure) {
        if (!is_equality) found.push_back({at + "/operation", "must be = or !="});
        return;
    }
    if (!is_equality && !parse_comparison(condition.operation))
        found.push_back({at + "/operation", "must be =, !=, <, <=, >= or >"});
    if (!number_of(condition.value)) found.push_back({at + "/value", "must be a number of days"});
}

}  // namespace

std::optional<std::string> assigned_scorecard(std::span<const AssignmentRule> rules,
                                              const ScoredCustomer& customer, Date as_of) {
    for (const AssignmentRule& rule : rules) {
        const bool is_met =
            std::all_of(rule.conditions.begin(), rule.conditions.end(),
                        [&](const auto& condition) { return meets(condition, customer, as_of); });
        if (is_met) return rule.scorecard;
    }
    return std::nullopt;
}

std::vector<FieldError> mistakes_in(std::span<const AssignmentRule> rules) {
    std::vector<FieldError> found;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string at = "/" + std::to_string(i);
        if (rules[i].scorecard.empty()) found.push_back({at + "/scorecard", "must name a scorecard"});
        for (std::size_t j = 0; j < rules[i].conditions.size(); ++j)
            check(rules[i].conditions[j], at + "/conditions/" + std::to_string(j), found);
    }
    return found;
}

}  // namespace keepwell
