#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/edge/gzip.hpp"
#include "api/edge/unique_fd.hpp"
#include "api/route.hpp"

namespace keepwell::api {

/// What is to become of a body.
struct BodyPlan {
    enum class Fate { kDiscard, kMemory, kFile };  ///< kFile: once it outgrows `spill_above`.
    Fate fate = Fate::kDiscard;
    std::uint64_t limit = 0;  ///< In bytes, before and after inflating.
    std::size_t spill_above = 0;
    std::filesystem::path folder;
    bool is_gzip = false;
};

/// Keeps a body as planned: in memory, or in a file while memory stays flat.
class BodySink {
public:
    explicit BodySink(BodyPlan plan) : plan_(std::move(plan)) {}

    /// Throws Refused: 413 over the limit, 400 for bad gzip, 507 when the disk is full, 503 when it fails.
    void write(std::string_view bytes);
    /// Moves the body into `request`. Throws as write().
    void finish(Request& request);

private:
    void keep(std::string_view bytes);
    void spill();
    void write_file(std::string_view bytes);

    BodyPlan plan_;
    std::uint64_t received_ = 0;
    std::uint64_t kept_ = 0;
    std::string memory_;
    UniqueFd file_;
    std::shared_ptr<SpilledBody> spilled_;
    std::optional<GzipReader> gzip_;
};

}  // namespace keepwell::api
