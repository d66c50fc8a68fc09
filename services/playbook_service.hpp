#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// The library of playbooks and what it recommends. Thread-safe.
class PlaybookService {
public:
    PlaybookService(UnitOfWork& unit_of_work, const Clock& clock)
        : unit_of_work_(unit_of_work), clock_(clock) {}

    /// Puts the built-in playbooks into a database that lacks them.
    void add_builtin();
    std::vector<Playbook> list();

private:
    UnitOfWork& unit_of_work_;
    const Clock& clock_;
};

}  // namespace keepwell
