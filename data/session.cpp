#include "data/session.hpp"

#include "domain/unit_of_work.hpp"

namespace keepwell::data {
namespace {

/// Lists build their SQL from the filters in use; there are not many of them, and this is their limit.
constexpr std::size_t kMaximumStatements = 256;

/// Adds the time from here to the end of the scope to the current thread's account.
class Stopwatch {
public:
    Stopwatch() : start_(std::chrono::steady_clock::now()) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { database_use().time += std::chrono::steady_clock::now() - start_; }

private:
    std::chrono::steady_clock::time_point start_;
};

}  // namespace

std::unique_ptr<Statement> Session::take_statement(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end() && found->second) return std::move(found->second);
    return prepare(sql);
}

void Session::give_back_statement(std::string_view sql, std::unique_ptr<Statement> statement) noexcept {
    statement->reset();
    const auto found = statements_.find(sql);
    if (found != statements_.end()) {
        if (!found->second) found->second = std::move(statement);
        return;
    }
    if (statements_.size() >= kMaximumStatements) statements_.clear();
    try {
        statements_.emplace(sql, std::move(statement));
    } catch (const std::bad_alloc&) {
        statements_.clear();  // A cache may always be empty.
    }
}

bool Query::next() {
    const Stopwatch stopwatch;
    if (!counted_) {
        counted_ = true;
        ++database_use().queries;
    }
    return statement_->next();
}

}  // namespace keepwell::data
