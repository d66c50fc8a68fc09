#pragma once

#include <span>
#include <string_view>

namespace keepwell {

/// A file that was compiled into the binary (scripts/cmake/embed.cmake).
struct EmbeddedFile {
    std::string_view path;   ///< Relative to the folder it was embedded from, with '/'.
    std::string_view bytes;  ///< Lives as long as the program; a NUL follows the last byte.
};

}  // namespace keepwell
