#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "services/import/import_chunk.hpp"

namespace keepwell {

/// Which accounts an import has met before, so that each that existed is counted once.
class CountedAccounts {
public:
    /// A row that was imported before a restart has named it.
    void remember(std::string_view name) { before_restart_.insert(std::hash<std::string_view>{}(name)); }
    /// How many of the written accounts existed before the import and are not counted yet.
    std::int64_t count_new(const ImportChunk::Written& written) const;
    /// They are counted: the transaction is through.
    void keep(const ImportChunk::Written& written);

private:
    std::vector<bool> by_id_;
    std::unordered_set<std::size_t> before_restart_;  ///< Hashes of names; empty without a restart.
};

}  // namespace keepwell
