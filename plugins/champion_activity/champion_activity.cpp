#include "champion_activity.hpp"

#include <cmath>
#include <map>

using keepwell::sdk::Day;
using keepwell::sdk::FactorScore;
using keepwell::sdk::Input;
using keepwell::sdk::Trend;

namespace {

constexpr Day kHalf = 30;
constexpr double kManyUsers = 5;
constexpr double kBreadthShare = 0.2;

/// Who signed in how often. Those beyond the hundred that are kept of a day have no name here.
struct SignIns {
    std::map<std::string, std::int64_t> by_user;
    std::int64_t all = 0;

    std::int64_t of(const std::string& user) const {
        const auto found = by_user.find(user);
        return found == by_user.end() ? 0 : found->second;
    }
    double share(std::int64_t count) const { return static_cast<double>(count) / static_cast<double>(all); }
    /// The first by name among equals, so that the same data always name the same person.
    std::string most_active() const {
        std::string user;
        for (const auto& [name, count] : by_user) {
            if (user.empty() || count > of(user)) user = name;
        }
        return user;
    }
    double effective_users() const {
        double concentration = 0;
        for (const auto& [name, count] : by_user) concentration += share(count) * share(count);
        return concentration > 0 ? 1 / concentration : 0;
    }
};

SignIns sign_ins(const Input& input, Day from, Day until) {
    SignIns found;
    for (const auto& day : input.activity("login", from, until)) {
        for (const auto& value : day.values("user")) {
            found.all += value.count;
            if (value.text != "~other" && !value.text.empty())
                found.by_user[std::string(value.text)] += value.count;
        }
    }
    return found;
}

std::string times(std::int64_t count) {
    return count == 1 ? "once" : std::to_string(count) + " times";
}

}  // namespace

FactorScore ChampionActivity::score(const Input& input) const {
    if (!input.is_connected("login"))
        return FactorScore::no_data("Sign-ins of this segment are not recorded");
    const SignIns now = sign_ins(input, input.as_of() - kHalf + 1, input.as_of());
    const SignIns before = sign_ins(input, input.as_of() - 2 * kHalf + 1, input.as_of() - kHalf);
    if (before.by_user.empty()) {
        return FactorScore::no_data(now.by_user.empty() ? "Nobody is known to have signed in in 60 days"
                                                        : "Nobody is known from the month before the last");
    }
    const std::string champion = before.most_active();
    const auto recent = now.of(champion);
    const auto earlier = before.of(champion);
    const double ratio = static_cast<double>(recent) / static_cast<double>(earlier);
    const double kept = std::min(1.0, 2 * ratio);
    const double share = before.share(earlier);
    const double users = now.effective_users();
    const double breadth = std::clamp((users - 1) / (kManyUsers - 1), 0.0, 1.0);

    FactorScore result;
    result.score =
        100 * ((1 - kBreadthShare) * (1 - (1 - kept) * (0.5 + 0.5 * share)) + kBreadthShare * breadth);
    result.value = static_cast<double>(recent);
    if (!input.wants_explanation()) return result;
    const auto count = now.by_user.size();
    const std::string who = count == 0   ? "nobody signs in"
                            : count == 1 ? "1 person signs in"
                                         : std::to_string(count) + " people sign in";
    result.description = champion + (recent == 0 ? " did not sign in" : " signed in " + times(recent)) +
                         " in 30 days, " + times(earlier) + " in the 30 before; " + who;
    result.trend = ratio > 1.1 ? Trend::kImproving : ratio < 0.9 ? Trend::kDeclining : Trend::kStable;
    result.details.add("champion", champion)
        .add("champion_sign_ins_30_days", recent)
        .add("champion_sign_ins_30_days_before", earlier)
        .add("champion_share_before", share)
        .add("users_30_days", count)
        .add("effective_users_30_days", users);
    const std::string leader = now.most_active();
    if (!leader.empty() && leader != champion) result.details.add("most_active_now", leader);
    return result;
}

KEEPWELL_PLUGIN("champion_activity", "1.0.0", ChampionActivity)
