#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepwell {

struct CompanyName {
    std::string name;         ///< UTF-8 in NFC, no quotes, commas or leading signs.
    std::string_view region;  ///< Where it sounds like: US, EU, APAC or LATAM.
};

/// How many distinct names there are.
std::int64_t company_name_count();
/// A name that looks real. Distinct for every `number` from 0 up to company_name_count(); neighbours have
/// little in common, and another seed gives another order.
CompanyName company_name(std::uint64_t seed, std::int64_t number);

}  // namespace keepwell
