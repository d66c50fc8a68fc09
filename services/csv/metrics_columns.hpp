#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keepwell {

/// The documented columns of a file of daily account metrics.
enum class MetricsColumn : std::uint8_t {
    kAccountName,
    kSegment,
    kRegion,
    kArr,
    kDate,
    kDailyActiveUsers,
    kFeatureAdoptionRate,
    kSupportTicketsOpen,
    kNpsScore,
    kLoginFrequency,
};
inline constexpr std::size_t kMetricsColumnCount = 10;

/// `account_name`, `segment`, …
std::string_view to_string(MetricsColumn column) noexcept;

/// Where the columns of a file are. Made once per file from its header.
struct MetricsColumns {
    static constexpr std::size_t kAbsent = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t kMaxExtra = 50;
    static constexpr std::size_t kMaxExtraNameBytes = 100;

    /// A column that is not documented; its values are kept as custom attributes of the account.
    struct Extra {
        std::string name;  ///< As in the header, trimmed.
        std::size_t position;
    };

    std::array<std::size_t, kMetricsColumnCount>
        positions{};                 ///< By MetricsColumn; kAbsent for what is not there.
    std::vector<std::string> names;  ///< Of every field, as in the header, trimmed.
    std::vector<Extra> extra;
    std::vector<std::string>
        missing;  ///< Required columns that the header does not have. nps_score is optional.
    std::vector<std::string> duplicates;  ///< Columns that the header has more than once.
    std::vector<std::string> dropped;  ///< Extra columns that are not kept: beyond kMaxExtra, or no fit name.

    /// Maps header names to columns: without regard to case and surrounding spaces, with `-` and space as
    /// `_`. Columns without a name are ignored.
    static MetricsColumns from_header(std::span<const std::string_view> fields);
    static MetricsColumns from_header(std::span<const std::string> fields);

    /// True when rows can be read: nothing is missing, nothing is there twice.
    bool is_usable() const noexcept { return missing.empty() && duplicates.empty(); }
    /// One or two sentences that name everything that is missing or there twice; empty when usable.
    std::string problem() const;

    std::size_t position(MetricsColumn column) const noexcept {
        return positions[static_cast<std::size_t>(column)];
    }
};

}  // namespace keepwell
