#pragma once

#include <filesystem>

namespace keepwell::api {

/// A folder of this process for bodies on their way in, inside of one that several processes may share. It is
/// removed with this; what a process that crashed has left behind is removed by the next that starts, and
/// what belongs to a living one is left alone.
class SpillFolder {
public:
    /// Throws std::filesystem::filesystem_error or std::system_error.
    explicit SpillFolder(const std::filesystem::path& shared);
    ~SpillFolder();
    SpillFolder(const SpillFolder&) = delete;
    SpillFolder& operator=(const SpillFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int lock_ = -1;  ///< The open folder; whoever holds its lock is alive.
};

}  // namespace keepwell::api
