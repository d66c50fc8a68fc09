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

/// A page that is put together from stretches of an index, one after the other until it is full.
class Page {
public:
    Page(Session& session, const CustomerFilter& filter, std::string order, std::int64_t limit)
        : session_(session), filter_(filter), order_(std::move(order)), limit_(limit) {}

    /// Those of the filter that meet what `narrow` adds to the conditions.
    template <typename Narrow>
    void add_stretch(const Narrow& narrow) {
        const std::int64_t rest = limit_ - std::ssize(customers_);
        if (rest <= 0) return;
        CustomerConditions conditions(session_.dialect(), filter_);
        narrow(conditions);
        const std::string sql =
            select_customers() + conditions.where() + order_ + conditions.append("LIMIT", rest);
        Query row(session_, sql);
        conditions.bind(row);
        while (row.next()) customers_.push_back(read_customer(row));
    }
    std::vector<Customer> take() { return std::move(customers_); }

private:
    Session& session_;
    const CustomerFilter& filter_;
    std::string order_;
    std::int64_t limit_;
    std::vector<Customer> customers_;
};

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
    const std::string column = sort_column(session.dialect(), order.by);
    const std::string direction = direction_of(order.order);
    const std::string beyond = order.order == SortOrder::kAscending ? " > " : " < ";
    const bool may_be_empty = order.by == CustomerSort::kHealthScore;
    const Value value = after ? value_at(*after, order.by) : Value{};
    const bool has_value = !std::holds_alternative<std::monostate>(value);
    if (after && !has_value && !may_be_empty) {
        throw Error(ErrorCode::kInvalid, "The cursor is one of another order.",
                    {{"cursor", "must come from a page in the same order"}});
    }
    Page page(session, filter, " ORDER BY " + column + direction + ", id" + direction, limit);
    // Each a range of the index, however many have the same value: SQLite would walk over them for
    // (column, id) > (value, id).
    if (has_value && order.by != CustomerSort::kId) {
        page.add_stretch([&](CustomerConditions& where) {
            where.add(column + " = ", value);
            where.add("id" + beyond, after->id.value);
        });
    }
    if (has_value) {
        page.add_stretch([&](CustomerConditions& where) { where.add(column + beyond, value); });
    } else if (!after) {
        page.add_stretch([&](CustomerConditions& where) {
            if (may_be_empty) where.add(column + beyond, beginning(order.order));
        });
    }
    if (may_be_empty) {
        page.add_stretch([&](CustomerConditions& where) {
            where.add(column + " IS NULL");
            if (after && !has_value) where.add("id" + beyond, after->id.value);
        });
    }
    return page.take();
}

}  // namespace keepwell::data
