#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

enum class Engine { kSqlite, kPostgresql };
std::string_view to_string(Engine engine);

/// What the journeys run on: SQLite, and the server that KEEPWELL_TEST_POSTGRES_URL names. Warns without one.
std::vector<Engine> engines();

/// An empty database of its own, gone with this.
class FreshDatabase {
public:
    explicit FreshDatabase(Engine engine);
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    /// For DATABASE_URL.
    const std::string& url() const { return url_; }
    /// The number that the query answers.
    std::int64_t number(const std::string& sql) const;

private:
    TemporaryFolder folder_;
    std::string url_;
    std::string name_;  ///< Of the PostgreSQL database.
};

}  // namespace keepwell::testing
