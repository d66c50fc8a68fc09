#include "api/account_routes.hpp"

#include <array>
#include <charconv>

#include "api/account_json.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::int64_t kMaximumOffset = 10'000;
constexpr std::int64_t kMaximumHistory = 1'000;
constexpr std::int64_t kDefaultHistory = 365;

struct SortName {
    std::string_view name;
    CustomerSort sort;
};
constexpr std::array kSortNames{
    SortName{"id", CustomerSort::kId},
    SortName{"account_name", CustomerSort::kName},
    SortName{"health_score", CustomerSort::kHealthScore},
    SortName{"arr", CustomerSort::kArr},
    SortName{"updated_at", CustomerSort::kUpdatedAt},
    SortName{"segment", CustomerSort::kSegment},
    SortName{"region", CustomerSort::kRegion},
};

CustomerOrder parse_sort(Parameters& parameters) {
    CustomerOrder order;
    const auto text = parameters.text("sort");
    if (!text) return order;
    std::string_view name = *text;
    if (name.starts_with('-')) {
        order.order = SortOrder::kDescending;
        name.remove_prefix(1);
    }
    std::string known;
    for (const SortName& row : kSortNames) {
        if (row.name == name) {
            order.by = row.sort;
            return order;
        }
        known += (known.empty() ? "" : ", ") + std::string{row.name};
    }
    parameters.refuse("sort", "must be one of " + known + ", with a - in front for descending");
    return order;
}

/// Opaque for clients: the id after which to go on, in hexadecimal.
std::string to_cursor(CustomerId id) {
    std::array<char, 20> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), id.value, 16);
    return "a" + std::string{text.data(), end};
}

std::optional<CustomerId> parse_cursor(Parameters& parameters) {
    const auto text = parameters.text("cursor");
    if (!text) return std::nullopt;
    CustomerId id;
    const char* begin = text->data() + 1;
    const char* end = text->data() + text->size();
    const auto is_number = [&] {
        const auto [parsed, failure] = std::from_chars(begin, end, id.value, 16);
        return failure == std::errc{} && parsed == end && id.value >= 0;
    };
    if (!text->starts_with('a') || !is_number()) {
        parameters.refuse("cursor", "must be a next_cursor that this route has answered");
    }
    return id;
}

Response list(AccountService& accounts, const Request& request) {
    Parameters parameters(request);
    const std::int64_t page = parameters.integer("page", 1, std::int64_t{1} << 40).value_or(1);
    const std::int64_t size = parameters.integer("page_size", 1, 100).value_or(50);
    CustomerFilter filter{.segment = parameters.text("segment"),
                          .region = parameters.text("region"),
                          .status = {},
                          .search = parameters.text("search")};
    // An unknown bucket is no error for existing clients: nothing is in it.
    const auto bucket = parameters.text("bucket");
    if (bucket) filter.status = parse_bucket(*bucket);
    const CustomerOrder order = parse_sort(parameters);
    const auto cursor = parse_cursor(parameters);
    if (cursor && (order.by != CustomerSort::kId || order.order != SortOrder::kAscending)) {
        parameters.refuse("cursor", "goes in the order of ids: leave sort out");
    }
    const std::int64_t offset = (page - 1) * size;
    if (!cursor && offset > kMaximumOffset) {
        parameters.refuse("page", "reaches the first 10,000 accounts; go on with next_cursor, or filter");
    }
    parameters.check();

    AccountPage found;
    if (!bucket || filter.status) {
        found =
            cursor ? accounts.list_after(filter, *cursor, size) : accounts.list(filter, order, offset, size);
    }
    JsonWriter json;
    json.begin_object();
    json.member("total", found.total).member("page", page).member("page_size", size).key("next_cursor");
    found.next ? json.value(to_cursor(*found.next)) : json.null();
    json.key("accounts").begin_array();
    for (Account& account : found.accounts) {
        write_account(json, {.account = std::move(account), .trends = {}, .history = {}, .bands = {}}, false);
    }
    json.end_array().end_object();
    return {.body = json.take()};
}

Response get(AccountService& accounts, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto as_of = parameters.date("as_of");
    parameters.check();
    JsonWriter json;
    write_account(json, accounts.get(id, as_of), true);
    return {.body = json.take()};
}

Response health(AccountService& accounts, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto as_of = parameters.date("as_of");
    parameters.check();
    JsonWriter json;
    write_health(json, accounts.health(id, as_of));
    return {.body = json.take()};
}

/// The two histories differ in what they say of a row.
template <typename WriteRows>
Response history(AccountService& accounts, const Request& request, WriteRows write_rows) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto limit = parameters.integer("limit", 1, kMaximumHistory).value_or(kDefaultHistory);
    const auto days = parameters.integer("days", 1, 36'500);
    parameters.check();
    const AccountHistory found =
        accounts.history(id, limit, days ? std::optional{static_cast<int>(*days)} : std::nullopt);
    JsonWriter json;
    json.begin_object().member("account_id", id.value).key("history");
    write_rows(json, found);
    json.end_object();
    return {.body = json.take()};
}

Route reading(std::string path, std::vector<std::string> parameters, Handler handle) {
    return {.method = Method::kGet,
            .path = std::move(path),
            .access = Access::kViewer,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = std::move(parameters)};
}

}  // namespace

std::vector<Route> account_routes(AccountService& accounts) {
    return {
        reading("/accounts", {"page", "page_size", "segment", "bucket", "region", "search", "sort", "cursor"},
                [&](const Request& request) { return list(accounts, request); }),
        reading("/accounts/{id}", {"as_of"}, [&](const Request& request) { return get(accounts, request); }),
        reading("/accounts/{id}/health", {"as_of"},
                [&](const Request& request) { return health(accounts, request); }),
        reading("/accounts/{id}/health-history", {"limit", "days"},
                [&](const Request& request) {
                    return history(accounts, request, [](JsonWriter& json, const AccountHistory& found) {
                        write_health_history(json, found.rows, found.bands);
                    });
                }),
        reading("/accounts/{id}/metrics-history", {"limit", "days"},
                [&](const Request& request) {
                    return history(accounts, request, [](JsonWriter& json, const AccountHistory& found) {
                        json.begin_array();
                        for (const DailyMetrics& row : found.rows) write_metrics(json, row);
                        json.end_array();
                    });
                }),
    };
}

}  // namespace keepwell::api
