#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace keepwell {

/// Answers that stay right as long as the data version does. Bounded: starts anew when full. Thread-safe.
template <typename Key, typename Value>
class VersionedCache {
public:
    explicit VersionedCache(std::size_t capacity = 256) : capacity_(capacity) {}

    std::optional<Value> find(std::int64_t version, const Key& key) const {
        const std::lock_guard lock(mutex_);
        if (version != version_) return std::nullopt;
        const auto found = entries_.find(key);
        return found == entries_.end() ? std::nullopt : std::optional{found->second};
    }

    /// `version` is the one read before the value was computed; an older one than stored is dropped.
    void put(std::int64_t version, const Key& key, Value value) {
        const std::lock_guard lock(mutex_);
        if (version < version_) return;
        if (version > version_ || entries_.size() >= capacity_) entries_.clear();
        version_ = version;
        entries_.insert_or_assign(key, std::move(value));
    }

private:
    std::size_t capacity_;
    mutable std::mutex mutex_;
    std::int64_t version_ = -1;
    std::map<Key, Value> entries_;
};

}  // namespace keepwell
