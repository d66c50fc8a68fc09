#include "data/soci_lease_repository.hpp"

namespace keepwell::data {

std::optional<std::int64_t> SociLeaseRepository::acquire(std::string_view name, std::string_view owner,
                                                         Timestamp now, std::chrono::milliseconds duration) {
    Query row(session_,
              "INSERT INTO leases (name, owner, epoch, lease_until) VALUES ($1, $2, 1, $3)"
              " ON CONFLICT (name) DO UPDATE SET"
              " epoch = leases.epoch + CASE WHEN leases.owner = excluded.owner THEN 0 ELSE 1 END,"
              " owner = excluded.owner, lease_until = excluded.lease_until"
              " WHERE leases.owner = excluded.owner OR leases.lease_until <= $4 RETURNING epoch",
              name, owner, now + duration, now);
    if (!row.next()) return std::nullopt;
    const std::int64_t epoch = row.integer(0);
    while (row.next()) {
    }
    return epoch;
}

void SociLeaseRepository::release(std::string_view name, std::string_view owner) {
    // The row stays: its epoch must not start again.
    run(session_, "UPDATE leases SET owner = '', lease_until = $3 WHERE name = $1 AND owner = $2", name,
        owner, Timestamp{});
}

}  // namespace keepwell::data
