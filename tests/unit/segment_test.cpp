#include "domain/segment.hpp"

#include <catch2/catch.hpp>

namespace keepwell {

TEST_CASE("segments are compared by their letters in lower case") {
    CHECK(folded_segment("Mid-Market") == "midmarket");
    CHECK(folded_segment("SMB 2") == "smb");
    CHECK(folded_segment("Großkunden") == "großkunden");
    CHECK(folded_segment("株式") == "株式");
    CHECK(folded_segment("-1 ") == "");
}

}  // namespace keepwell
