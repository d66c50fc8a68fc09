#include <catch2/catch.hpp>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

std::optional<EventType> find(UnitOfWork& work, std::string_view name) {
    return query(work, [&](Repositories& in) { return in.event_types.find(name); });
}

}  // namespace

TEST_CASE("the event types that ship know their attributes") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto all = query(work, [](Repositories& in) { return in.event_types.list(); });
    REQUIRE(all.size() == 10);
    CHECK(all.front().name == "api_call");
    for (const EventType& type : all) {
        CHECK(type.built_in);
        CHECK_FALSE(type.description.empty());
        CHECK_FALSE(type.attributes.empty());
        CHECK(find(work, type.name) == type);
    }
    const auto payment = find(work, "payment");
    REQUIRE(payment);
    CHECK(payment->attributes.at(0) ==
          EventAttribute{.name = "amount", .type = AttributeType::kNumber, .required = true, .above = 0});
    CHECK(payment->attributes.at(2).choices.size() == 8);
    CHECK_FALSE(find(work, "unheard_of"));
}

TEST_CASE("an event type comes back as it was saved, is replaced as a whole and can be removed") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    EventType type{.name = "webinar",
                   .description = "Somebody came to a “webinar”",
                   .built_in = false,
                   .attributes = {{.name = "title", .type = AttributeType::kString, .required = true},
                                  {.name = "minutes",
                                   .type = AttributeType::kNumber,
                                   .required = false,
                                   .above = {},
                                   .minimum = 0.5,
                                   .maximum = 600},
                                  {.name = "live", .type = AttributeType::kBoolean},
                                  {.name = "kind",
                                   .type = AttributeType::kString,
                                   .required = false,
                                   .above = {},
                                   .minimum = {},
                                   .maximum = {},
                                   .choices = {"short", "long one"}}}};
    work.run([&](Repositories& in) { in.event_types.save(type); });
    CHECK(find(work, "webinar") == type);
    type.description = "";
    type.attributes.erase(type.attributes.begin());
    work.run([&](Repositories& in) { in.event_types.save(type); });
    CHECK(find(work, "webinar") == type);
    type.attributes.clear();
    work.run([&](Repositories& in) { in.event_types.save(type); });
    CHECK(find(work, "webinar") == type);
    CHECK(transact(work, [](Repositories& in) { return in.event_types.remove("webinar"); }));
    CHECK_FALSE(transact(work, [](Repositories& in) { return in.event_types.remove("webinar"); }));
    CHECK_FALSE(find(work, "webinar"));
}

}  // namespace keepwell::test
