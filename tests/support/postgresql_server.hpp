#pragma once

#include <string>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// A PostgreSQL server of its own that can be stopped and started again, with the same URL and data.
class PostgresqlServer {
public:
    PostgresqlServer();
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    void start();
    void stop() const;
    const std::string& url() const { return url_; }

private:
    TemporaryFolder folder_;
    std::string url_;
};

}  // namespace keepwell::testing
