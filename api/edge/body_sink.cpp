#include "api/edge/body_sink.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>

#include "api/edge/refused.hpp"

namespace keepwell::api {
namespace {

[[noreturn]] void cannot_store(int error) {
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
        throw Refused(507, "There is no room left to store the body. Free some, then send it again.");
    }
    throw Refused(503, "The body cannot be stored at the moment.");
}

}  // namespace

void BodySink::write(std::string_view bytes) {
    received_ += bytes.size();
    if (received_ > plan_.limit) {
        throw Refused(413, "The body is larger than " + std::to_string(plan_.limit) + " bytes.");
    }
    if (!plan_.is_gzip || plan_.fate == BodyPlan::Fate::kDiscard) {
        keep(bytes);
        return;
    }
    if (!gzip_) {
        gzip_.emplace();
    }
    gzip_->write(bytes, [this](std::string_view inflated) { keep(inflated); });
}

void BodySink::finish(Request& request) {
    if (gzip_) {
        gzip_->finish();
    }
    if (spilled_) {
        file_.reset();
        request.spilled = std::move(spilled_);
    } else {
        request.body = std::move(memory_);
    }
}

void BodySink::keep(std::string_view bytes) {
    kept_ += bytes.size();
    if (kept_ > plan_.limit) {
        throw Refused(413, "The body inflates to more than " + std::to_string(plan_.limit) + " bytes.");
    }
    if (plan_.fate == BodyPlan::Fate::kDiscard) {
        return;
    }
    if (plan_.fate == BodyPlan::Fate::kFile && !file_ && kept_ > plan_.spill_above) {
        spill();
    }
    if (file_) {
        write_file(bytes);
    } else {
        memory_.append(bytes);
    }
}

void BodySink::spill() {
    std::string path = (plan_.folder / "upload-XXXXXX").string();
    file_ = UniqueFd(::mkostemp(path.data(), O_CLOEXEC));
    if (!file_) {
        cannot_store(errno);
    }
    spilled_ = std::make_shared<SpilledBody>(path);
    write_file(memory_);
    std::string().swap(memory_);
}

void BodySink::write_file(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            cannot_store(errno);
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

}  // namespace keepwell::api
