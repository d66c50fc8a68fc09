#pragma once

#include <span>
#include <string_view>

#include "data/session.hpp"

namespace keepwell::data {

/// So few rows are written faster one by one than through a temporary table, on PostgreSQL too.
inline constexpr std::size_t kFewRows = 8;

/// The one way to write many rows with one statement: puts them into the temporary table `table`, from where
/// INSERT … SELECT or UPDATE … FROM takes them. `definition` is its column list as in a migration
/// ("id bigint, day {{date}}"), which repeats through `values`. The table ends with the transaction, or is
/// emptied by the next call.
void stage_rows(Session& session, std::string_view table, std::string_view definition,
                std::span<const Value> values);

}  // namespace keepwell::data
