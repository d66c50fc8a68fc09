#pragma once

#include <filesystem>
#include <string>

namespace keepwell::plugins {

/// Why this file must not be handed to dlopen(); empty when it may. dlopen() runs code of what it opens, and
/// crashes on what was cut off, so whatever can be told beforehand is told here: no file, not ELF, another
/// architecture, incomplete, writable by everybody.
std::string objection_to_file(const std::filesystem::path& file);
/// Why nothing in this folder may be loaded; empty when it may: everybody could add a plugin.
std::string objection_to_folder(const std::filesystem::path& folder);

}  // namespace keepwell::plugins
