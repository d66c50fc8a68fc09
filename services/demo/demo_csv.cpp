#include "services/demo/demo_csv.hpp"

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace keepwell {
namespace {

constexpr std::size_t kPiece = 65'536;
constexpr std::string_view kHeader =
    "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,"
    "nps_score,login_frequency\n";

void append(std::string& out, auto number) {
    std::array<char, 32> digits{};
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), result.ptr);
}

void append_row(std::string& out, std::string_view account, const DailyMetrics& row, std::string_view date) {
    out.append(account);
    append(out, row.arr.cents / 100);  // Demo accounts pay whole units.
    out.append(",").append(date).append(",");
    append(out, row.daily_active_users);
    out += ',';
    append(out, row.feature_adoption_rate);
    out += ',';
    append(out, row.support_tickets_open);
    out += ',';
    if (row.nps_score) append(out, *row.nps_score);
    out += ',';
    append(out, row.login_frequency);
    out += '\n';
}

}  // namespace

std::int64_t write_csv(const DemoPortfolio& portfolio, const std::function<void(std::string_view)>& write) {
    std::vector<std::string> dates;
    for (Date day = portfolio.first_day(); day <= portfolio.last_day(); day += std::chrono::days{1})
        dates.push_back(to_string(day));

    std::string out{kHeader};
    out.reserve(kPiece + 1'024);
    std::int64_t rows = 0;
    DailyMetrics row;
    for (std::int64_t number = 0; number < portfolio.customers(); ++number) {
        const AccountAttributes attributes = portfolio.account(number).attributes;
        const std::string account =
            attributes.name + "," + attributes.segment + "," + attributes.region + ",";
        DemoTimeline timeline = portfolio.timeline(number);
        while (timeline.next(row)) {
            append_row(out, account, row,
                       dates[static_cast<std::size_t>((row.date - portfolio.first_day()).count())]);
            ++rows;
            if (out.size() < kPiece) continue;
            write(out);
            out.clear();
        }
    }
    if (!out.empty()) write(out);
    return rows;
}

}  // namespace keepwell
