#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "services/csv/csv_file_check.hpp"
#include "services/csv/csv_writer.hpp"
#include "services/csv/metrics_row.hpp"
#include "tests/unit/csv_rows.hpp"

namespace keepwell {
namespace {

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

/// Cuts `input` by the bytes of `cuts`, in turn.
std::vector<std::string_view> pieces_of(std::string_view input, std::string_view cuts) {
    std::vector<std::string_view> pieces;
    for (std::size_t i = 0; !input.empty(); ++i) {
        const auto length =
            std::min<std::size_t>(static_cast<unsigned char>(cuts[i % cuts.size()]), input.size());
        pieces.push_back(input.substr(0, length + (i % cuts.size() == 0 && length == 0 ? 1 : 0)));
        input.remove_prefix(pieces.back().size());
    }
    return pieces;
}

/// Offsets and lines grow, stay inside the file, and cover all of it that is not blank.
void check_positions(const std::vector<SeenRow>& rows, std::string_view input) {
    CsvPosition last{0, 1};
    for (const SeenRow& row : rows) {
        require(row.next.offset > last.offset, "offsets grow");
        require(row.next.offset <= input.size(), "offsets stay inside the file");
        require(row.line >= last.line, "a row begins behind the one before");
        require(row.next.line > row.line, "lines grow");
        require(row.fields.size() <= CsvReader::kMaxFields, "the number of fields is limited");
        require(row.problem == CsvProblem::kNone || row.problem_field < CsvReader::kMaxFields,
                "the field exists");
        last = row.next;
    }
    for (const char rest : input.substr(rows.empty() ? input.size() : last.offset)) {
        require(rest == '\r' || rest == '\n', "no bytes are lost");
    }
}

void check_rows_written_and_read(const std::vector<SeenRow>& rows) {
    std::vector<std::vector<std::string>> fields = {{"h", "h"}};
    for (const SeenRow& row : rows) {
        if (!row.fields.empty() && row.problem == CsvProblem::kNone) fields.push_back(row.fields);
    }
    std::string out;
    CsvWriter writer(out);
    for (const auto& row : fields) {
        for (const std::string& field : row) writer.exact(field);
        writer.end_row();
    }
    require(read_fields(out) == fields, "what is written is read back");
}

void parse_metrics(std::string_view input) {
    CsvReader reader;
    reader.feed(input);
    reader.finish();
    CsvRow row;
    if (!reader.next(row)) return;
    auto columns = MetricsColumns::from_header(row.fields);
    if (!columns.is_usable()) {
        // As if the header were there, so that the rows are reached.
        const std::vector<std::string_view> header = {"account_name",
                                                      "segment",
                                                      "region",
                                                      "arr",
                                                      "date",
                                                      "daily_active_users",
                                                      "feature_adoption_rate",
                                                      "support_tickets_open",
                                                      "nps_score",
                                                      "login_frequency"};
        columns = MetricsColumns::from_header(header);
    }
    ParsedMetricsRow parsed;
    std::vector<RowError> errors;
    const Date today = std::chrono::year{2024} / 10 / 31;
    do {
        errors.clear();
        const bool is_valid = parse_metrics_row(row, columns, today, parsed, errors);
        require(is_valid == errors.empty(), "an invalid row has an error");
        if (!is_valid) continue;
        require(!parsed.account_name.empty() && parsed.account_name.size() <= 800, "names are limited");
        require(parsed.arr >= Money{} && parsed.arr <= kMaximumMoney, "amounts are limited");
        require(parsed.login_frequency >= 0.0 && parsed.login_frequency <= 1.0, "rates are limited");
        require(parsed.daily_active_users >= 0, "counts are not negative");
        require(parsed.date >= Date{} && parsed.date <= today + std::chrono::days{1}, "days are limited");
    } while (reader.next(row));
}

void check_all(std::string_view input, std::string_view cuts, std::size_t max_row_bytes) {
    const auto whole = read_rows(input, max_row_bytes);
    CsvReader reader(max_row_bytes);
    require(read_pieces(reader, pieces_of(input, cuts)) == whole, "pieces do not change the rows");
    check_positions(whole, input);
    if (max_row_bytes == CsvReader::kDefaultMaxRowBytes) check_rows_written_and_read(whole);
}

}  // namespace
}  // namespace keepwell

/// The first byte says how many of the next ones are the lengths of the pieces; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.size() < 2) return 0;
    const std::size_t cut_count = std::min<std::size_t>(1 + (data[0] & 7U), input.size() - 1);
    const std::size_t small_limit = 8 + (data[0] >> 3U);
    const std::string_view cuts = input.substr(1, cut_count);
    input.remove_prefix(1 + cut_count);

    keepwell::check_all(input, cuts, keepwell::CsvReader::kDefaultMaxRowBytes);
    keepwell::check_all(input, cuts, small_limit);
    keepwell::parse_metrics(input);
    keepwell::check_csv_file(input, "metrics.csv", keepwell::CsvBlock::kWholeFile);
    return 0;
}
