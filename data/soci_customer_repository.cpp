#include "data/soci_customer_repository.hpp"

#include <unordered_map>

#include <stdexcept>
#include "data/account_upsert.hpp"
#include "data/customer_ids.hpp"
#include "data/json_text.hpp"
#include "data/portfolio_groups.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kColumns =
    "id, name, segment, region, arr, health_score, health_status, scorecard, latest_metrics_date, custom,"
    " created_at, updated_at";

Customer read_customer(const Query& row) {
    Customer customer;
    customer.id = {row.integer(0)};
    customer.name = row.string(1);
    customer.segment = row.string(2);
    customer.region = row.string(3);
    customer.arr = row.money(4);
    customer.health_score = row.real_if(5);
    customer.health_status = parse_health_status(row.text(6)).value_or(HealthStatus::kInsufficientData);
    customer.scorecard = row.string_if(7);
    customer.latest_metrics_date = row.date_if(8);
    customer.custom = decode_text_map(row.text(9));
    customer.created_at = row.timestamp(10);
    customer.updated_at = row.timestamp(11);
    return customer;
}

std::vector<Customer> read_customers(Query& query) {
    std::vector<Customer> customers;
    while (query.next()) customers.push_back(read_customer(query));
    return customers;
}

/// The trigram indexes need three characters, whatever their length in bytes.
bool has_three_characters(std::string_view text) {
    int characters = 0;
    for (const char byte : text) characters += (byte & 0xC0) != 0x80 ? 1 : 0;
    return characters >= 3;
}

/// The WHERE clause of a filter. Its values fill the first parameters.
class Conditions {
public:
    Conditions(Dialect dialect, const CustomerFilter& filter) {
        if (filter.segment) add("segment = ", *filter.segment);
        if (filter.region) add("region = ", *filter.region);
        if (filter.status) add("health_status = ", to_string(*filter.status));
        if (filter.search && !filter.search->empty()) {
            const bool indexed = has_three_characters(*filter.search);
            needle_ = search_needle(dialect, *filter.search, indexed);
            values_.emplace_back(std::string_view(needle_));
            where_ += separator() + name_contains(dialect, static_cast<int>(values_.size()), indexed);
        }
    }
    Conditions(const Conditions&) = delete;
    Conditions& operator=(const Conditions&) = delete;

    void add(std::string_view comparison, const Value& value) {
        values_.push_back(value);
        where_ += separator() + std::string(comparison) + "$" + std::to_string(values_.size());
    }
    const std::string& where() const { return where_; }
    /// " LIMIT $n" or " OFFSET $n".
    std::string append(std::string_view clause, std::int64_t number) {
        values_.emplace_back(number);
        return " " + std::string(clause) + " $" + std::to_string(values_.size());
    }
    void bind(Query& query) const {
        for (std::size_t i = 0; i < values_.size(); ++i) query.bind(static_cast<int>(i + 1), values_[i]);
    }

private:
    std::string separator() const { return where_.empty() ? " WHERE " : " AND "; }

    std::string needle_;
    std::string where_;
    std::vector<Value> values_;
};

std::string order_by(Dialect dialect, CustomerOrder order) {
    const std::string direction = order.order == SortOrder::kAscending ? " ASC" : " DESC";
    // Ties in the same direction, so that one index serves both.
    const auto by = [&](std::string_view column) {
        return " ORDER BY " + std::string(column) + direction + ", id" + direction;
    };
    switch (order.by) {
        case CustomerSort::kId:
            return " ORDER BY id" + direction;
        case CustomerSort::kName:
            return by(name_by_bytes(dialect));
        case CustomerSort::kHealthScore:
            return " ORDER BY health_score" + direction + " NULLS LAST, id" + direction;
        case CustomerSort::kArr:
            return by("arr");
        case CustomerSort::kUpdatedAt:
            return by("updated_at");
        case CustomerSort::kSegment:
            return by("segment");
        case CustomerSort::kRegion:
            return by("region");
    }
    return {};
}

std::vector<CustomerId> read_ids(Query& query) {
    std::vector<CustomerId> ids;
    while (query.next()) ids.push_back({query.integer(0)});
    return ids;
}

