#pragma once

#include <string>
#include <string_view>

namespace keepwell::api {

/// One JSON object per line on standard error: ts, level, msg; access lines have their own members.
/// `level`: trace, debug, info, warn, error.
void start_logging(std::string_view level);

/// A line of the access log; `members` is JSON without its outer braces.
void log_access(std::string_view members);
bool logs_access();

}  // namespace keepwell::api
