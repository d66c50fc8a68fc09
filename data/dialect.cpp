#include "data/dialect.hpp"

#include "data/json_text.hpp"

namespace keepwell::data {
namespace {

/// An element of a PostgreSQL array literal: quoted, with quotes and backslashes escaped.
void append_array_element(std::string& out, std::string_view text) {
    out += '"';
    for (const char character : text) {
        if (character == '"' || character == '\\') out += '\\';
        out += character;
    }
    out += '"';
}

}  // namespace

std::string is_any_id(Dialect dialect, std::string_view column, int position) {
    const std::string parameter = "$" + std::to_string(position);
    if (dialect == Dialect::kPostgresql) return std::string(column) + " = ANY(" + parameter + "::bigint[])";
    return std::string(column) + " IN (SELECT value FROM json_each(" + parameter + "))";
}

std::string is_any_text(Dialect dialect, std::string_view column, int position) {
    const std::string parameter = "$" + std::to_string(position);
    if (dialect == Dialect::kPostgresql) return std::string(column) + " = ANY(" + parameter + "::text[])";
    return std::string(column) + " IN (SELECT value FROM json_each(" + parameter + "))";
}

std::string encode_list(Dialect dialect, std::span<const std::int64_t> ids) {
    const bool postgresql = dialect == Dialect::kPostgresql;
    std::string list(1, postgresql ? '{' : '[');
    list.reserve(ids.size() * 8 + 2);
    for (const std::int64_t id : ids) {
        if (list.size() > 1) list += ',';
        list += std::to_string(id);
    }
    list += postgresql ? '}' : ']';
    return list;
}

std::string encode_list(Dialect dialect, std::span<const std::string_view> texts) {
    const bool postgresql = dialect == Dialect::kPostgresql;
    std::string list(1, postgresql ? '{' : '[');
    for (const std::string_view text : texts) {
        if (list.size() > 1) list += ',';
        if (postgresql) {
            append_array_element(list, text);
        } else {
            append_json_string(list, text);
        }
    }
    list += postgresql ? '}' : ']';
    return list;
}

std::string indexed_by(Dialect dialect, std::string_view table, std::string_view index) {
    std::string from(table);
    if (dialect == Dialect::kSqlite) from.append(" INDEXED BY ").append(index);
    return from;
}

std::string_view for_update(Dialect dialect) {
    return dialect == Dialect::kPostgresql ? " FOR UPDATE" : "";
}

std::string_view for_update_skip_locked(Dialect dialect) {
    return dialect == Dialect::kPostgresql ? " FOR UPDATE SKIP LOCKED" : "";
}

std::string_view name_by_bytes(Dialect dialect) {
    return dialect == Dialect::kPostgresql ? "name COLLATE \"C\"" : "name";
}

std::string name_contains(Dialect dialect, int position, bool indexed) {
    const std::string parameter = "$" + std::to_string(position);
    if (dialect == Dialect::kPostgresql) return "name ILIKE " + parameter;
    if (indexed) {
        return "id IN (SELECT rowid FROM customers_search WHERE customers_search MATCH " + parameter + ")";
    }
    return "instr(keepwell_fold(name), keepwell_fold(" + parameter + ")) > 0";
}

std::string search_needle(Dialect dialect, std::string_view text, bool indexed) {
    std::string needle;
    if (dialect == Dialect::kPostgresql) {
        needle += '%';
        for (const char character : text) {
            if (character == '%' || character == '_' || character == '\\') needle += '\\';
            needle += character;
        }
        return needle + '%';
    }
    if (!indexed) return std::string(text);
    needle += '"';
    for (const char character : text) {
        if (character == '"') needle += '"';
        needle += character;
    }
    return needle + '"';
}

}  // namespace keepwell::data
