#include "api/edge/inbox.hpp"

#include <sys/eventfd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace keepwell::api {

Inbox::Inbox() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (!event_) {
        throw std::system_error(errno, std::generic_category(), "cannot create an eventfd");
    }
}

void Inbox::post(Message message) {
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        was_empty = messages_.empty();
        messages_.push_back(std::move(message));
    }
    if (was_empty) {
        wake();
    }
}

void Inbox::wake() const {
    ::eventfd_write(event_.get(), 1);
}

std::vector<Message> Inbox::take() {
    eventfd_t ignored = 0;
    ::eventfd_read(event_.get(), &ignored);
    const std::lock_guard lock(mutex_);
    return std::exchange(messages_, {});
}

}  // namespace keepwell::api
