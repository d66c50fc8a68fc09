#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace keepwell::plugins {

/// Runs `work` in a process of its own, a copy of this one, and says what it did wrong: that it crashed,
/// threw or did not end within `patience`; empty when it came to its end. For code that must not be trusted
/// with this process: linking a shared object runs whatever its static initialisers do, an exception out of
/// them leaves the linker's lock taken, and nothing can interrupt them.
std::string objection_after_trial(const std::function<void()>& work, std::chrono::milliseconds patience);

}  // namespace keepwell::plugins
