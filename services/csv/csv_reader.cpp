#include "services/csv/csv_reader.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "services/csv/csv_marks.hpp"
#include "services/csv/utf8.hpp"

namespace keepwell {
namespace {

constexpr std::size_t kLargestRowBytes = std::size_t{1} << 30;

bool is_line_end(char byte) {
    return byte == '\n' || byte == '\r';
}

/// Makes `""` one quote, in place; returns the new length.
std::size_t undouble_quotes(char* text, std::size_t length) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < length; ++from, ++to) {
        text[to] = text[from];
        if (text[from] == '"') ++from;
    }
    return to;
}

}  // namespace

bool CsvRow::is_blank() const noexcept {
    return problem == CsvProblem::kNone &&
           std::all_of(fields.begin(), fields.end(), [](std::string_view field) {
               return field.find_first_not_of(" \t") == std::string_view::npos;
           });
}

CsvReader::CsvReader(std::size_t max_row_bytes) : max_row_bytes_(std::min(max_row_bytes, kLargestRowBytes)) {}

CsvReader::CsvReader(CsvDialect dialect, CsvPosition start, std::size_t max_row_bytes)
    : max_row_bytes_(std::min(max_row_bytes, kLargestRowBytes)),
      dialect_(dialect),
      is_at_beginning_(start.offset == 0),
      buffer_offset_(start.offset),
      line_(start.line) {}

void CsvReader::feed(std::string_view bytes) {
    if (row_begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + row_begin_, size_ - row_begin_);
        buffer_offset_ += row_begin_;
        size_ -= row_begin_;
        scanned_to_ -= row_begin_;
        field_begin_ -= std::min(field_begin_, row_begin_);
        row_begin_ = 0;
    }
    if (buffer_.size() < size_ + bytes.size() + CsvMarks::kBlockBytes) {
        buffer_.resize(size_ + bytes.size() + CsvMarks::kBlockBytes);
    }
    if (!bytes.empty()) std::memcpy(buffer_.data() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    is_block_stale_ = true;
}

void CsvReader::finish() {
    is_finished_ = true;
}

bool CsvReader::next(CsvRow& row) {
    if (is_at_beginning_ && !find_beginning()) return false;
    for (;;) {
        switch (is_skipping_ ? skip_line(row) : read_row(row)) {
            case Step::kRow:
                return true;
            case Step::kBlankLine:
                break;
            case Step::kNeedBytes:
                return false;
        }
    }
}

bool CsvReader::find_beginning() {
    const auto preamble = detect_csv_dialect({buffer_.data(), size_}, is_finished_);
    if (!preamble) return false;
    is_at_beginning_ = false;
    if (!dialect_) dialect_ = preamble->dialect;
    line_ = preamble->header.line;
    begin_row(static_cast<std::size_t>(preamble->header.offset));
    return true;
}

void CsvReader::begin_row(std::size_t at) {
    row_begin_ = scanned_to_ = field_begin_ = at;
    state_ = State::kPlain;
    is_skipping_ = false;
    has_too_many_fields_ = false;
    inner_lines_ = 0;
    field_count_ = 0;
    text_after_quote_.reset();
    quoted_.clear();
    if (is_block_stale_ || at < block_.base || at >= block_.base + CsvMarks::kBlockBytes) {
        is_block_stale_ = true;
        has_odd_bytes_ = false;
    } else {
        has_odd_bytes_ = block_.has_odd_bytes;
        block_.marks &= ~std::uint64_t{0} << (at - block_.base);
    }
}

CsvReader::Step CsvReader::need_bytes(std::size_t resume_at) {
    scanned_to_ = resume_at;
    is_block_stale_ = true;
    return Step::kNeedBytes;
}

