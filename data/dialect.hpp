#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace keepwell::data {

/// Where the SQL of the two databases differs; everything else is written once.
enum class Dialect { kSqlite, kPostgresql };

/// `column` is one of the bigints in parameter `position`, which encode_list() made.
std::string is_any_id(Dialect dialect, std::string_view column, int position);
/// `column` is one of the texts in parameter `position`, which encode_list() made.
std::string is_any_text(Dialect dialect, std::string_view column, int position);
std::string encode_list(Dialect dialect, std::span<const std::int64_t> ids);
std::string encode_list(Dialect dialect, std::span<const std::string_view> texts);

/// `table` with the index that SQLite must read it by. It has no statistics, and so a partial index seems to
/// it no better than any other one.
std::string indexed_by(Dialect dialect, std::string_view table, std::string_view index);

/// Locks the rows that a SELECT reads until the end of the transaction. SQLite has a single writer anyway.
std::string_view for_update(Dialect dialect);
/// The same, leaving out what others have locked.
std::string_view for_update_skip_locked(Dialect dialect);

/// `customers.name`, to sort by.
std::string_view name_by_bytes(Dialect dialect);
/// `customers.name` contains the text of parameter `position`, which search_needle() made, ignoring case.
/// With `indexed`, a trigram index narrows it down; that takes at least three characters.
std::string name_contains(Dialect dialect, int position, bool indexed);
/// Every character of `text` stands for itself.
std::string search_needle(Dialect dialect, std::string_view text, bool indexed);

}  // namespace keepwell::data
