#pragma once

#include "data/session.hpp"
#include "domain/event_type.hpp"

namespace keepwell::data {

/// Tables event_types and event_type_attributes.
class SociEventTypeRepository final : public EventTypeRepository {
public:
    explicit SociEventTypeRepository(Session& session) : session_(session) {}

    std::vector<EventType> list() override;
    std::optional<EventType> find(std::string_view name) override;
    void save(const EventType& type) override;
    bool remove(std::string_view name) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
