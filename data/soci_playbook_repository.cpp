#include "data/soci_playbook_repository.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kRiskFactor = "risk_factor";
constexpr std::string_view kStep = "step";

void add_lines(Session& session, std::int64_t id, std::string_view kind,
               const std::vector<std::string>& lines) {
    std::int64_t position = 0;
    for (const std::string& line : lines) {
        run(session, "INSERT INTO playbook_lines (playbook_id, kind, position, line) VALUES ($1, $2, $3, $4)",
            id, kind, position++, line);
    }
}

}  // namespace

std::vector<Playbook> SociPlaybookRepository::list() {
    std::vector<Playbook> playbooks;
    Query row(session_,
              "SELECT id, title, description, category, priority, estimated_effort, created_at FROM playbooks"
              " ORDER BY id");
    while (row.next()) {
        playbooks.push_back({.id = row.integer(0),
                             .title = row.string(1),
                             .description = row.string(2),
                             .category = row.string(3),
                             .priority = row.string(4),
                             .estimated_effort = row.string(5),
                             .risk_factors = {},
                             .steps = {},
                             .created_at = row.timestamp(6)});
    }
    auto playbook = playbooks.begin();
    Query line(session_,
               "SELECT playbook_id, kind, line FROM playbook_lines ORDER BY playbook_id, kind, position");
    while (line.next()) {
        while (playbook != playbooks.end() && playbook->id < line.integer(0)) ++playbook;
        if (playbook == playbooks.end()) break;
        if (playbook->id != line.integer(0)) continue;  // Added between the two statements.
        (line.text(1) == kStep ? playbook->steps : playbook->risk_factors).push_back(line.string(2));
    }
    return playbooks;
}

void SociPlaybookRepository::add_missing(std::span<const Playbook> playbooks) {
    for (const Playbook& playbook : playbooks) {
        const std::int64_t added = run(
            session_,
            "INSERT INTO playbooks (id, title, description, category, priority, estimated_effort, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            playbook.id, playbook.title, playbook.description, playbook.category, playbook.priority,
            playbook.estimated_effort, playbook.created_at);
        if (added == 0) continue;
        add_lines(session_, playbook.id, kRiskFactor, playbook.risk_factors);
        add_lines(session_, playbook.id, kStep, playbook.steps);
    }
}

}  // namespace keepwell::data
