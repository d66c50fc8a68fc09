#include "data/soci_health_override_repository.hpp"

#include <array>

#include "data/customer_ids.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kColumns =
    "customer_id, id, score, author, reason, created_at, expires_at, removed_at";

HealthOverride read_override(const Query& row) {
    return {.customer_id = {row.integer(0)},
            .id = {row.integer(1)},
            .score = row.real(2),
            .author = row.string(3),
            .reason = row.string(4),
            .created_at = row.timestamp(5),
            .expires_at = row.timestamp(6),
            .removed_at = row.timestamp_if(7)};
}

}  // namespace

OverrideId SociHealthOverrideRepository::add(const HealthOverride& override) {
    const OverrideId id{session_.allocate_ids("health_overrides", 1).front()};
    static const std::string sql = "INSERT INTO health_overrides (" + std::string(kColumns) +
                                   ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run(session_, sql, override.customer_id.value, id.value, override.score, override.author, override.reason,
        override.created_at, override.expires_at, override.removed_at);
    return id;
}

std::vector<HealthOverride> SociHealthOverrideRepository::valid(std::span<const CustomerId> ids,
                                                                Timestamp time) {
    std::vector<HealthOverride> newest;
    if (ids.empty()) return newest;
    const std::string list = encode_ids(session_.dialect(), ids);
    const std::string sql = "SELECT " + std::string(kColumns) + " FROM health_overrides WHERE " +
                            is_any_id(session_.dialect(), "customer_id", 1) +
                            " AND created_at <= $2 AND expires_at > $2"
                            " AND (removed_at IS NULL OR removed_at > $2) ORDER BY customer_id, id";
    Query row(session_, sql, list, time);
    while (row.next()) {
        HealthOverride override = read_override(row);
        if (!newest.empty() && newest.back().customer_id == override.customer_id) {
            newest.back() = std::move(override);
        } else {
            newest.push_back(std::move(override));
        }
    }
    return newest;
}

std::vector<HealthOverride> SociHealthOverrideRepository::list(CustomerId id, std::int64_t limit) {
    static const std::string sql = "SELECT " + std::string(kColumns) +
                                   " FROM health_overrides WHERE customer_id = $1 ORDER BY id DESC LIMIT $2";
    Query row(session_, sql, id.value, limit);
    std::vector<HealthOverride> overrides;
    while (row.next()) overrides.push_back(read_override(row));
    return overrides;
}

std::int64_t SociHealthOverrideRepository::remove(CustomerId id, Timestamp now) {
    return run(session_,
               "UPDATE health_overrides SET removed_at = $2 WHERE customer_id = $1 AND created_at <= $2"
               " AND expires_at > $2 AND (removed_at IS NULL OR removed_at > $2)",
               id.value, now);
}

}  // namespace keepwell::data
