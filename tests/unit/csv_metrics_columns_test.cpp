#include "services/csv/metrics_columns.hpp"

#include <catch2/catch.hpp>

namespace keepwell {
namespace {

using Names = std::vector<std::string>;

const Names kDocumented = {"account_name",
                           "segment",
                           "region",
                           "arr",
                           "date",
                           "daily_active_users",
                           "feature_adoption_rate",
                           "support_tickets_open",
                           "nps_score",
                           "login_frequency"};

TEST_CASE("The documented columns are found in any order", "[csv]") {
    const Names reversed(kDocumented.rbegin(), kDocumented.rend());
    const auto columns = MetricsColumns::from_header(reversed);
    CHECK(columns.is_usable());
    CHECK(columns.problem().empty());
    CHECK(columns.extra.empty());
    CHECK(columns.position(MetricsColumn::kAccountName) == 9);
    CHECK(columns.position(MetricsColumn::kLoginFrequency) == 0);
}

TEST_CASE("Names of columns are compared without case, spaces around them, and kinds of dashes", "[csv]") {
    Names header = kDocumented;
    header[0] = "\xEF\xBB\xBF Account Name ";
    header[1] = "SEGMENT";
    header[5] = "Daily-Active Users\t";
    const auto columns = MetricsColumns::from_header(header);
    CHECK(columns.is_usable());
    CHECK(columns.position(MetricsColumn::kAccountName) == 0);
    CHECK(columns.position(MetricsColumn::kDailyActiveUsers) == 5);
    CHECK(columns.names[0] == "Account Name");
}

TEST_CASE("nps_score may be absent", "[csv]") {
    Names header = kDocumented;
    header.erase(header.begin() + 8);
    const auto columns = MetricsColumns::from_header(header);
    CHECK(columns.is_usable());
    CHECK(columns.position(MetricsColumn::kNpsScore) == MetricsColumns::kAbsent);
}

TEST_CASE("All missing columns are named at once", "[csv]") {
    const auto columns = MetricsColumns::from_header(Names{"segment", "Region", "date", "colour"});
    CHECK_FALSE(columns.is_usable());
    CHECK(columns.missing == Names{"account_name", "arr", "daily_active_users", "feature_adoption_rate",
                                   "support_tickets_open", "login_frequency"});
    CHECK(columns.problem() ==
          "Missing columns: account_name, arr, daily_active_users, feature_adoption_rate, "
          "support_tickets_open, "
          "login_frequency.");
    CHECK(MetricsColumns::from_header(Names{}).missing.size() == 9);
}

TEST_CASE("Columns that are there twice are named", "[csv]") {
    Names header = kDocumented;
    header.insert(header.end(), {"ARR", "Plan", "plan", "PLAN"});
    const auto columns = MetricsColumns::from_header(header);
    CHECK_FALSE(columns.is_usable());
    CHECK(columns.duplicates == Names{"ARR", "plan"});
    CHECK(columns.problem() == "In the header more than once: \"ARR\", \"plan\"; keep one of each.");
}

TEST_CASE("Extra columns are kept with their places, up to fifty", "[csv]") {
    Names header = kDocumented;
    header.insert(header.begin(), " Plan Type ");
    for (int i = 0; i < 55; ++i) header.push_back("extra " + std::to_string(i));
    const auto columns = MetricsColumns::from_header(header);
    CHECK(columns.is_usable());
    REQUIRE(columns.extra.size() == 50);
    CHECK(columns.extra[0].name == "Plan Type");
    CHECK(columns.extra[0].position == 0);
    CHECK(columns.extra[1].name == "extra 0");
    CHECK(columns.extra[1].position == 11);
    CHECK(columns.dropped == Names{"extra 49", "extra 50", "extra 51", "extra 52", "extra 53", "extra 54"});
}

TEST_CASE("Extra columns without a fit name are not kept", "[csv]") {
    Names header = kDocumented;
    header.insert(header.end(), {"", "a\nb", std::string(101, 'x'), "", " "});
    const auto columns = MetricsColumns::from_header(header);
    CHECK(columns.is_usable());
    CHECK(columns.extra.empty());
    CHECK(columns.dropped == Names{"a\nb", std::string(101, 'x')});
    CHECK(columns.names.size() == 13);
}

}  // namespace
}  // namespace keepwell
