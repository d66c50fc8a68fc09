#include "data/soci_customer_repository.hpp"

#include <unordered_map>

#include "data/account_upsert.hpp"
#include "data/customer_changes.hpp"
#include "data/customer_ids.hpp"
#include "data/customer_keys.hpp"
#include "data/customer_query.hpp"
#include "data/customer_removal.hpp"
#include "data/customer_rows.hpp"
#include "data/customer_save.hpp"
#include "data/json_text.hpp"
#include "data/portfolio_groups.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

std::vector<CustomerId> read_ids(Query& query) {
    std::vector<CustomerId> ids;
    while (query.next()) ids.push_back({query.integer(0)});
    return ids;
}

/// What the worker has stored beside the score, from the columns `first` on.
CustomerActivity read_activity(const Query& row, int first) {
    CustomerActivity activity{.last_login = row.timestamp_if(first),
                              .last_activity = row.timestamp_if(first + 1)};
    if (!row.is_null(first + 2)) activity.support_tickets = row.integer(first + 2);
    activity.nps_score = row.real_if(first + 3);
    if (!row.is_null(first + 4)) activity.feature_usage = decode_count_map(row.text(first + 4));
    return activity;
}

/// The scores that a customer's row doesn't hold yet, or holds with a mark that they clear. Notes those that
/// come from another scorecard than before.
std::vector<CustomerScore> differing(Session& session, std::span<const CustomerScore> scores,
                                     CustomerChanges& changes, Timestamp now) {
    std::unordered_map<std::int64_t, const CustomerScore*> by_id;
    std::vector<CustomerId> ids;
    for (const CustomerScore& score : scores) {
        by_id.emplace(score.id.value, &score);
        ids.push_back(score.id);
    }
    std::vector<CustomerScore> news;
    const std::string list = encode_ids(session.dialect(), ids);
    const std::string sql =
        "SELECT id, health_score, health_status, scorecard, latest_metrics_date, score_stale, last_login,"
        " last_activity, support_tickets, nps_score, feature_usage FROM customers WHERE " +
        is_any_id(session.dialect(), "id", 1);
    Query row(session, sql, list);
    while (row.next()) {
        const CustomerScore& score = *by_id.at(row.integer(0));
        if (row.flag(5) || row.real_if(1) != score.score || row.text(2) != to_string(score.status) ||
            row.text(3) != score.scorecard || row.date_if(4) != score.latest_metrics_date ||
            (score.activity && read_activity(row, 6) != *score.activity)) {
            news.push_back(score);
        }
        if (!row.is_null(3) && row.text(3) != score.scorecard) {
            changes.add({.customer_id = score.id,
                         .field = "scorecard",
                         .old_value = row.string(3),
                         .new_value = score.scorecard,
                         .difference = {},
                         .valid_from = now});
        }
    }
    return news;
}

}  // namespace

std::optional<Customer> SociCustomerRepository::find(CustomerId id) {
    return find_customer(session_, id);
}

std::vector<Customer> SociCustomerRepository::find_all(std::span<const CustomerId> ids) {
    if (ids.empty()) return {};
    std::unordered_map<std::int64_t, Customer> by_id;
    const std::string list = encode_ids(session_.dialect(), ids);
    const std::string sql = select_customers() + " WHERE " + is_any_id(session_.dialect(), "id", 1);
    Query row(session_, sql, list);
    while (row.next()) by_id.emplace(row.integer(0), read_customer(row));
    std::vector<Customer> customers;
    customers.reserve(by_id.size());
    for (const CustomerId id : ids) {
        if (const auto found = by_id.find(id.value); found != by_id.end()) customers.push_back(found->second);
    }
    return customers;
}

std::vector<std::optional<CustomerId>> SociCustomerRepository::resolve(std::span<const CustomerKey> keys) {
    std::vector<CustomerKey> stored;
    stored.reserve(keys.size());
    for (const CustomerKey& key : keys) stored.push_back(as_stored(key));
    const auto owners = find_key_owners(session_, stored);
    std::vector<std::optional<CustomerId>> ids;
    ids.reserve(keys.size());
    for (const CustomerKey& key : stored) {
        const auto found = owners.find(key);
        ids.push_back(found == owners.end() ? std::nullopt : std::optional{found->second});
    }
    return ids;
}

std::vector<CustomerId> SociCustomerRepository::existing(std::span<const CustomerId> ids) {
    if (ids.empty()) return {};
    const std::string list = encode_ids(session_.dialect(), ids);
    const std::string sql =
        "SELECT id FROM customers WHERE " + is_any_id(session_.dialect(), "id", 1) + " ORDER BY id";
    Query query(session_, sql, list);
    return read_ids(query);
}

CustomerRepository::Saved SociCustomerRepository::save(const CustomerChange& change, Timestamp now) {
    return save_customer(session_, change, now);
}

Customer SociCustomerRepository::update(CustomerId id, const CustomerChange& change,
                                        std::optional<std::int64_t> version, Timestamp now) {
    return update_customer(session_, id, change, version, now);
}

bool SociCustomerRepository::remove(CustomerId id) {
    return remove_customer(session_, id);
}

std::vector<Customer> SociCustomerRepository::list_from(const CustomerFilter& filter, CustomerOrder order,
                                                        const std::optional<CustomerPosition>& after,
                                                        std::int64_t limit) {
    return list_customers_from(session_, filter, order, after, limit);
}

