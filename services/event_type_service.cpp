#include "services/event_type_service.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace keepwell {
namespace {

/// What a client of the first hour relies on being told when it is missing.
struct Required {
    std::string_view type;
    std::string_view attribute;
};
constexpr std::array kAlwaysRequired{Required{"api_call", "endpoint"}, Required{"login", "ip_address"},
                                     Required{"payment", "amount"}, Required{"feature_use", "feature_name"},
                                     Required{"nps_response", "score"}};

std::string pointer_to(std::size_t attribute, std::string_view member) {
    return "/attributes/" + std::to_string(attribute) + "/" + std::string{member};
}

void find_mistakes(const EventType& type, std::vector<FieldError>& mistakes) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < type.attributes.size(); ++i) {
        const EventAttribute& attribute = type.attributes[i];
        const bool is_number = attribute.type == AttributeType::kNumber;
        if (!names.insert(attribute.name).second)
            mistakes.push_back({pointer_to(i, "name"), "is there twice"});
        if (!is_number && (attribute.above || attribute.minimum || attribute.maximum))
            mistakes.push_back({pointer_to(i, "type"), "must be number to have limits"});
        if (attribute.type != AttributeType::kString && !attribute.choices.empty())
            mistakes.push_back({pointer_to(i, "type"), "must be string to have choices"});
        const bool is_empty =
            (attribute.minimum && attribute.maximum && *attribute.minimum > *attribute.maximum) ||
            (attribute.above && attribute.maximum && *attribute.above >= *attribute.maximum);
        if (is_empty) mistakes.push_back({pointer_to(i, "maximum"), "leaves no number that is allowed"});
    }
}

/// Scores are made from the attributes of built-in types.
void find_losses(const EventType& stored, const EventType& type, std::vector<FieldError>& mistakes) {
    for (const EventAttribute& known : stored.attributes) {
        const auto given = std::find_if(type.attributes.begin(), type.attributes.end(),
                                        [&](const EventAttribute& one) { return one.name == known.name; });
        const bool is_fixed = std::any_of(
            kAlwaysRequired.begin(), kAlwaysRequired.end(),
            [&](const Required& row) { return row.type == stored.name && row.attribute == known.name; });
        if (given == type.attributes.end()) {
            if (is_fixed)
                mistakes.push_back({"/attributes", known.name + " of this built-in type must stay"});
            continue;
        }
        const auto position = static_cast<std::size_t>(given - type.attributes.begin());
        if (is_fixed && !given->required)
            mistakes.push_back({pointer_to(position, "required"), "must stay true for this built-in type"});
        if (is_fixed && given->type != known.type) {
            mistakes.push_back(
                {pointer_to(position, "type"),
                 "must stay " + std::string{to_string(known.type)} + " for this built-in type"});
        }
    }
}

}  // namespace

std::vector<EventType> EventTypeService::list() {
    return query(unit_of_work_, [](Repositories& in) { return in.event_types.list(); });
}

std::shared_ptr<const EventTypes> EventTypeService::current() {
    return query(unit_of_work_, [&](Repositories& in) {
        const std::int64_t revision = in.scorecards.revision();
        {
            const std::lock_guard lock(mutex_);
            if (types_ && revision == revision_) return types_;
        }
        EventTypes types;
        for (EventType& type : in.event_types.list()) {
            std::string name = type.name;
            types.emplace(std::move(name), std::move(type));
        }
        auto fresh = std::make_shared<const EventTypes>(std::move(types));
        const std::lock_guard lock(mutex_);
        if (revision >= revision_) {  // Somebody may have been quicker with a newer one.
            types_ = fresh;
            revision_ = revision;
        }
        return fresh;
    });
}

EventType EventTypeService::save(EventType type) {
    return transact(unit_of_work_, [&](Repositories& in) {
        std::vector<FieldError> mistakes;
        find_mistakes(type, mistakes);
        const auto stored = in.event_types.find(type.name);
        type.built_in = stored && stored->built_in;
        if (type.built_in) find_losses(*stored, type, mistakes);
        if (!mistakes.empty()) {
            throw Error{ErrorCode::kInvalid,
                        "The event type can't be stored: " + mistakes.front().pointer + " " +
                            mistakes.front().message,
                        std::move(mistakes)};
        }
        in.event_types.save(type);
        in.scorecards.bump_revision();
        return type;
    });
}

void EventTypeService::remove(const std::string& name) {
    unit_of_work_.run([&](Repositories& in) {
        const auto stored = in.event_types.find(name);
        if (!stored) throw Error{ErrorCode::kNotFound, "Event type not found"};
        if (stored->built_in) {
            throw Error{ErrorCode::kConflict, name + " is built in: it may be extended, but not removed"};
        }
        in.event_types.remove(name);
        in.scorecards.bump_revision();
    });
}

}  // namespace keepwell
