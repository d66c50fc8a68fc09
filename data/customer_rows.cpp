#include "data/customer_rows.hpp"

#include "data/json_text.hpp"
#include "domain/customer_change.hpp"

namespace keepwell::data {

const std::string& select_customers() {
    static const std::string sql =
        "SELECT id, name, segment, region, arr, health_score, health_status, scorecard, latest_metrics_date,"
        " custom, created_at, updated_at, email, company, plan, external_id, mrr, signup_date, is_active,"
        " churned_at, owner_user_id, last_login, last_activity, support_tickets, nps_score, feature_usage,"
        " churn_risk, version FROM customers";
    return sql;
}

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
    customer.email = row.string_if(12);
    customer.company = row.string_if(13);
    customer.plan = row.string_if(14);
    customer.external_id = row.string_if(15);
    customer.mrr = row.is_null(16) ? monthly(customer.arr) : row.money(16);
    customer.signup_date = row.date_if(17);
    customer.is_active = row.flag(18);
    customer.churned_at = row.timestamp_if(19);
    if (!row.is_null(20)) customer.owner_user_id = row.integer(20);
    customer.last_login = row.timestamp_if(21);
    customer.last_activity = row.timestamp_if(22);
    if (!row.is_null(23)) customer.support_tickets = row.integer(23);
    customer.nps_score = row.real_if(24);
    if (!row.is_null(25)) customer.feature_usage = decode_count_map(row.text(25));
    customer.churn_risk = row.real_if(26);
    customer.version = row.integer(27);
    return customer;
}

std::vector<Customer> read_customers(Query& query) {
    std::vector<Customer> customers;
    while (query.next()) customers.push_back(read_customer(query));
    return customers;
}

std::optional<Customer> find_customer(Session& session, CustomerId id) {
    static const std::string sql = select_customers() + " WHERE id = $1";
    Query row(session, sql, id.value);
    if (!row.next()) return std::nullopt;
    return read_customer(row);
}

std::optional<Money> stored_mrr(const Customer& customer) {
    return customer.mrr == monthly(customer.arr) ? std::nullopt : customer.mrr;
}

}  // namespace keepwell::data
