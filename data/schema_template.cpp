#include "data/schema_template.hpp"

#include <array>
#include <stdexcept>

namespace keepwell::data {
namespace {

struct Word {
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgresql;
};

// SQLite never reuses a number with AUTOINCREMENT: an id that a client holds must not become another thing.
constexpr std::array kWords{
    Word{"id", "INTEGER PRIMARY KEY AUTOINCREMENT", "bigserial PRIMARY KEY"},
    Word{"key", "INTEGER PRIMARY KEY", "bigint NOT NULL PRIMARY KEY"},
    Word{"text", "text", "text COLLATE \"C\""},
    Word{"timestamp", "TEXT", "timestamptz"},
    Word{"date", "INTEGER", "date"},
    Word{"money", "INTEGER", "numeric(14,2)"},
    Word{"money_sum", "INTEGER", "numeric(20,2)"},
    Word{"without_rowid", " WITHOUT ROWID", ""},
};

std::string expand_word(Dialect dialect, std::string_view name) {
    constexpr std::string_view kSequence = "sequence ";
    if (name.starts_with(kSequence)) {
        const std::string table(name.substr(kSequence.size()));
        return dialect == Dialect::kPostgresql
                   ? "CREATE SEQUENCE " + table + "_id_seq;"
                   : "INSERT INTO sequences (name, next_id) VALUES ('" + table + "', 1);";
    }
    for (const Word& word : kWords) {
        if (word.name == name) {
            return std::string(dialect == Dialect::kPostgresql ? word.postgresql : word.sqlite);
        }
    }
    throw std::logic_error("unknown word {{" + std::string(name) + "}} in a schema");
}

}  // namespace

std::string expand_schema_template(Dialect dialect, std::string_view sql) {
    std::string out;
    while (true) {
        const std::size_t start = sql.find("{{");
        out += sql.substr(0, start);
        if (start == std::string_view::npos) return out;
        const std::size_t end = sql.find("}}", start);
        if (end == std::string_view::npos) throw std::logic_error("{{ without }} in a schema");
        out += expand_word(dialect, sql.substr(start + 2, end - start - 2));
        sql.remove_prefix(end + 2);
    }
}

}  // namespace keepwell::data
