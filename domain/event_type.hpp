#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/event.hpp"

namespace keepwell {

enum class AttributeType { kString, kNumber, kBoolean };
/// `string`, `number`, `boolean`.
std::string_view to_string(AttributeType type);
std::optional<AttributeType> parse_attribute_type(std::string_view text);

struct EventAttribute {
    std::string name{};
    AttributeType type = AttributeType::kString;
    bool required = false;
    std::optional<double> above{};       ///< A number must be greater than this,
    std::optional<double> minimum{};     ///< at least this,
    std::optional<double> maximum{};     ///< at most this.
    std::vector<std::string> choices{};  ///< The texts that are allowed, compared ignoring case; empty: any.
    bool operator==(const EventAttribute&) const = default;
};

/// What is known of a type of events. Data, not code: validation and the web's form are made from it.
struct EventType {
    std::string name{};
    std::string description{};
    bool built_in = false;
    std::vector<EventAttribute> attributes{};
    bool operator==(const EventType&) const = default;
};

/// Every mistake in the attributes, by JSON pointer into them ("/amount"): missing or empty required ones,
/// wrong types, values out of range. Attributes that the type doesn't know are no mistake, nor are empty
/// texts of those that are not required.
std::vector<FieldError> mistakes_in(const EventType& type, const Attributes& attributes);

/// The names of the required attributes that are missing or empty.
std::vector<std::string> missing_attributes(const EventType& type, const Attributes& attributes);

/// Port. Tables event_types, event_type_attributes.
class EventTypeRepository {
public:
    virtual ~EventTypeRepository() = default;

    /// By name.
    virtual std::vector<EventType> list() = 0;
    virtual std::optional<EventType> find(std::string_view name) = 0;
    /// Adds it or replaces what is stored under its name.
    virtual void save(const EventType& type) = 0;
    /// False when there is none.
    virtual bool remove(std::string_view name) = 0;
};

}  // namespace keepwell
