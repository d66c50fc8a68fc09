#include "services/csv/metrics_messages.hpp"

#include <algorithm>

#include "services/csv/metrics_values.hpp"

namespace keepwell {
namespace {

bool is_rate(MetricsColumn column) {
    return column == MetricsColumn::kFeatureAdoptionRate || column == MetricsColumn::kLoginFrequency;
}

bool is_number(std::string_view text) {
    double value = 0.0;
    return !read_number(text, -1e300, 1e300, value);
}

std::string replaced(std::string_view text, char from, std::string_view to) {
    std::string result;
    for (const char character : text) {
        if (character == from) {
            result += to;
        } else {
            result += character;
        }
    }
    return result;
}

/// The number that was probably meant, as it should be written; empty when there is no telling.
std::string number_meant(MetricsColumn column, std::string_view value) {
    constexpr std::string_view kCurrencySigns[] = {"$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5"};
    constexpr std::size_t kLongestNumber = 30;
    for (const std::string_view sign : kCurrencySigns) {
        if (value.starts_with(sign)) value.remove_prefix(sign.size());
        if (value.ends_with(sign)) value.remove_suffix(sign.size());
    }
    value = trimmed_value(value);
    if (value.empty() || value.size() > kLongestNumber) return {};
    if (is_number(value)) return std::string(value);
    const bool is_decimal_comma = std::count(value.begin(), value.end(), ',') == 1 &&
                                  value.find('.') == std::string_view::npos &&
                                  (is_rate(column) || value.size() - value.find(',') != 4);
    const std::string meant = is_decimal_comma ? replaced(value, ',', ".") : replaced(value, ',', "");
    return is_number(meant) ? meant : std::string{};
}

std::string not_a_number(MetricsColumn column, std::string_view value) {
    if (value.ends_with('%') && is_number(trimmed_value(value.substr(0, value.size() - 1)))) {
        return is_rate(column) ? " is a percentage; write it as a share from 0 to 1, such as 0.75 for 75 %."
                               : " is a percentage; write a plain number.";
    }
    const std::string meant = number_meant(column, value);
    if (!meant.empty()) return " is not a plain number; write it as " + meant + ".";
    if (column == MetricsColumn::kNpsScore) return " is not a number; leave it empty when there is none.";
    return " is not a number; write plain digits such as " + std::string(is_rate(column) ? "0.75." : "1500.");
}

std::string out_of_range(MetricsColumn column, std::string_view value) {
    switch (column) {
        case MetricsColumn::kArr:
            return " is out of range; write an amount from 0 to 999999999999.99.";
        case MetricsColumn::kDate:
            return " is too early; dates begin at 1970-01-01.";
        case MetricsColumn::kNpsScore:
            return " is out of range; write a score from -100 to 100, or leave it empty.";
        case MetricsColumn::kFeatureAdoptionRate:
        case MetricsColumn::kLoginFrequency: {
            double number = 0.0;
            const bool may_be_percentage = !read_number(value, 1.0, 100.0, number);
            return may_be_percentage
                       ? " is out of range; write a share from 0 to 1 (for a percentage, divide it by 100)."
                       : " is out of range; write a share from 0 to 1.";
        }
        default:
            return " is out of range; write a whole number from 0 to 2147483647.";
    }
}

std::string_view article_of(std::string_view name) {
    return std::string_view("aeiou").find(name.front()) == std::string_view::npos ? "a " : "an ";
}

}  // namespace

std::string metrics_message(MetricsColumn column, RowErrorCode code, std::string_view value) {
    const std::string name(to_string(column));
    const std::string subject = name + ' ' + quoted_for_message(value);
    switch (code) {
        case RowErrorCode::kMissingValue:
            return name + " is empty; every row needs " + std::string(article_of(name)) + name + '.';
        case RowErrorCode::kNotANumber:
            return subject + not_a_number(column, value);
        case RowErrorCode::kNotAnInteger:
            return subject + " is not a whole number; round it.";
        case RowErrorCode::kOutOfRange:
            return subject + out_of_range(column, value);
        case RowErrorCode::kInvalidDate:
            return subject + " is not a day of the calendar; write it as YYYY-MM-DD, such as 2024-10-31.";
        case RowErrorCode::kDateInFuture:
            return subject + " is in the future; check the year, or import the row when that day has come.";
        case RowErrorCode::kTooLong: {
            const bool is_name = column == MetricsColumn::kAccountName;
            return subject + " is too long; shorten it to " +
                   std::to_string(is_name ? kMaxAccountNameCharacters : kMaxLabelCharacters) + " characters.";
        }
        case RowErrorCode::kControlCharacter:
            return subject + " has a control character, such as a tab or a line break; remove it.";
        default:
            return subject + " cannot be read.";
    }
}

std::string custom_too_long_message(std::string_view column, std::string_view value) {
    return std::string(column) + ' ' + quoted_for_message(value) + " is too long; shorten it to " +
           std::to_string(kMaxCustomCharacters) + " characters, or leave the column out.";
}

RowError row_error(const CsvRow& row, CsvProblem problem, std::string_view column) {
    RowError error{row.line, std::string(column), RowErrorCode::kFieldCount, {}};
    const std::string in_column = column.empty() ? std::string("The row") : error.column;
    switch (problem) {
        case CsvProblem::kLineTooLong:
            error.code = RowErrorCode::kLineTooLong;
            error.message = "The line is too long for a row of metrics; shorten it.";
            break;
        case CsvProblem::kUnterminatedQuote:
            error.code = RowErrorCode::kUnterminatedQuote;
            error.message =
                "A quote in this line has no end; close it, or double it where it is part of the text.";
            break;
        case CsvProblem::kTextAfterQuote:
            error.code = RowErrorCode::kTextAfterQuote;
            error.message =
                in_column + " has text after its closing quote; double the quotes inside the text.";
            break;
        case CsvProblem::kNulByte:
            error.code = RowErrorCode::kNulByte;
            error.message = in_column + " has a NUL byte; export the file again as CSV UTF-8.";
            break;
        case CsvProblem::kInvalidUtf8:
            error.code = RowErrorCode::kInvalidUtf8;
            error.message = in_column + " is not valid UTF-8; save the file as CSV UTF-8.";
            break;
        case CsvProblem::kTooManyFields:
        case CsvProblem::kNone:
            error.message = "The row has more than " + std::to_string(CsvReader::kMaxFields) +
                            " fields; check its delimiters and quotes.";
            break;
    }
    return error;
}

}  // namespace keepwell
