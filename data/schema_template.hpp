#pragma once

#include <string>
#include <string_view>

#include "data/dialect.hpp"

namespace keepwell::data {

/// Fills in what the two databases write differently in table definitions:
/// `{{id}}` a primary key that the database numbers, `{{key}}` one that the program numbers,
/// `{{text}}` one that is compared and sorted by its bytes, the same and fast in every locale,
/// `{{sequence name}}` where Session::allocate_ids(name) counts, `{{timestamp}}`, `{{date}}`, `{{money}}`,
/// `{{money_sum}}`,
/// `{{without_rowid}}` behind a table that is kept in the order of its primary key.
/// Throws std::logic_error for any other name.
std::string expand_schema_template(Dialect dialect, std::string_view sql);

}  // namespace keepwell::data
