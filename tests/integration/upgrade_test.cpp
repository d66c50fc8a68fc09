#include <algorithm>
#include <catch2/catch.hpp>

#include "data/migrations.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

/// The migrations up to `version`: the schema as a release shipped it.
std::vector<EmbeddedFile> migrations_until(int version) {
    const auto all = embedded_migrations();
    std::vector<EmbeddedFile> files;
    std::copy_if(all.begin(), all.end(), std::back_inserter(files), [&](const EmbeddedFile& file) {
        return std::stoi(std::string(file.path.substr(0, 4))) <= version;
    });
    return files;
}

/// A day or a moment as each database writes it.
struct Literals {
    std::string day;
    std::string moment;
};
Literals literals(DatabaseKind kind) {
    if (kind == DatabaseKind::kPostgresql) return {"DATE '2026-11-20'", "TIMESTAMPTZ '2026-11-20 10:00:00Z'"};
    return {std::to_string(parse_date("2026-11-20").value().time_since_epoch().count()),
            "'2026-11-20T10:00:00.000000Z'"};
}

/// What the first release stored of an account, its score and its scorecard.
void add_account(TestDatabase& database) {
    const auto [day, moment] = literals(database.kind());
    database.execute(
        "INSERT INTO customers (id, name, company, segment, region, arr, health_score, health_status, "
        "scorecard,"
        " latest_metrics_date, created_at, updated_at) VALUES (7, 'Acme Corp', 'Acme Corp', 'Enterprise', "
        "'EU',"
        " 120000, 84.325, 'healthy', 'metrics', " +
        day + ", " + moment + ", " + moment + ")");
    database.execute(
        "INSERT INTO customer_keys (kind, key_value, customer_id) VALUES ('account_name', 'Acme Corp', 7)");
    database.execute("INSERT INTO account_metrics_daily VALUES (7, " + day +
                     ", 150, 0.85, 2, 50, 0.9, 120000, 84.325)");
    database.execute(
        "INSERT INTO health_scores (customer_id, id, overall_score, status, coverage, scorecard,"
        " scorecard_version, as_of, calculated_at) VALUES (7, 3, 84.325, 'healthy', 1, 'metrics', 1, " +
        day + ", " + moment + ")");
    database.execute(
        "INSERT INTO factor_scores (customer_id, health_score_id, position, factor_name, score, value, "
        "description,"
        " trend, weight, contribution, error) VALUES (7, 3, 0, 'daily_active_users', 84.325, 150, 'users', "
        "NULL,"
        " 1, 84.325, '')");
    database.execute(
        "INSERT INTO scorecards (name, version, description, healthy_from, at_risk_from, minimum_coverage,"
        " created_at) VALUES ('metrics', 1, 'Daily metrics', 70, 40, 0.5, " +
        moment + ")");
    database.execute(
        "INSERT INTO scorecard_factors (scorecard, version, position, factor, weight, missing, "
        "half_life_days)"
        " VALUES ('metrics', 1, 0, 'daily_active_users', 25, 'exclude', 30)");
}

}  // namespace

TEST_CASE("a database of the first release comes up to date with everything that it holds") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    REQUIRE(data::migrate(database.database(), migrations_until(2)).version == 2);
    add_account(database);

    CHECK(data::migrate(database.database()).version == data::newest_schema_version());

    const auto customer =
        query(database.unit_of_work(), [](Repositories& in) { return in.customers.find(CustomerId{7}); });
    REQUIRE(customer);
    CHECK(customer->name == "Acme Corp");
    CHECK(customer->health_score == 84.325);
    CHECK(customer->scorecard == "metrics");
    CHECK(customer->is_active);

    const auto score = query(database.unit_of_work(),
                             [](Repositories& in) { return in.health_scores.find_latest(CustomerId{7}); });
    REQUIRE(score);
    CHECK(score->overall_score == 84.325);
    // The first release knew neither caps nor overrides: what it stored is what the factors came to.
    CHECK(score->raw_score == score->overall_score);
    CHECK_FALSE(score->cap);
    CHECK_FALSE(score->replaced);
    REQUIRE(score->factors.size() == 1);
    CHECK(score->factors[0].details == "{}");

    const auto card =
        query(database.unit_of_work(), [](Repositories& in) { return in.scorecards.find("metrics"); });
    REQUIRE(card);
    CHECK(card->caps.empty());
    REQUIRE(card->factors.size() == 1);
    CHECK(card->factors[0].curve == Curve{});

    const auto types = query(database.unit_of_work(), [](Repositories& in) { return in.event_types.list(); });
    CHECK(types.size() >= 10);
}

}  // namespace keepwell::test
