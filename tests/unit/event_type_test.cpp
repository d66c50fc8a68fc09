#include "domain/event_type.hpp"

#include <catch2/catch.hpp>

namespace keepwell {
namespace {

const EventType kPayment{
    .name = "payment",
    .description = "",
    .built_in = true,
    .attributes = {
        {.name = "amount", .type = AttributeType::kNumber, .required = true, .above = 0},
        {.name = "status",
         .type = AttributeType::kString,
         .required = false,
         .above = {},
         .minimum = {},
         .maximum = {},
         .choices = {"paid", "pending", "failed"}},
        {.name = "days/late", .type = AttributeType::kNumber, .required = false, .above = {}, .minimum = 0},
        {.name = "share",
         .type = AttributeType::kNumber,
         .required = false,
         .above = {},
         .minimum = 0,
         .maximum = 1},
        {.name = "manual", .type = AttributeType::kBoolean},
        {.name = "reference", .type = AttributeType::kString, .required = true}}};

std::vector<std::string> mistakes(const Attributes& attributes) {
    std::vector<std::string> texts;
    for (const FieldError& error : mistakes_in(kPayment, attributes)) {
        texts.push_back(error.pointer + " " + error.message);
    }
    return texts;
}

using Texts = std::vector<std::string>;
using namespace std::string_literals;

}  // namespace

TEST_CASE("attributes that fit have no mistakes, nor have unknown ones") {
    CHECK(mistakes({{"amount", 0.01}, {"reference", "a"s}}).empty());
    CHECK(mistakes({{"amount", "12.50"s},
                    {"reference", "a"s},
                    {"status", "Paid"s},
                    {"days/late", 0.0},
                    {"share", 1.0},
                    {"manual", true},
                    {"whatever", false}})
              .empty());
}

TEST_CASE("every mistake in the attributes of an event is named at once") {
    CHECK(mistakes({}) ==
          Texts{"/amount is required and must not be empty", "/reference is required and must not be empty"});
    CHECK(mistakes({{"amount", 0.0},
                    {"reference", " "s},
                    {"status", "lost"s},
                    {"days/late", -1.0},
                    {"share", 1.5},
                    {"manual", "yes"s}}) ==
          Texts{"/amount must be greater than 0", "/status must be paid, pending or failed",
                "/days~1late must be at least 0", "/share must be from 0 to 1",
                "/manual must be true or false", "/reference is required and must not be empty"});
    CHECK(mistakes({{"amount", true}, {"reference", 5.0}}) ==
          Texts{"/amount must be a number", "/reference must be a text"});
    CHECK(mistakes({{"amount", "12 EUR"s}, {"reference", "a"s}}) == Texts{"/amount must be a number"});
    CHECK(mistakes({{"amount", "inf"s}, {"reference", "a"s}}) == Texts{"/amount must be a number"});
    // An empty text says nothing about what need not be said.
    CHECK(mistakes({{"amount", 1.0}, {"reference", "a"s}, {"status", ""s}, {"share", ""s}}).empty());
}

TEST_CASE("the required attributes that are missing are told by name") {
    CHECK(missing_attributes(kPayment, {}) == Texts{"amount", "reference"});
    CHECK(missing_attributes(kPayment, {{"amount", -1.0}, {"reference", ""s}}) == Texts{"reference"});
}

TEST_CASE("types of attributes go to text and back") {
    for (const AttributeType type :
         {AttributeType::kString, AttributeType::kNumber, AttributeType::kBoolean}) {
        CHECK(parse_attribute_type(to_string(type)) == type);
    }
    CHECK_FALSE(parse_attribute_type("text"));
}

}  // namespace keepwell
