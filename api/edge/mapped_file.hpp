#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace keepwell::api {

/// A file seen as memory: read as it is looked at.
class MappedFile {
public:
    /// Throws std::system_error.
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::string_view bytes() const { return {static_cast<const char*>(address_), size_}; }
    /// Gives the memory of the first `length` bytes back; looking at them again reads them again.
    void release(std::size_t length) const;

private:
    void* address_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace keepwell::api
