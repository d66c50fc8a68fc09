#include "api/edge/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "api/edge/unique_fd.hpp"

namespace keepwell::api {

MappedFile::MappedFile(const std::filesystem::path& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot read " + path.string());
    }
    if (status.st_size == 0) {
        return;  // Nothing can be mapped of an empty file.
    }
    size_ = static_cast<std::size_t>(status.st_size);
    void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (mapped == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "cannot map " + path.string());
    }
    address_ = mapped;
    ::madvise(address_, size_, MADV_SEQUENTIAL);
}

void MappedFile::release(std::size_t length) const {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    if (address_ != nullptr) {
        ::madvise(address_, length / page * page, MADV_DONTNEED);
    }
}

MappedFile::~MappedFile() {
    if (address_ != nullptr) {
        ::munmap(address_, size_);
    }
}

}  // namespace keepwell::api
