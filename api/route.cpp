#include "api/route.hpp"

#include <system_error>

namespace keepwell::api {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::kGet:
            return "GET";
        case Method::kPost:
            return "POST";
        case Method::kPut:
            return "PUT";
        case Method::kPatch:
            return "PATCH";
        case Method::kDelete:
            return "DELETE";
        case Method::kOptions:
            return "OPTIONS";
    }
    return {};
}

SpilledBody::~SpilledBody() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
}

void SpilledBody::keep_as(const std::filesystem::path& target) {
    std::error_code failed;
    std::filesystem::rename(path_, target, failed);
    if (failed) {  // Most likely another file system.
        std::filesystem::copy_file(path_, target, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::remove(path_, failed);
    }
    path_.clear();
}

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

std::optional<std::string> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace keepwell::api
