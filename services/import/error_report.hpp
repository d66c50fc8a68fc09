#pragma once

#include <filesystem>
#include <fstream>
#include <span>

#include "domain/import.hpp"

namespace keepwell {

/// A CSV file with a line for each row error of an import. Throws Error{kUnavailable} when it can't be
/// written.
class ErrorReport {
public:
    explicit ErrorReport(const std::filesystem::path& path);
    void add(std::span<const ImportError> errors);
    /// All of it is in the file once this returns.
    void finish();

private:
    void check() const;

    std::ofstream file_;
};

}  // namespace keepwell
