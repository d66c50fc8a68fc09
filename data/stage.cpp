#include "data/stage.hpp"

#include <string>
#include <vector>

#include "data/schema_template.hpp"

namespace keepwell::data {
namespace {

/// The first word of each part.
std::vector<std::string_view> column_names(std::string_view definition) {
    std::vector<std::string_view> names;
    while (!definition.empty()) {
        const std::size_t comma = definition.find(',');
        std::string_view column = definition.substr(0, comma);
        column.remove_prefix(column.find_first_not_of(' '));
        names.push_back(column.substr(0, column.find(' ')));
        if (comma == std::string_view::npos) break;
        definition.remove_prefix(comma + 1);
    }
    return names;
}

}  // namespace

void stage_rows(Session& session, std::string_view table, std::string_view definition,
                std::span<const Value> values) {
    const std::string name(table);
    const std::string columns = expand_schema_template(session.dialect(), definition);
    if (session.dialect() == Dialect::kPostgresql) {
        session.execute("DROP TABLE IF EXISTS pg_temp." + name + "; CREATE TEMP TABLE " + name + " (" +
                        columns + ") ON COMMIT DROP");
    } else {
        // Kept between transactions, because a new table makes SQLite prepare its statements again.
        session.execute("CREATE TEMP TABLE IF NOT EXISTS " + name + " (" + columns + "); DELETE FROM temp." +
                        name);
    }
    session.insert_rows(name, column_names(definition), values);
}

}  // namespace keepwell::data
