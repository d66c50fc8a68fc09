#pragma once

#include "data/session.hpp"
#include "domain/playbook.hpp"

namespace keepwell::data {

/// Tables playbooks and playbook_lines.
class SociPlaybookRepository final : public PlaybookRepository {
public:
    explicit SociPlaybookRepository(Session& session) : session_(session) {}

    std::vector<Playbook> list() override;
    void add_missing(std::span<const Playbook> playbooks) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
