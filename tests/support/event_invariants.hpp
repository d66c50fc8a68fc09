#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tests/support/api_client.hpp"
#include "tests/support/event_ledger.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {

/// What does not hold although it must, whatever happened to the server in between; empty when all is well.
/// Waits for the backlog of calculations to end first, up to `patience`. Nothing may be sent meanwhile.
///
///  - The ledger has no objection.
///  - Every acknowledged event is there exactly once, as it was sent, and nothing else is.
///  - The daily activity is what the events come to.
///  - No calculation is due, failing or missing: each customer's stored score is what its data says now, on
///    the customer's own row, too.
std::vector<std::string> broken_invariants(const ApiClient& client, test::TestDatabase& database,
                                           std::span<const std::int64_t> customers, const EventLedger& ledger,
                                           std::chrono::milliseconds patience = std::chrono::seconds(120));

}  // namespace keepwell::testing
