#include "services/import/import_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "domain/error.hpp"

namespace keepwell {

std::string read_first_bytes(const std::filesystem::path& path, std::int64_t offset, std::int64_t length) {
    std::ifstream input(path, std::ios::binary);
    input.seekg(offset);
    std::string bytes(static_cast<std::size_t>(length), '\0');
    input.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(input.gcount()));
    return bytes;
}

void make_durable(const std::filesystem::path& path) {
    for (const auto& target : {path, path.parent_path()}) {
        const int file = ::open(target.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) throw Error{ErrorCode::kUnavailable, "the upload can't be stored"};
        const int failed = ::fsync(file);
        ::close(file);
        if (failed != 0)
            throw Error{ErrorCode::kUnavailable, "the upload can't be stored: is the disk full?"};
    }
}

void remove_quietly(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
}

std::string fingerprint(const std::filesystem::path& path) {
    const auto changed = std::filesystem::last_write_time(path).time_since_epoch().count();
    return std::filesystem::weakly_canonical(path).string() + "|" +
           std::to_string(std::filesystem::file_size(path)) + "|" + std::to_string(changed);
}

}  // namespace keepwell
