#pragma once

#include <array>
#include <string_view>

namespace keepwell {

struct CustomerEvent;
struct DailyActivity;

/// What DailyActivity does with the events of one type beyond what it does with all.
struct ActivityRules {
    /// A few names, filled from the front.
    using Names = std::array<std::string_view, 5>;

    std::string_view type{};
    Names numbers{};  ///< Numbers even when they come as texts.
    Names texts{};    ///< Texts that are always counted, however many others there are.
    /// Neither counted nor summed: what says nothing, and names that `derive` fills.
    Names left_out{};
    bool counts_other_texts = true;
    /// What needs more than one attribute.
    void (*derive)(DailyActivity& activity, const CustomerEvent& event) = nullptr;
};

/// Of a type that nobody knows: none but the general ones.
const ActivityRules& activity_rules_of(std::string_view event_type);

bool is_among(const ActivityRules::Names& names, std::string_view name);

/// `text` in lower case, ASCII only, without NUL characters and cut to kMaximumKeyBytes.
std::string folded_key_text(std::string_view text);
/// The same as it was written.
std::string key_text(std::string_view text);

}  // namespace keepwell