std::vector<Customer> SociCustomerRepository::list(const CustomerFilter& filter, CustomerOrder order,
                                                   std::int64_t offset, std::int64_t limit) {
    CustomerConditions conditions(session_.dialect(), filter);
    const std::string sql = select_customers() + conditions.where() + order_by(session_.dialect(), order) +
                            conditions.append("LIMIT", limit) + conditions.append("OFFSET", offset);
    Query query(session_, sql);
    conditions.bind(query);
    return read_customers(query);
}

std::vector<Customer> SociCustomerRepository::list_after(const CustomerFilter& filter, CustomerId after,
                                                         std::int64_t limit) {
    CustomerConditions conditions(session_.dialect(), filter);
    conditions.add("id > ", after.value);
    const std::string sql =
        select_customers() + conditions.where() + " ORDER BY id" + conditions.append("LIMIT", limit);
    Query query(session_, sql);
    conditions.bind(query);
    return read_customers(query);
}

std::int64_t SociCustomerRepository::count(const CustomerFilter& filter) {
    const CustomerConditions conditions(session_.dialect(), filter);
    const std::string sql = "SELECT count(*) FROM customers" + conditions.where();
    Query query(session_, sql);
    conditions.bind(query);
    return query.next() ? query.integer(0) : 0;
}

std::vector<CustomerRepository::Upserted> SociCustomerRepository::upsert_accounts(
    std::span<const AccountAttributes> accounts, Timestamp now) {
    return data::upsert_accounts(session_, accounts, now);
}

void SociCustomerRepository::lock(std::span<const CustomerId> ids) {
    if (!ids.empty()) lock_customers(session_, ids);
}

void SociCustomerRepository::mark_stale(std::span<const CustomerId> ids) {
    if (ids.empty()) return;
    // The lock even where the mark is there already: whoever is about to clear it must do so before or after.
    lock_customers(session_, ids);
    run(session_,
        "UPDATE customers SET score_stale = true WHERE NOT score_stale AND " +
            is_any_id(session_.dialect(), "id", 1),
        encode_ids(session_.dialect(), ids));
}

std::vector<CustomerId> SociCustomerRepository::list_stale(CustomerId after, std::int64_t limit) {
    Query query(session_, "SELECT id FROM customers WHERE score_stale AND id > $1 ORDER BY id LIMIT $2",
                after.value, limit);
    return read_ids(query);
}

std::vector<CustomerId> SociCustomerRepository::list_ids(CustomerId after, std::int64_t limit) {
    Query query(session_, "SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT $2", after.value, limit);
    return read_ids(query);
}

std::vector<CustomerRepository::ScoreState> SociCustomerRepository::score_states(
    std::span<const CustomerId> ids) {
    const std::string list = encode_ids(session_.dialect(), ids);
    const std::string sql = "SELECT id, version, score_stale FROM customers WHERE " +
                            is_any_id(session_.dialect(), "id", 1) + " ORDER BY id";
    Query row(session_, sql, list);
    std::vector<ScoreState> states;
    while (row.next())
        states.push_back({.id = {row.integer(0)}, .version = row.integer(1), .is_stale = row.flag(2)});
    return states;
}

void SociCustomerRepository::save_scores(std::span<const CustomerScore> scores, Timestamp now) {
    // What is as it should be is left alone: scoring everything again then costs reads only.
    CustomerChanges changes(session_, now);
    const std::vector<CustomerScore> news = differing(session_, scores, changes, now);
    if (news.empty()) return;
    std::vector<CustomerId> ids;
    std::vector<std::string> usage;
    std::vector<Value> values;
    ids.reserve(news.size());
    usage.reserve(news.size());
    values.reserve(news.size() * 11);
    for (const CustomerScore& score : news) {
        ids.push_back(score.id);
        values.insert(values.end(),
                      {to_value(score.id.value), to_value(score.score), to_value(to_string(score.status)),
                       to_value(score.scorecard), to_value(score.latest_metrics_date),
                       to_value(score.activity.has_value())});
        const CustomerActivity activity = score.activity.value_or(CustomerActivity{});
        usage.push_back(encode_count_map(activity.feature_usage));
        values.insert(values.end(), {to_value(activity.last_login), to_value(activity.last_activity),
                                     to_value(activity.support_tickets), to_value(activity.nps_score),
                                     to_value(usage.back())});
    }
    lock_customers(session_, ids);
    take_out_of_portfolio(session_, ids);
    stage_rows(session_, "stage_scores",
               "id bigint, score double precision, status text, scorecard text, metrics_date {{date}},"
               " has_activity boolean, last_login {{timestamp}}, last_activity {{timestamp}},"
               " support_tickets bigint, nps_score double precision, feature_usage text",
               values);
    const auto if_told = [](const std::string& column) {
        return ", " + column + " = CASE WHEN s.has_activity THEN s." + column + " ELSE customers." + column +
               " END";
    };
    run(session_,
        "UPDATE customers SET health_score = s.score, health_status = s.status, scorecard = s.scorecard,"
        " latest_metrics_date = s.metrics_date, score_stale = false, updated_at = $1, version = version + 1" +
            if_told("last_login") + if_told("last_activity") + if_told("support_tickets") +
            if_told("nps_score") + if_told("feature_usage") +
            " FROM stage_scores s WHERE customers.id = s.id",
        now);
    put_into_portfolio(session_, ids);
    changes.write();
}

}  // namespace keepwell::data
