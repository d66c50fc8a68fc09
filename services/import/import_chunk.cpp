#include "services/import/import_chunk.hpp"

#include <algorithm>
#include <tuple>

namespace keepwell {
namespace {

constexpr std::size_t kMaximumAccounts = 100'000;
constexpr std::size_t kMaximumCustomBytes = std::size_t{32} << 20;

bool says_the_same(const AccountAttributes& known, const ParsedMetricsRow& row,
                   const std::map<std::string, std::string>& custom) {
    return known.segment == row.segment && known.region == row.region && known.arr == row.arr &&
           known.custom == custom;
}

std::size_t bytes_of(const std::map<std::string, std::string>& custom) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : custom) bytes += name.size() + value.size();
    return bytes;
}

/// Files may run backwards: the account is older than what was seen of it first.
void note_earlier_day(ImportedAccount& account, Date day) {
    AccountAttributes& attributes = account.attributes;
    if (day >= attributes.first_day.value_or(attributes.arr_since.front().day)) return;
    attributes.first_day = day;
    account.must_be_written = true;
}

}  // namespace

ImportedAccount& ImportedAccounts::note(const ParsedMetricsRow& row,
                                        std::map<std::string, std::string> custom) {
    const auto known = accounts_.find(row.account_name);
    if (known == accounts_.end()) {
        custom_bytes_ += bytes_of(custom);
        ImportedAccount account;
        account.attributes = {.name = std::string{row.account_name},
                              .segment = std::string{row.segment},
                              .region = std::string{row.region},
                              .arr = row.arr,
                              .custom = std::move(custom),
                              .as_of = row.date,
                              .arr_since = {{.day = row.date, .arr = row.arr}},
                              .first_day = {}};
        return accounts_.emplace(std::string{row.account_name}, std::move(account)).first->second;
    }
    ImportedAccount& account = known->second;
    if (row.date < account.attributes.as_of) {
        note_earlier_day(account, row.date);
        return account;
    }
    account.attributes.as_of = row.date;
    if (says_the_same(account.attributes, row, custom)) return account;
    if (row.arr != account.attributes.arr)
        account.attributes.arr_since.push_back({.day = row.date, .arr = row.arr});
    account.attributes.segment = row.segment;
    account.attributes.region = row.region;
    account.attributes.arr = row.arr;
    custom_bytes_ += bytes_of(custom);
    account.attributes.custom = std::move(custom);
    account.must_be_written = true;
    return account;
}

bool ImportedAccounts::is_full() const {
    return accounts_.size() > kMaximumAccounts || custom_bytes_ > kMaximumCustomBytes;
}

void ImportedAccounts::forget_if_full() {
    if (!is_full()) return;
    accounts_.clear();
    custom_bytes_ = 0;
}

void ImportChunk::add(ImportedAccount& account, const ParsedMetricsRow& row) {
    if (account.must_be_written && !account.is_queued) {
        account.is_queued = true;
        unwritten_.push_back(&account);
    }
    const DailyMetrics metrics{.customer_id = {},
                               .date = row.date,
                               .daily_active_users = row.daily_active_users,
                               .feature_adoption_rate = row.feature_adoption_rate,
                               .support_tickets_open = row.support_tickets_open,
                               .nps_score = row.nps_score,
                               .login_frequency = row.login_frequency,
                               .arr = row.arr,
                               .health_score = {}};
    rows_.push_back({.account = &account, .metrics = metrics});
}

void ImportChunk::add_errors(const std::vector<RowError>& errors) {
    for (const RowError& error : errors) {
        errors_.push_back({.line = static_cast<std::int64_t>(error.line),
                           .column = error.column,
                           .code = std::string{to_string(error.code)},
                           .message = error.message});
    }
}

void ImportChunk::keep_last_of_each_day() {
    const auto key = [](const Row& row) { return std::tuple{row.account, row.metrics.date}; };
    std::stable_sort(rows_.begin(), rows_.end(),
                     [&](const Row& left, const Row& right) { return key(left) < key(right); });
    // unique() keeps the first of equals, so it runs from the back.
    const auto kept = std::unique(rows_.rbegin(), rows_.rend(),
                                  [&](const Row& left, const Row& right) { return key(left) == key(right); });
    rows_.erase(rows_.begin(), kept.base());
}

ImportChunk::Written ImportChunk::write(Repositories& in, const AccountScoring& scoring, Timestamp now) {
    Written written;
    std::vector<AccountAttributes> attributes;
    attributes.reserve(unwritten_.size());
    for (const ImportedAccount* account : unwritten_) {
        attributes.push_back(account->attributes);
        written.names.push_back(account->attributes.name);
    }
    if (!attributes.empty()) {
        written.accounts = in.customers.upsert_accounts(attributes, now);
        for (std::size_t i = 0; i < unwritten_.size(); ++i) unwritten_[i]->id = written.accounts[i].id;
    }
    keep_last_of_each_day();
    std::vector<DailyMetrics> metrics;
    metrics.reserve(rows_.size());
    for (Row& row : rows_) {
        row.metrics.customer_id = row.account->id;
        metrics.push_back(row.metrics);
    }
    if (metrics.empty()) return written;
    scoring.score(in, metrics);
    const MetricsWritten result = in.daily_metrics.upsert(metrics);
    written.metrics_created = result.created;
    written.metrics_updated = result.updated;
    if (!result.touched.empty()) in.customers.mark_stale(result.touched);
    return written;
}

void ImportChunk::keep(const Written& written) {
    const bool wrote = !written.accounts.empty();
    for (ImportedAccount* account : unwritten_) {
        account->is_queued = false;
        if (!wrote) continue;
        account->must_be_written = false;
        // What comes next changes from here.
        AccountAttributes& attributes = account->attributes;
        if (!attributes.first_day) attributes.first_day = attributes.arr_since.front().day;
        attributes.arr_since.erase(attributes.arr_since.begin(), attributes.arr_since.end() - 1);
    }
    rows_.clear();
    unwritten_.clear();
    errors_.clear();
}

}  // namespace keepwell
