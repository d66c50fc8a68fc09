#include "domain/details.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

namespace keepwell {
namespace {

TEST_CASE("Details are a JSON object with its members in order", "[details]") {
    const std::vector<std::string> names{"a", "b\"c"};
    const std::map<std::string, std::int64_t, std::less<>> counts{{"x", 1}, {"y\\", -2}};
    CHECK(Details{}.json() == "{}");
    CHECK(Details{}
              .add("z", 0.1)
              .add("whole", std::int64_t{-7})
              .add("flag", true)
              .add("text", "tab\tand \x01 and ü")
              .add("names", names)
              .add("none", std::vector<std::string>{})
              .add("counts", counts)
              .json() == R"({"z":0.1,"whole":-7,"flag":true,"text":"tab\u0009and \u0001 and ü",)"
                         R"("names":["a","b\"c"],"none":[],"counts":{"x":1,"y\\":-2}})");
}

TEST_CASE("What is no number is null", "[details]") {
    const double value =
        GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                 -std::numeric_limits<double>::infinity());
    CHECK(Details{}.add("value", value).json() == R"({"value":null})");
}

}  // namespace
}  // namespace keepwell
