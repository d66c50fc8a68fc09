#include "services/csv/csv_dialect.hpp"

#include <algorithm>
#include <array>

namespace keepwell {
namespace {

// In the order that decides a tie.
constexpr std::string_view kDelimiters = ",;\t|";
constexpr std::string_view kLineEnds = "\r\n";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparatorLine = "sep=";
// A header line that is longer decides by its beginning.
constexpr std::size_t kMaxHeaderBytes = std::size_t{64} * 1024;

bool is_delimiter(char byte) {
    return kDelimiters.find(byte) != std::string_view::npos;
}

/// A line that may be the header, up to its end outside quotes.
struct HeaderLine {
    std::size_t end = std::string_view::npos;  // npos when the text ends first
    std::array<std::size_t, kDelimiters.size()> counts{};

    char most_frequent_delimiter() const {
        return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                                    counts.begin())];
    }
};

/// Only a quote behind what may be a delimiter opens a field; one right behind a closing quote is doubled.
HeaderLine read_header_line(std::string_view text) {
    HeaderLine line;
    bool is_quoted = false;
    std::size_t closed_at = std::string_view::npos;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (is_quoted) {
            is_quoted = byte != '"';
            if (!is_quoted) closed_at = at;
        } else if (byte == '"') {
            is_quoted = at == 0 || is_delimiter(text[at - 1]) || closed_at == at - 1;
        } else if (is_delimiter(byte)) {
            ++line.counts[kDelimiters.find(byte)];
        } else if (kLineEnds.find(byte) != std::string_view::npos) {
            line.end = at;
            return line;
        }
    }
    return line;
}

std::size_t after_line_end(std::string_view text, std::size_t at) {
    return text.substr(at).starts_with("\r\n") ? at + 2 : at + 1;
}

/// Moves `position` over blank lines.
void skip_blank_lines(std::string_view text, CsvPosition& position) {
    while (position.offset < text.size() && kLineEnds.find(text[position.offset]) != std::string_view::npos) {
        position.offset = after_line_end(text, position.offset);
        ++position.line;
    }
}

}  // namespace

std::optional<CsvPreamble> detect_csv_dialect(std::string_view start, bool is_all) {
    is_all = is_all || start.size() >= kMaxHeaderBytes;
    start = start.substr(0, kMaxHeaderBytes);
    CsvPreamble preamble;
    if (start.starts_with(kByteOrderMark)) preamble.header.offset = kByteOrderMark.size();
    skip_blank_lines(start, preamble.header);

    const std::string_view rest = start.substr(preamble.header.offset);
    HeaderLine header = read_header_line(rest);
    // One byte more, so that a CR is seen together with its LF.
    const bool is_complete = header.end != std::string_view::npos && header.end + 1 < rest.size();
    if (!is_complete && !is_all) return std::nullopt;
    const std::size_t line_end = std::min(rest.find_first_of(kLineEnds), rest.size());
    const std::string_view line = rest.substr(0, line_end);

    if (line.size() == kSeparatorLine.size() + 1 && line.starts_with(kSeparatorLine) &&
        is_delimiter(line.back()) && line_end < rest.size()) {
        preamble.dialect = {line.back()};
        preamble.header.offset += after_line_end(rest, line_end);
        ++preamble.header.line;
        return preamble;
    }
    // A quote without an end must not make the whole file the header.
    if (header.end == std::string_view::npos) header = read_header_line(line);
    preamble.dialect = {header.most_frequent_delimiter()};
    return preamble;
}

}  // namespace keepwell
