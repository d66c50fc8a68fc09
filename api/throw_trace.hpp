#pragma once

#include <string>
#include <vector>

namespace keepwell::api {

/// Where the current thread last threw an exception other than the expected kinds (Error, Refused, JobInterrupted):
/// recorded as it is thrown, since nothing of it is left where it is caught. Innermost first, symbols as far
/// as the binary has them. Empty when nothing was thrown since forget_throw_trace().
std::vector<std::string> last_throw_trace();
void forget_throw_trace();

}  // namespace keepwell::api
