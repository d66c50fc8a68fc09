#pragma once

#include <string>
#include <string_view>

namespace keepwell::plugins {

/// What is wrong with the details of a factor's score; empty when they are a JSON object of well-formed
/// UTF-8, at most 32 levels deep, without a member that is named twice or that every factor has anyway.
std::string mistake_in_details(std::string_view json);

}  // namespace keepwell::plugins
