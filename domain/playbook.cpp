#include "domain/playbook.hpp"

#include <algorithm>
#include <cctype>

#include "domain/trend.hpp"

namespace keepwell {
namespace {

bool contains_ignoring_case(std::string_view text, std::string_view part) {
    const auto same = [](unsigned char left, unsigned char right) {
        return std::tolower(left) == std::tolower(right);
    };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

double priority_bonus(std::string_view priority) {
    if (priority == "High") return 0.2;
    return priority == "Medium" ? 0.1 : 0.0;
}

}  // namespace

std::vector<Recommendation> recommend(std::span<const Playbook> library, std::span<const std::string> risks,
                                      std::size_t limit) {
    std::vector<Recommendation> found;
    for (const Playbook& playbook : library) {
        Recommendation match{.playbook = &playbook, .relevance = 0, .matching_risks = {}};
        for (const std::string& risk : risks) {
            const bool fits = std::any_of(
                playbook.risk_factors.begin(), playbook.risk_factors.end(),
                [&](const std::string& trigger) { return contains_ignoring_case(risk, trigger); });
            if (fits) match.matching_risks.push_back(risk);
        }
        if (match.matching_risks.empty()) continue;
        const double share =
            static_cast<double>(match.matching_risks.size()) / static_cast<double>(risks.size());
        match.relevance = round_to_cents(std::min(1.0, share + priority_bonus(playbook.priority)));
        found.push_back(std::move(match));
    }
    std::stable_sort(found.begin(), found.end(), [](const Recommendation& left, const Recommendation& right) {
        return left.relevance > right.relevance;
    });
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace keepwell
