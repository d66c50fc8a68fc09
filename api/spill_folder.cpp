#include "api/spill_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <string>
#include <system_error>

namespace keepwell::api {
namespace {

/// The folder, open and locked; -1 when somebody else has it locked or it is gone.
int lock_folder(const std::filesystem::path& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return -1;
    struct stat opened {};
    struct stat named {};
    // Between the opening and the locking it may have been removed.
    if (::flock(folder, LOCK_EX | LOCK_NB) == 0 && ::fstat(folder, &opened) == 0 &&
        ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino) {
        return folder;
    }
    ::close(folder);
    return -1;
}

void remove_abandoned(const std::filesystem::path& shared) {
    for (const auto& entry : std::filesystem::directory_iterator(shared)) {
        const int folder = lock_folder(entry.path());
        if (folder < 0) continue;
        std::error_code ignored;
        std::filesystem::remove_all(entry.path(), ignored);
        ::close(folder);
    }
}

}  // namespace

SpillFolder::SpillFolder(const std::filesystem::path& shared) {
    std::filesystem::create_directories(shared);
    remove_abandoned(shared);
    std::random_device random;
    constexpr int kAttempts = 10;
    for (int attempt = 0; attempt < kAttempts && lock_ < 0; ++attempt) {
        path_ = shared / (std::to_string(::getpid()) + "-" + std::to_string(random()));
        std::filesystem::create_directory(path_);
        lock_ = lock_folder(path_);  // Fails when another process took it for abandoned just now.
    }
    if (lock_ < 0) throw std::system_error(errno, std::generic_category(), "cannot lock " + path_.string());
}

SpillFolder::~SpillFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    ::close(lock_);
}

}  // namespace keepwell::api