void CsvReader::load_block(Block& block, std::size_t base) {
    const CsvMarks found = find_csv_marks(buffer_.data() + base, dialect_->delimiter);
    std::uint64_t in_use = ~std::uint64_t{0};
    if (size_ - base < CsvMarks::kBlockBytes) in_use = (std::uint64_t{1} << (size_ - base)) - 1;
    block = {base, found.marks & in_use, (found.odd & in_use) != 0};
    has_odd_bytes_ = has_odd_bytes_ || block.has_odd_bytes;
}

CsvReader::Step CsvReader::read_row(CsvRow& row) {
    const std::size_t limit = row_begin_ + max_row_bytes_ + 1;
    const std::size_t end = std::min(size_, limit);
    const char delimiter = dialect_->delimiter;
    if (scanned_to_ >= end) return end_of_bytes(row, limit);
    if (is_block_stale_) load_block(block_, scanned_to_);
    is_block_stale_ = false;
    // A local copy, which stays in registers.
    Block block = block_;
    for (;;) {
        while (block.marks == 0) {
            const std::size_t base = block.base + CsvMarks::kBlockBytes;
            if (base >= end) return end_of_bytes(row, limit);
            load_block(block, base);
        }
        const std::size_t at = block.base + static_cast<std::size_t>(std::countr_zero(block.marks));
        if (at >= end) return end_of_bytes(row, limit);
        block.marks &= block.marks - 1;
        const char mark = buffer_[at];
        if (mark == '"') {
            see_quote(at);
        } else if (state_ != State::kQuoted) {
            if (mark != delimiter) {
                block_ = block;
                return end_row(row, at);
            }
            end_field(at);
        } else if (is_line_end(mark)) {
            if (buffer_offset_ + row_begin_ < strict_until_) return give_up_quote(row, at);
            if (mark == '\r' || buffer_[at - 1] != '\r') ++inner_lines_;
        }
    }
}

void CsvReader::see_quote(std::size_t at) {
    const auto in_row = static_cast<std::uint32_t>(at - row_begin_);
    switch (state_) {
        case State::kPlain:
            if (at != field_begin_) return;  // in the middle of a field it is a character like any other
            open_quote_ = {field_count_, 0, false};
            state_ = State::kQuoted;
            return;
        case State::kQuoted:
            open_quote_.close = in_row;
            state_ = State::kAfterQuote;
            return;
        case State::kAfterQuote:
            if (open_quote_.close + 1 != in_row) return;
            open_quote_.has_doubled_quotes = true;
            state_ = State::kQuoted;
            return;
    }
}

void CsvReader::end_field(std::size_t at) {
    if (field_count_ == kMaxFields) {
        has_too_many_fields_ = true;
    } else {
        if (state_ == State::kAfterQuote) {
            const char* behind = buffer_.data() + row_begin_ + open_quote_.close + 1;
            const bool has_text = std::any_of(behind, static_cast<const char*>(buffer_.data()) + at,
                                              [](char byte) { return byte != ' '; });
            if (has_text && !text_after_quote_) text_after_quote_ = field_count_;
            quoted_.push_back(open_quote_);
        }
        field_ends_[field_count_++] = static_cast<std::uint32_t>(at - row_begin_);
    }
    state_ = State::kPlain;
    field_begin_ = at + 1;
}

CsvReader::Step CsvReader::end_row(CsvRow& row, std::size_t at) {
    const std::optional<std::size_t> next = after_line_end(at);
    if (!next) return need_bytes(at);
    if (field_count_ == 0 && at == row_begin_) {
        ++line_;
        begin_row(*next);
        return Step::kBlankLine;
    }
    end_field(at);
    if (inner_lines_ > 0 && (text_after_quote_ || has_too_many_fields_)) return give_up_quote(row, at);
    fill_fields(row);
    row.problem = CsvProblem::kNone;
    if (has_too_many_fields_) {
        row.problem = CsvProblem::kTooManyFields;
    } else if (text_after_quote_) {
        row.problem = CsvProblem::kTextAfterQuote;
        row.problem_field = *text_after_quote_;
    } else if (has_odd_bytes_) {
        check_bytes(row);
    }
    return leave_row(row, *next);
}

