#include "data/soci_event_type_repository.hpp"

#include <array>
#include <map>

namespace keepwell::data {
namespace {

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    return text;
}

constexpr std::string_view kAttributeColumns =
    "event_type, name, type, required, above, minimum, maximum, choices";

EventAttribute read_attribute(const Query& row) {
    return {.name = row.string(1),
            .type = parse_attribute_type(row.text(2)).value_or(AttributeType::kString),
            .required = row.flag(3),
            .above = row.real_if(4),
            .minimum = row.real_if(5),
            .maximum = row.real_if(6),
            .choices = split_lines(row.text(7))};
}

}  // namespace

std::vector<EventType> SociEventTypeRepository::list() {
    std::map<std::string, std::vector<EventAttribute>, std::less<>> attributes;
    static const std::string sql = "SELECT " + std::string(kAttributeColumns) +
                                   " FROM event_type_attributes ORDER BY event_type, position";
    Query attribute(session_, sql);
    while (attribute.next()) attributes[attribute.string(0)].push_back(read_attribute(attribute));
    std::vector<EventType> types;
    Query row(session_, "SELECT name, description, built_in FROM event_types ORDER BY name");
    while (row.next()) {
        types.push_back({.name = row.string(0),
                         .description = row.string(1),
                         .built_in = row.flag(2),
                         .attributes = std::move(attributes[row.string(0)])});
    }
    return types;
}

std::optional<EventType> SociEventTypeRepository::find(std::string_view name) {
    Query row(session_, "SELECT name, description, built_in FROM event_types WHERE name = $1", name);
    if (!row.next()) return std::nullopt;
    EventType type{.name = row.string(0), .description = row.string(1), .built_in = row.flag(2)};
    static const std::string sql = "SELECT " + std::string(kAttributeColumns) +
                                   " FROM event_type_attributes WHERE event_type = $1 ORDER BY position";
    Query attribute(session_, sql, name);
    while (attribute.next()) type.attributes.push_back(read_attribute(attribute));
    return type;
}

void SociEventTypeRepository::save(const EventType& type) {
    static constexpr std::array<std::string_view, 9> kColumns{
        "event_type", "position", "name", "type", "required", "above", "minimum", "maximum", "choices"};
    run(session_,
        "INSERT INTO event_types (name, description, built_in) VALUES ($1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET description = excluded.description, built_in = excluded.built_in",
        type.name, type.description, type.built_in);
    run(session_, "DELETE FROM event_type_attributes WHERE event_type = $1", type.name);
    std::vector<std::string> choices;
    choices.reserve(type.attributes.size());
    std::vector<Value> values;
    for (std::size_t i = 0; i < type.attributes.size(); ++i) {
        const EventAttribute& attribute = type.attributes[i];
        choices.push_back(join_lines(attribute.choices));
        values.insert(
            values.end(),
            {to_value(type.name), to_value(static_cast<std::int64_t>(i)), to_value(attribute.name),
             to_value(to_string(attribute.type)), to_value(attribute.required), to_value(attribute.above),
             to_value(attribute.minimum), to_value(attribute.maximum), to_value(choices.back())});
    }
    session_.insert_rows("event_type_attributes", kColumns, values);
}

bool SociEventTypeRepository::remove(std::string_view name) {
    return run(session_, "DELETE FROM event_types WHERE name = $1", name) > 0;
}

}  // namespace keepwell::data
