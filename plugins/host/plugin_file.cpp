#include "plugins/host/plugin_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace keepwell::plugins {
namespace {

/// A file that is closed in the end.
class OpenFile {
public:
    explicit OpenFile(const char* path) : descriptor_(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    bool is_open() const { return descriptor_ >= 0; }
    bool stat(struct stat& status) const { return ::fstat(descriptor_, &status) == 0; }
    template <typename Header>
    bool read(Header& header, std::uint64_t offset) const {
        return ::pread(descriptor_, &header, sizeof header, static_cast<off_t>(offset)) == sizeof header;
    }

private:
    int descriptor_;
};

std::string error_text() {
    return std::error_code(errno, std::generic_category()).message();
}

/// The same fields as in this program's own header.
bool is_for_this_machine(const Elf64_Ehdr& header) {
    const OpenFile self("/proc/self/exe");
    Elf64_Ehdr own;
    if (!self.is_open() || !self.read(own, 0)) return true;  // dlopen() will tell.
    return header.e_ident[EI_CLASS] == own.e_ident[EI_CLASS] &&
           header.e_ident[EI_DATA] == own.e_ident[EI_DATA] && header.e_machine == own.e_machine;
}

/// Whether every segment is there: a copy that was cut off would be mapped beyond its end.
bool is_complete(const OpenFile& file, const Elf64_Ehdr& header, std::uint64_t size) {
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment;
        if (!file.read(segment, header.e_phoff + i * header.e_phentsize)) return false;
        if (segment.p_filesz > size || segment.p_offset > size - segment.p_filesz) return false;
    }
    const std::uint64_t sections = std::uint64_t{header.e_shnum} * header.e_shentsize;
    return sections <= size && header.e_shoff <= size - sections;
}

}  // namespace

std::string objection_to_file(const std::filesystem::path& path) {
    const OpenFile file(path.c_str());
    struct stat status {};
    if (!file.is_open() || !file.stat(status)) return "can't be read: " + error_text();
    if (!S_ISREG(status.st_mode)) return "is not a file";
    if ((status.st_mode & S_IWOTH) != 0) return "can be changed by everybody: chmod o-w";
    Elf64_Ehdr header;
    if (!file.read(header, 0) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return "is not a shared object (ELF)";
    }
    if (!is_for_this_machine(header)) return "was built for another kind of machine";
    if (header.e_type != ET_DYN) return "is not a shared object: link it with -shared";
    if (!is_complete(file, header, static_cast<std::uint64_t>(status.st_size)))
        return "is incomplete: its end is missing";
    return {};
}

std::string objection_to_folder(const std::filesystem::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return "the folder can't be read: " + error_text();
    if ((status.st_mode & S_IWOTH) != 0) return "its folder can be changed by everybody: chmod o-w";
    return {};
}

}  // namespace keepwell::plugins