CsvReader::Step CsvReader::end_of_bytes(CsvRow& row, std::size_t limit) {
    is_block_stale_ = true;
    if (limit <= size_) {
        if (find_line_end(row_begin_) < limit) return give_up_quote(row, limit);
        is_skipping_ = true;
        scanned_to_ = limit;
        return skip_line(row);
    }
    if (!is_finished_ || row_begin_ == size_) return need_bytes(size_);
    return state_ == State::kQuoted ? give_up_quote(row, size_) : end_row(row, size_);
}

/// Reports a quote that runs over too many lines and begins again on the second line of the row.
CsvReader::Step CsvReader::give_up_quote(CsvRow& row, std::size_t searched_to) {
    const std::optional<std::size_t> next = after_line_end(find_line_end(row_begin_));
    if (!next) return need_bytes(searched_to);
    is_block_stale_ = true;
    // Were every row in here allowed to search as far again, a file of stray quotes would take forever.
    strict_until_ = std::max(strict_until_, buffer_offset_ + searched_to);
    inner_lines_ = 0;
    row.fields = {};
    row.problem = CsvProblem::kUnterminatedQuote;
    return leave_row(row, *next);
}

/// Drops bytes up to the end of the line and then reports the row.
CsvReader::Step CsvReader::skip_line(CsvRow& row) {
    const std::size_t line_end = find_line_end(scanned_to_);
    const std::optional<std::size_t> next = after_line_end(line_end);
    if (!next) {
        row_begin_ = line_end;
        return need_bytes(line_end);
    }
    row.fields = {};
    row.problem = CsvProblem::kLineTooLong;
    return leave_row(row, *next);
}

CsvReader::Step CsvReader::leave_row(CsvRow& row, std::size_t next) {
    row.line = line_;
    line_ += inner_lines_ + 1;
    row.next = {buffer_offset_ + next, line_};
    begin_row(next);
    return Step::kRow;
}

void CsvReader::fill_fields(CsvRow& row) {
    char* const text = buffer_.data() + row_begin_;
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < field_count_; ++i) {
        fields_[i] = {text + begin, field_ends_[i] - begin};
        begin = field_ends_[i] + 1;
    }
    for (const QuotedField& quoted : quoted_) {
        std::string_view& field = fields_[quoted.index];
        char* const inner = text + (field.data() - text) + 1;
        std::size_t length = static_cast<std::size_t>(text + quoted.close - inner);
        if (quoted.has_doubled_quotes) length = undouble_quotes(inner, length);
        field = {inner, length};
    }
    row.fields = {fields_.data(), field_count_};
}

void CsvReader::check_bytes(CsvRow& row) const {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        if (row.fields[i].find('\0') != std::string_view::npos) {
            row.problem = CsvProblem::kNulByte;
        } else if (!is_valid_utf8(row.fields[i])) {
            row.problem = CsvProblem::kInvalidUtf8;
        } else {
            continue;
        }
        row.problem_field = i;
        return;
    }
}

/// The position behind the line end (or the end of the file) at `at`; empty when the next byte has to tell.
std::optional<std::size_t> CsvReader::after_line_end(std::size_t at) const {
    if (at == size_) return is_finished_ ? std::optional{at} : std::nullopt;
    if (buffer_[at] == '\n') return at + 1;
    if (at + 1 == size_) return is_finished_ ? std::optional{at + 1} : std::nullopt;
    return buffer_[at + 1] == '\n' ? at + 2 : at + 1;
}

/// The position of the next CR or LF, or the end of the bytes.
std::size_t CsvReader::find_line_end(std::size_t from) const {
    const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(size_);
    const auto found = std::find_if(buffer_.begin() + static_cast<std::ptrdiff_t>(from), end, is_line_end);
    return static_cast<std::size_t>(found - buffer_.begin());
}

}  // namespace keepwell
