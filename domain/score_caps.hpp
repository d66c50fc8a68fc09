#pragma once

#include <optional>

#include "domain/health_factor.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

inline constexpr std::string_view kDaysSinceLastActivity = "days_since_last_activity";
/// Silence is counted up to here: further back no activity is looked at.
inline constexpr int kMaximumCapDays = 365;

/// Whether a cap of this card may name it.
bool is_cap_subject(std::string_view subject, const Scorecard& card);
/// The cap that limits this score: of those that hold on the day, the one with the lowest maximum below the
/// raw score; the first of equals. Null when none does.
const ScoreCap* limiting_cap(const Scorecard& card, const FactorInput& input, const HealthScore& score);
/// What the card's caps read besides its factors' input.
FactorNeeds needs_of_caps(const Scorecard& card);

}  // namespace keepwell
