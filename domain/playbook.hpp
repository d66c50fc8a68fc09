#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

namespace keepwell {

/// What to do about a risk: a title, who it is for and the steps.
struct Playbook {
    std::int64_t id = 0;
    std::string title;
    std::string description;
    std::string category;  ///< Engagement, Adoption or Support.
    std::string priority;  ///< High, Medium or Low.
    std::string estimated_effort;
    std::vector<std::string> risk_factors;  ///< What triggers it.
    std::vector<std::string> steps;
    Timestamp created_at;
};

/// The ten that ship, without created_at.
std::vector<Playbook> builtin_playbooks();

/// A playbook that fits some of the risks.
struct Recommendation {
    const Playbook* playbook = nullptr;
    double relevance = 0;                     ///< 0 to 1, two decimals.
    std::vector<std::string> matching_risks;  ///< In the order of the risks.
};

/// The best matches, at most `limit`, most relevant first, ties in the library's order. A risk matches when
/// one of a playbook's triggers is contained in it, ignoring case; relevance = matches / risks + 0.2 (High),
/// 0.1 (Medium), 0 (Low), at most 1.
std::vector<Recommendation> recommend(std::span<const Playbook> library, std::span<const std::string> risks,
                                      std::size_t limit = 5);

/// Port.
class PlaybookRepository {
public:
    virtual ~PlaybookRepository() = default;

    /// By id.
    virtual std::vector<Playbook> list() = 0;
    /// Adds those whose id is not there yet.
    virtual void add_missing(std::span<const Playbook> playbooks) = 0;
};

}  // namespace keepwell
