#include "services/import/counted_accounts.hpp"

namespace keepwell {

std::int64_t CountedAccounts::count_new(const ImportChunk::Written& written) const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < written.accounts.size(); ++i) {
        const auto index = static_cast<std::size_t>(written.accounts[i].id.value);
        const bool is_known = index < by_id_.size() && by_id_[index];
        if (written.accounts[i].created || is_known) continue;
        count += before_restart_.contains(std::hash<std::string_view>{}(written.names[i])) ? 0 : 1;
    }
    return count;
}

void CountedAccounts::keep(const ImportChunk::Written& written) {
    for (const auto& account : written.accounts) {
        const auto index = static_cast<std::size_t>(account.id.value);
        if (index >= by_id_.size()) by_id_.resize(index + index / 2 + 64);
        by_id_[index] = true;
    }
}

}  // namespace keepwell