/// The scores that a customer's row doesn't hold yet, or holds with a mark that they clear.
std::vector<CustomerScore> differing(Session& session, std::span<const CustomerScore> scores) {
    std::unordered_map<std::int64_t, const CustomerScore*> by_id;
    std::vector<CustomerId> ids;
    for (const CustomerScore& score : scores) {
        by_id.emplace(score.id.value, &score);
        ids.push_back(score.id);
    }
    std::vector<CustomerScore> news;
    const std::string list = encode_ids(session.dialect(), ids);
    const std::string sql =
        "SELECT id, health_score, health_status, scorecard, latest_metrics_date, score_stale FROM customers"
        " WHERE " +
        is_any_id(session.dialect(), "id", 1);
    Query row(session, sql, list);
    while (row.next()) {
        const CustomerScore& score = *by_id.at(row.integer(0));
        if (row.flag(5) || row.real_if(1) != score.score || row.text(2) != to_string(score.status) ||
            row.text(3) != score.scorecard || row.date_if(4) != score.latest_metrics_date) {
            news.push_back(score);
        }
    }
    return news;
}

}  // namespace

std::optional<Customer> SociCustomerRepository::find(CustomerId id) {
    static const std::string sql = "SELECT " + std::string(kColumns) + " FROM customers WHERE id = $1";
    Query row(session_, sql, id.value);
    if (!row.next()) return std::nullopt;
    return read_customer(row);
}

std::vector<Customer> SociCustomerRepository::list(const CustomerFilter& filter, CustomerOrder order,
                                                   std::int64_t offset, std::int64_t limit) {
    Conditions conditions(session_.dialect(), filter);
    const std::string sql = "SELECT " + std::string(kColumns) + " FROM customers" + conditions.where() +
                            order_by(session_.dialect(), order) + conditions.append("LIMIT", limit) +
                            conditions.append("OFFSET", offset);
    Query query(session_, sql);
    conditions.bind(query);
    return read_customers(query);
}

std::vector<Customer> SociCustomerRepository::list_after(const CustomerFilter& filter, CustomerId after,
                                                         std::int64_t limit) {
    Conditions conditions(session_.dialect(), filter);
    conditions.add("id > ", after.value);
    const std::string sql = "SELECT " + std::string(kColumns) + " FROM customers" + conditions.where() +
                            " ORDER BY id" + conditions.append("LIMIT", limit);
    Query query(session_, sql);
    conditions.bind(query);
    return read_customers(query);
}

std::int64_t SociCustomerRepository::count(const CustomerFilter& filter) {
    const Conditions conditions(session_.dialect(), filter);
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
    const std::vector<CustomerScore> news = differing(session_, scores);
    if (news.empty()) return;
    std::vector<CustomerId> ids;
    std::vector<Value> values;
    ids.reserve(news.size());
    values.reserve(news.size() * 5);
    for (const CustomerScore& score : news) {
        ids.push_back(score.id);
        values.insert(values.end(),
                      {to_value(score.id.value), to_value(score.score), to_value(to_string(score.status)),
                       to_value(score.scorecard), to_value(score.latest_metrics_date)});
    }
    lock_customers(session_, ids);
    take_out_of_portfolio(session_, ids);
    stage_rows(session_, "stage_scores",
               "id bigint, score double precision, status text, scorecard text, metrics_date {{date}}",
               values);
    run(session_,
        "UPDATE customers SET health_score = s.score, health_status = s.status, scorecard = s.scorecard,"
        " latest_metrics_date = s.metrics_date, score_stale = false, updated_at = $1, version = version + 1"
        " FROM stage_scores s WHERE customers.id = s.id",
        now);
    put_into_portfolio(session_, ids);
}

std::vector<Customer> SociCustomerRepository::find_all(std::span<const CustomerId>) {
    throw std::logic_error("not built yet");
}

std::vector<std::optional<CustomerId>> SociCustomerRepository::resolve(std::span<const CustomerKey>) {
    throw std::logic_error("not built yet");
}

std::vector<CustomerId> SociCustomerRepository::existing(std::span<const CustomerId>) {
    throw std::logic_error("not built yet");
}

CustomerRepository::Saved SociCustomerRepository::save(const CustomerChange&, Timestamp) {
    throw std::logic_error("not built yet");
}

Customer SociCustomerRepository::update(CustomerId, const CustomerChange&, std::optional<std::int64_t>,
                                        Timestamp) {
    throw std::logic_error("not built yet");
}

bool SociCustomerRepository::remove(CustomerId) {
    throw std::logic_error("not built yet");
}

std::vector<Customer> SociCustomerRepository::list_from(const CustomerFilter&, CustomerOrder,
                                                        const std::optional<CustomerPosition>&,
                                                        std::int64_t) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
