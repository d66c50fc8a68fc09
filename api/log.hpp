#pragma once

#include <string>
#include <string_view>

namespace keepwell::api {

/// One JSON object per line on standard error: ts, level, msg; access lines have their own members.
/// `level`: trace, debug, info, warn, error.
void start_logging(std::string_view level);

/// For the commands that people run: one plain line each on standard error, from warnings on.
void start_plain_logging();

/// A line of the access log; `members` is JSON without its outer braces.
void log_access(std::string_view members);
bool logs_access();

}  // namespace keepwell::api
