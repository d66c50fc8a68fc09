#include "services/csv/metrics_columns.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "services/csv/metrics_values.hpp"
#include "services/csv/row_error.hpp"
#include "services/csv/utf8.hpp"

namespace keepwell {
namespace {

constexpr std::array<std::string_view, kMetricsColumnCount> kNames = {
    "account_name",
    "segment",
    "region",
    "arr",
    "date",
    "daily_active_users",
    "feature_adoption_rate",
    "support_tickets_open",
    "nps_score",
    "login_frequency",
};

std::string_view trimmed(std::string_view name) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (name.starts_with(kByteOrderMark)) name.remove_prefix(kByteOrderMark.size());
    return trimmed_value(name);
}

/// The form in which names are compared.
std::string folded(std::string_view name) {
    std::string key(name);
    for (char& character : key) {
        if (character == '-' || character == ' ') character = '_';
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    }
    return key;
}

std::optional<std::size_t> documented_column(std::string_view key) {
    const auto found = std::find(kNames.begin(), kNames.end(), key);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kNames.begin());
}

bool is_fit_name(const std::string& name) {
    return name.size() <= MetricsColumns::kMaxExtraNameBytes && is_valid_utf8(name) &&
           !has_control_character(name);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

}  // namespace

std::string_view to_string(MetricsColumn column) noexcept {
    return kNames[static_cast<std::size_t>(column)];
}

MetricsColumns MetricsColumns::from_header(std::span<const std::string_view> fields) {
    MetricsColumns columns;
    columns.positions.fill(kAbsent);
    std::set<std::string> seen;
    std::set<std::string> repeated;
    for (std::size_t position = 0; position < fields.size(); ++position) {
        const std::string& name = columns.names.emplace_back(trimmed(fields[position]));
        if (name.empty()) continue;
        const std::string key = folded(name);
        if (!seen.insert(key).second) {
            if (repeated.insert(key).second) columns.duplicates.push_back(name);
        } else if (const auto column = documented_column(key)) {
            columns.positions[*column] = position;
        } else if (columns.extra.size() < kMaxExtra && is_fit_name(name)) {
            columns.extra.push_back({name, position});
        } else {
            columns.dropped.push_back(name);
        }
    }
    // A delimiter at the end of the header line makes no column.
    while (!columns.names.empty() && columns.names.back().empty()) columns.names.pop_back();
    for (std::size_t column = 0; column < kMetricsColumnCount; ++column) {
        const bool is_optional = column == static_cast<std::size_t>(MetricsColumn::kNpsScore);
        if (columns.positions[column] == kAbsent && !is_optional)
            columns.missing.emplace_back(kNames[column]);
    }
    return columns;
}

MetricsColumns MetricsColumns::from_header(std::span<const std::string> fields) {
    const std::vector<std::string_view> views(fields.begin(), fields.end());
    return from_header(std::span<const std::string_view>(views));
}

std::string MetricsColumns::problem() const {
    std::string text;
    if (!missing.empty()) {
        text = (missing.size() == 1 ? "Missing column: " : "Missing columns: ") + joined(missing) + ".";
    }
    if (!duplicates.empty()) {
        std::vector<std::string> quoted;
        for (const std::string& name : duplicates) quoted.push_back(quoted_for_message(name));
        if (!text.empty()) text += ' ';
        text += "In the header more than once: " + joined(quoted) + "; keep one of each.";
    }
    return text;
}

}  // namespace keepwell
