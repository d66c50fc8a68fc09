#include "data/customer_query.hpp"

#include <limits>

#include "data/customer_rows.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

/// The trigram indexes need three characters, whatever their length in bytes.
bool has_three_characters(std::string_view text) {
    int characters = 0;
    for (const char byte : text) characters += (byte & 0xC0) != 0x80 ? 1 : 0;
    return characters >= 3;
}

std::string direction_of(SortOrder order) {
    return order == SortOrder::kAscending ? " ASC" : " DESC";
}

/// What the position holds of the value that is sorted by. NULL: it had none.
Value value_at(const CustomerPosition& position, CustomerSort by) {
    switch (by) {
        case CustomerSort::kId:
            return to_value(position.id.value);
        case CustomerSort::kName:
        case CustomerSort::kSegment:
        case CustomerSort::kRegion:
            return to_value(position.text);
        case CustomerSort::kHealthScore:
            return to_value(position.number);
        case CustomerSort::kArr:
            return to_value(position.amount);
        case CustomerSort::kUpdatedAt:
            return to_value(position.time);
    }
    return {};
}

/// Before all scores in this order.
double beginning(SortOrder order) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return order == SortOrder::kAscending ? -kInfinity : kInfinity;
}

std::vector<Customer> read_page(Session& session, CustomerConditions& conditions, const std::string& order,
                                std::int64_t limit) {
    const std::string sql =
        select_customers() + conditions.where() + order + conditions.append("LIMIT", limit);
    Query query(session, sql);
    conditions.bind(query);
    return read_customers(query);
}

/// Those with a score and those without are two stretches of one index.
std::vector<Customer> list_by_health_score(Session& session, const CustomerFilter& filter, SortOrder order,
                                           const std::optional<CustomerPosition>& after, std::int64_t limit) {
    const std::string direction = direction_of(order);
    const std::string sorted = " ORDER BY health_score" + direction + ", id" + direction;
    std::vector<Customer> customers;
    if (!after || after->number) {
        CustomerConditions scored(session.dialect(), filter);
        scored.add_beyond("health_score", after ? *after->number : beginning(order),
                          after ? after->id : CustomerId{}, order);
        customers = read_page(session, scored, sorted, limit);
    }
    const std::int64_t rest = limit - std::ssize(customers);
    if (rest <= 0) return customers;
    CustomerConditions unscored(session.dialect(), filter);
    unscored.add("health_score IS NULL");
    if (after && !after->number) {
        unscored.add(order == SortOrder::kAscending ? "id > " : "id < ", after->id.value);
    }
    for (Customer& customer : read_page(session, unscored, sorted, rest)) {
        customers.push_back(std::move(customer));
    }
    return customers;
}

}  // namespace

CustomerConditions::CustomerConditions(Dialect dialect, const CustomerFilter& filter) {
    if (filter.segment) add("segment = ", std::string_view(*filter.segment));
    if (filter.region) add("region = ", std::string_view(*filter.region));
    if (filter.status) add("health_status = ", to_string(*filter.status));
    if (filter.plan) add("plan = ", std::string_view(*filter.plan));
    if (filter.scorecard) add("scorecard = ", std::string_view(*filter.scorecard));
    if (filter.search && !filter.search->empty()) {
        const bool indexed = has_three_characters(*filter.search);
        needle_ = search_needle(dialect, *filter.search, indexed);
        values_.emplace_back(std::string_view(needle_));
        add(name_contains(dialect, static_cast<int>(values_.size()), indexed));
    }
}

void CustomerConditions::add(std::string_view comparison, const Value& value) {
    add(std::string(comparison) + parameter(value));
}

void CustomerConditions::add(std::string_view condition) {
    where_ += separator() + std::string(condition);
}

void CustomerConditions::add_beyond(const std::string& column, const Value& value, CustomerId id,
                                    SortOrder order) {
    const std::string first = parameter(value);
    const std::string second = parameter(id.value);
    add("(" + column + ", id) " + (order == SortOrder::kAscending ? ">" : "<") + " (" + first + ", " +
        second + ")");
}

std::string CustomerConditions::append(std::string_view clause, std::int64_t number) {
    return " " + std::string(clause) + " " + parameter(number);
}

void CustomerConditions::bind(Query& query) const {
    for (std::size_t i = 0; i < values_.size(); ++i) query.bind(static_cast<int>(i + 1), values_[i]);
}

std::string CustomerConditions::parameter(const Value& value) {
    values_.push_back(value);
    return "$" + std::to_string(values_.size());
}

std::string sort_column(Dialect dialect, CustomerSort by) {
    switch (by) {
        case CustomerSort::kId:
            return "id";
        case CustomerSort::kName:
            return std::string(name_by_bytes(dialect));
        case CustomerSort::kHealthScore:
            return "health_score";
        case CustomerSort::kArr:
            return "arr";
        case CustomerSort::kUpdatedAt:
            return "updated_at";
        case CustomerSort::kSegment:
            return "segment";
        case CustomerSort::kRegion:
            return "region";
    }
    return {};
}

std::string order_by(Dialect dialect, CustomerOrder order) {
    const std::string direction = direction_of(order.order);
    std::string sql = " ORDER BY " + sort_column(dialect, order.by) + direction;
    if (order.by == CustomerSort::kHealthScore) sql += " NULLS LAST";
    return order.by == CustomerSort::kId ? sql : sql + ", id" + direction;
}

std::vector<Customer> list_customers_from(Session& session, const CustomerFilter& filter, CustomerOrder order,
                                          const std::optional<CustomerPosition>& after, std::int64_t limit) {
    if (order.by == CustomerSort::kHealthScore) {
        return list_by_health_score(session, filter, order.order, after, limit);
    }
    CustomerConditions conditions(session.dialect(), filter);
    if (after) {
        const Value value = value_at(*after, order.by);
        if (std::holds_alternative<std::monostate>(value)) {
            throw Error(ErrorCode::kInvalid, "The cursor is one of another order.",
                        {{"cursor", "must come from a page in the same order"}});
        }
        if (order.by == CustomerSort::kId) {
            conditions.add(order.order == SortOrder::kAscending ? "id > " : "id < ", value);
        } else {
            conditions.add_beyond(sort_column(session.dialect(), order.by), value, after->id, order.order);
        }
    }
    return read_page(session, conditions, order_by(session.dialect(), order), limit);
}

}  // namespace keepwell::data
