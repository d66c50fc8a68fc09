#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepwell {

/// Appends CSV (RFC 4180, comma, CRLF) to a string, field by field:
///
///     CsvWriter writer(out);
///     writer.text(error.column).number(error.line).end_row();
class CsvWriter {
public:
    /// `out` must outlive the writer; take its content and clear it between rows to keep it small.
    explicit CsvWriter(std::string& out) : out_(out) {}

    /// Text from users: what a spreadsheet would run as a formula (beginning with `=` `+` `-` `@`, tab or CR)
    /// gets a leading `'`.
    CsvWriter& text(std::string_view value);
    /// Text that the program made, such as a date: written as it is.
    CsvWriter& exact(std::string_view value);
    template <std::integral Integer>
    CsvWriter& number(Integer value) {
        if constexpr (std::signed_integral<Integer>) {
            return signed_number(value);
        } else {
            return unsigned_number(value);
        }
    }
    /// The shortest form that reads back to the same double; empty for NaN and infinities.
    CsvWriter& number(double value);
    /// A field without a value.
    CsvWriter& empty();
    void end_row();

private:
    CsvWriter& signed_number(std::int64_t value);
    CsvWriter& unsigned_number(std::uint64_t value);
    void begin_field();

    std::string& out_;
    std::size_t fields_ = 0;
    bool is_row_blank_ = true;
};

}  // namespace keepwell
