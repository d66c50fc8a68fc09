#include "services/playbook_service.hpp"

namespace keepwell {

void PlaybookService::add_builtin() {
    auto playbooks = builtin_playbooks();
    for (Playbook& playbook : playbooks) playbook.created_at = clock_.now();
    unit_of_work_.run([&](Repositories& in) { in.playbooks.add_missing(playbooks); });
}

std::vector<Playbook> PlaybookService::list() {
    return query(unit_of_work_, [](Repositories& in) { return in.playbooks.list(); });
}

}  // namespace keepwell
