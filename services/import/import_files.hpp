#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace keepwell {

/// At most `length` bytes from `offset`; fewer at the end of the file, none when it can't be read.
std::string read_first_bytes(const std::filesystem::path& path, std::int64_t offset, std::int64_t length);
/// Once this returns, the bytes survive a loss of power. Throws Error{kUnavailable}.
void make_durable(const std::filesystem::path& path);
void remove_quietly(const std::filesystem::path& path);
/// The same for the same path, size and time of change.
std::string fingerprint(const std::filesystem::path& path);

}  // namespace keepwell
