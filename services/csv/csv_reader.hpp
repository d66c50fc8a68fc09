#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "services/csv/csv_dialect.hpp"

namespace keepwell {

/// What is wrong with a row as a whole.
enum class CsvProblem : std::uint8_t {
    kNone,
    kLineTooLong,        ///< A single line longer than the limit; skipped to its end.
    kTooManyFields,      ///< More than CsvReader::kMaxFields; the row has the first ones.
    kUnterminatedQuote,  ///< A quoted field without an end, see CsvReader.
    kTextAfterQuote,     ///< `"a"b`: something other than spaces between a closing quote and the delimiter.
    kNulByte,
    kInvalidUtf8,
};

/// One row. The fields are views into the reader and valid until the next call of next() or feed().
struct CsvRow {
    std::span<const std::string_view> fields;  ///< Empty for kLineTooLong and kUnterminatedQuote.
    std::uint64_t line = 0;                    ///< 1-based number of the line where the row begins.
    CsvPosition next;                          ///< Just after the row; a reader may be started there.
    CsvProblem problem = CsvProblem::kNone;    ///< The gravest one.
    std::size_t problem_field = 0;             ///< 0-based index of the field, for the last three problems.

    /// True for the `;;;;` that spreadsheets leave below their last row: nothing in it but spaces.
    bool is_blank() const noexcept;
};

/// Splits CSV into rows at high speed: RFC 4180, and what real files do beyond it (byte order mark; CRLF, LF
/// and lone CR; `;` tab and `|` as delimiter; blank lines, which are skipped; a `"` inside an unquoted field,
/// which is kept). Spaces are kept, except between a closing quote and the delimiter. Bad input is never an
/// exception: it is a row with a problem, and reading goes on behind it.
///
///     reader.feed(block);
///     while (reader.next(row)) …
///     … more blocks …
///     reader.finish();
///     while (reader.next(row)) …
///
/// Memory: the block, and at most `max_row_bytes` of a row that is not complete yet. How the input is cut
/// into blocks never changes the rows. Not thread-safe.
///
/// A row of several lines most likely has a stray quote when it is longer than `max_row_bytes`, when the file
/// ends inside the quote, or when there is text behind the closing quote or too many fields. It is reported
/// as kUnterminatedQuote at its first line and reading resumes on the line after that one. Up to where the
/// search for its end had got, a quoted field must then end on the line where it began (so that no byte is
/// searched more than twice). A reader that resumes inside that stretch does not know of it.
class CsvReader {
public:
    static constexpr std::size_t kMaxFields = 1000;
    static constexpr std::size_t kDefaultMaxRowBytes = std::size_t{1} << 20;

    /// Reads a file from its first byte and finds its dialect by itself. `max_row_bytes` at most 1 GB.
    explicit CsvReader(std::size_t max_row_bytes = kDefaultMaxRowBytes);
    /// Reads on from a row boundary: the first byte fed is the one at `start.offset`.
    CsvReader(CsvDialect dialect, CsvPosition start, std::size_t max_row_bytes = kDefaultMaxRowBytes);

    /// Takes the next bytes of the file (they are copied). Call next() until it is false before feeding more,
    /// or the memory grows by as much.
    void feed(std::string_view bytes);
    /// Says that no bytes follow.
    void finish();
    /// The next row; false when it needs more bytes, or after finish(), when there is none.
    bool next(CsvRow& row);

    /// Known as soon as next() has returned a row.
    const std::optional<CsvDialect>& dialect() const noexcept { return dialect_; }

private:
    enum class Step : std::uint8_t { kRow, kBlankLine, kNeedBytes };
    enum class State : std::uint8_t { kPlain, kQuoted, kAfterQuote };

    /// The marks of 64 bytes of the buffer that have not been looked at.
    struct Block {
        std::size_t base = 0;
        std::uint64_t marks = 0;
        bool has_odd_bytes = false;
    };
    /// A field that was quoted; positions count from the beginning of the row.
    struct QuotedField {
        std::size_t index = 0;
        std::uint32_t close = 0;
        bool has_doubled_quotes = false;
    };

    bool find_beginning();
    void begin_row(std::size_t at);
    Step need_bytes(std::size_t resume_at);
    void load_block(Block& block, std::size_t base);
    Step read_row(CsvRow& row);
    void see_quote(std::size_t at);
    void end_field(std::size_t at);
    Step end_row(CsvRow& row, std::size_t at);
    Step end_of_bytes(CsvRow& row, std::size_t limit);
    Step give_up_quote(CsvRow& row, std::size_t searched_to);
    Step skip_line(CsvRow& row);
    void fill_fields(CsvRow& row);
    void check_bytes(CsvRow& row) const;
    std::optional<std::size_t> after_line_end(std::size_t at) const;
    std::size_t find_line_end(std::size_t from) const;
    Step leave_row(CsvRow& row, std::size_t next);

    const std::size_t max_row_bytes_;
    std::optional<CsvDialect> dialect_;
    bool is_at_beginning_ = true;  // of the file: a byte order mark may follow
    bool is_finished_ = false;

    std::vector<char> buffer_;         // with room for a whole block behind the last byte
    std::size_t size_ = 0;             // bytes in use
    std::uint64_t buffer_offset_ = 0;  // of buffer_[0] in the file

    // Positions in the buffer; all bytes before row_begin_ are done with.
    std::size_t row_begin_ = 0;
    std::size_t scanned_to_ = 0;
    std::size_t field_begin_ = 0;
    Block block_;
    bool is_block_stale_ = true;

    std::uint64_t line_ = 1;
    std::uint64_t strict_until_ = 0;  // offset in the file, see give_up_quote

    // The row so far.
    State state_ = State::kPlain;
    bool is_skipping_ = false;
    bool has_odd_bytes_ = false;
    bool has_too_many_fields_ = false;
    std::uint64_t inner_lines_ = 0;  // line ends inside quotes
    std::size_t field_count_ = 0;
    std::array<std::uint32_t, kMaxFields> field_ends_{};  // from row_begin_
    QuotedField open_quote_;
    std::optional<std::size_t> text_after_quote_;  // index of the field
    std::vector<QuotedField> quoted_;
    std::array<std::string_view, kMaxFields> fields_{};
};

}  // namespace keepwell
