#include "data/session.hpp"

#include "domain/unit_of_work.hpp"

namespace keepwell::data {
namespace {

/// Lists build their SQL from the filters in use; there are not many of them, and this is their limit.
constexpr std::size_t kMaximumStatements = 1024;

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

Query::~Query() {
    stop_clock();
    session_.give_back_statement(sql_, std::move(statement_));
}

bool Query::next() {
    if (state_ == State::kDone) return false;  // SQLite would run it again.
    if (state_ == State::kReady) {
        state_ = State::kRunning;
        start_ = std::chrono::steady_clock::now();
        ++database_use().queries;
    }
    const bool row = statement_->next();
    if (!row) stop_clock();
    return row;
}

void Query::stop_clock() noexcept {
    if (state_ == State::kRunning) database_use().time += std::chrono::steady_clock::now() - start_;
    state_ = State::kDone;
}

}  // namespace keepwell::data
