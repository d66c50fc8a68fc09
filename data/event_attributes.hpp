#pragma once

#include <string_view>

#include "domain/event.hpp"

namespace keepwell::data {

/// The attributes in the JSON object of a stored event: nested members as `outer.inner`; arrays, nulls and
/// what is nested deeper than 64 levels are none. Whatever is no JSON ends the reading, for the text was
/// checked when it came in.
Attributes read_attributes(std::string_view json);

}  // namespace keepwell::data
