#include "services/csv/metrics_row.hpp"

#include <algorithm>

#include "services/csv/metrics_messages.hpp"
#include "services/csv/metrics_values.hpp"
#include "services/csv/utf8.hpp"

namespace keepwell {
namespace {

constexpr double kLowestNps = -100.0;
constexpr double kHighestNps = 100.0;

/// Reads the columns of one row and gathers what is wrong with them.
class RowParser {
public:
    RowParser(const CsvRow& row, const MetricsColumns& columns, std::vector<RowError>& errors)
        : row_(row), columns_(columns), errors_(errors) {}

    /// False when the row as a whole cannot be read.
    bool check_row() {
        switch (row_.problem) {
            case CsvProblem::kNone:
                break;
            case CsvProblem::kNulByte:
            case CsvProblem::kInvalidUtf8:
                check_bytes();
                break;
            case CsvProblem::kTextAfterQuote:
                errors_.push_back(row_error(row_, row_.problem, name_of(row_.problem_field)));
                return false;
            default:
                errors_.push_back(row_error(row_, row_.problem, {}));
                return false;
        }
        return check_field_count();
    }

    std::string_view text(MetricsColumn column, std::size_t max_characters) {
        const std::string_view value = this->value(column);
        if (value.empty()) {
            add(column, RowErrorCode::kMissingValue, value);
        } else if (const auto wrong = check_text(value, max_characters)) {
            add(column, *wrong, value);
        }
        return value;
    }

    /// `read` sets a value from text and returns what is wrong with the text.
    template <typename Read>
    void required(MetricsColumn column, Read read) {
        const std::string_view value = this->value(column);
        if (value.empty()) {
            add(column, RowErrorCode::kMissingValue, value);
        } else if (const auto wrong = read(value)) {
            add(column, *wrong, value);
        }
    }

    std::optional<double> nps_score() {
        constexpr MetricsColumn kColumn = MetricsColumn::kNpsScore;
        if (columns_.position(kColumn) == MetricsColumns::kAbsent) return std::nullopt;
        const std::string_view value = this->value(kColumn);
        if (value.empty()) return std::nullopt;
        double score = 0.0;
        if (const auto wrong = read_number(value, kLowestNps, kHighestNps, score))
            add(kColumn, *wrong, value);
        return score;
    }

    void check_custom_values() {
        for (const MetricsColumns::Extra& extra : columns_.extra) {
            if (extra.position >= row_.fields.size()) continue;
            const std::string_view value = row_.fields[extra.position];
            if (value.size() <= kMaxCustomCharacters || count_characters(value) <= kMaxCustomCharacters)
                continue;
            errors_.push_back(
                {row_.line, extra.name, RowErrorCode::kTooLong, custom_too_long_message(extra.name, value)});
        }
    }

    void add(MetricsColumn column, RowErrorCode code, std::string_view value) {
        // The bytes of this column have been complained about already.
        if (std::find(unreadable_.begin(), unreadable_.end(), columns_.position(column)) != unreadable_.end())
            return;
        errors_.push_back(
            {row_.line, std::string(to_string(column)), code, metrics_message(column, code, value)});
    }

private:
    std::string_view value(MetricsColumn column) const {
        return trimmed_value(row_.fields[columns_.position(column)]);
    }

    std::string_view name_of(std::size_t field) const {
        if (field >= columns_.names.size()) return {};
        const auto known = std::find(columns_.positions.begin(), columns_.positions.end(), field);
        if (known == columns_.positions.end()) return columns_.names[field];
        return to_string(static_cast<MetricsColumn>(known - columns_.positions.begin()));
    }

    void check_bytes() {
        for (std::size_t field = 0; field < row_.fields.size(); ++field) {
            const std::string_view text = row_.fields[field];
            const bool has_nul = text.find('\0') != std::string_view::npos;
            if (!has_nul && is_valid_utf8(text)) continue;
            unreadable_.push_back(field);
            errors_.push_back(
                row_error(row_, has_nul ? CsvProblem::kNulByte : CsvProblem::kInvalidUtf8, name_of(field)));
        }
    }

    bool check_field_count() {
        const std::size_t expected = columns_.names.size();
        const std::size_t found = row_.fields.size();
        if (found == expected) return true;
        const auto is_empty = [](std::string_view field) { return trimmed_value(field).empty(); };
        const auto beyond = row_.fields.subspan(std::min(expected, found));
        // A delimiter at the end of the line does no harm.
        if (found > expected && std::all_of(beyond.begin(), beyond.end(), is_empty)) return true;
        errors_.push_back({row_.line,
                           {},
                           RowErrorCode::kFieldCount,
                           "The row has " + std::to_string(found) + (found == 1 ? " field" : " fields") +
                               ", the header has " + std::to_string(expected) +
                               "; check the delimiters, and quote a text that contains one."});
        return false;
    }

    const CsvRow& row_;
    const MetricsColumns& columns_;
    std::vector<RowError>& errors_;
    std::vector<std::size_t> unreadable_;
};

}  // namespace

bool parse_metrics_row(const CsvRow& row, const MetricsColumns& columns, Date today, ParsedMetricsRow& parsed,
                       std::vector<RowError>& errors) {
    const std::size_t errors_before = errors.size();
    RowParser parser(row, columns, errors);
    if (!parser.check_row()) return false;

    parsed.account_name = parser.text(MetricsColumn::kAccountName, kMaxAccountNameCharacters);
    parsed.segment = parser.text(MetricsColumn::kSegment, kMaxLabelCharacters);
    parsed.region = parser.text(MetricsColumn::kRegion, kMaxLabelCharacters);
    parser.required(MetricsColumn::kArr,
                    [&](std::string_view value) { return read_money(value, parsed.arr); });
    parser.required(MetricsColumn::kDate,
                    [&](std::string_view value) { return read_day(value, today, parsed.date); });
    parser.required(MetricsColumn::kDailyActiveUsers,
                    [&](std::string_view value) { return read_count(value, parsed.daily_active_users); });
    parser.required(MetricsColumn::kFeatureAdoptionRate, [&](std::string_view value) {
        return read_number(value, 0.0, 1.0, parsed.feature_adoption_rate);
    });
    parser.required(MetricsColumn::kSupportTicketsOpen,
                    [&](std::string_view value) { return read_count(value, parsed.support_tickets_open); });
    parsed.nps_score = parser.nps_score();
    parser.required(MetricsColumn::kLoginFrequency, [&](std::string_view value) {
        return read_number(value, 0.0, 1.0, parsed.login_frequency);
    });
    parser.check_custom_values();
    if (errors.size() != errors_before) return false;

    if (auto normalised = normalised_to_nfc(parsed.account_name)) {
        parsed.normalised_name = std::move(*normalised);
        parsed.account_name = parsed.normalised_name;
        if (const auto wrong = check_text(parsed.account_name, kMaxAccountNameCharacters)) {
            parser.add(MetricsColumn::kAccountName, *wrong, parsed.account_name);
            return false;
        }
    }
    return true;
}

}  // namespace keepwell
