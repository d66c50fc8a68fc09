#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/route.hpp"
#include "domain/embedded_file.hpp"

namespace keepwell::api {

/// Files that were compiled in, ready to be sent: with their type, their ETag and, from the first time that
/// somebody takes it, their gzip form. Thread-safe.
class StaticFiles {
public:
    explicit StaticFiles(std::span<const EmbeddedFile> files);
    ~StaticFiles();

    bool has(std::string_view path) const;
    /// 200, or 304 when the client has it. Throws Error{kNotFound}.
    Response send(std::string_view path, const Request& request) const;

private:
    struct File;
    std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
};

}  // namespace keepwell::api
