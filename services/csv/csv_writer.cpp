#include "services/csv/csv_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace keepwell {
namespace {

template <typename Number>
void append_number(std::string& out, Number value) {
    constexpr std::size_t kLongestNumber = 32;
    std::array<char, kLongestNumber> digits{};
    const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure == std::errc{}) out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view value) {
    // A space at either end is quoted too, for readers that trim.
    const bool must_quote = value.find_first_of("\",;\t|\r\n") != std::string_view::npos ||
                            (!value.empty() && (value.front() == ' ' || value.back() == ' '));
    if (!must_quote) {
        out += value;
        return;
    }
    out += '"';
    for (const char character : value) {
        if (character == '"') out += '"';
        out += character;
    }
    out += '"';
}

}  // namespace

CsvWriter& CsvWriter::text(std::string_view value) {
    constexpr std::string_view kFormulaStarts = "=+-@\t\r";
    if (value.empty() || kFormulaStarts.find(value.front()) == std::string_view::npos) return exact(value);
    std::string defused = "'";
    defused += value;
    return exact(defused);
}

CsvWriter& CsvWriter::exact(std::string_view value) {
    begin_field();
    append_field(out_, value);
    is_row_blank_ = is_row_blank_ && value.empty();
    return *this;
}

CsvWriter& CsvWriter::signed_number(std::int64_t value) {
    begin_field();
    append_number(out_, value);
    is_row_blank_ = false;
    return *this;
}

CsvWriter& CsvWriter::unsigned_number(std::uint64_t value) {
    begin_field();
    append_number(out_, value);
    is_row_blank_ = false;
    return *this;
}

CsvWriter& CsvWriter::number(double value) {
    if (!std::isfinite(value)) return empty();
    begin_field();
    append_number(out_, value);
    is_row_blank_ = false;
    return *this;
}

CsvWriter& CsvWriter::empty() {
    begin_field();
    return *this;
}

void CsvWriter::end_row() {
    // A row of one empty field would be a blank line, which readers skip.
    if (fields_ == 1 && is_row_blank_) out_ += "\"\"";
    out_ += "\r\n";
    fields_ = 0;
    is_row_blank_ = true;
}

void CsvWriter::begin_field() {
    if (fields_++ > 0) out_ += ',';
}

}  // namespace keepwell
