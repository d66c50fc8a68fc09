#pragma once

#include <span>
#include <string>

#include "domain/import.hpp"

namespace keepwell {

/// What an upload is answered: the counts of the import and its first row errors. `now`: the end of one that
/// still runs.
std::string import_result_json(const Import& import, std::span<const ImportError> row_errors, Timestamp now);

}  // namespace keepwell
