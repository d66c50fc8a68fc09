#pragma once

#include "api/route.hpp"
#include "domain/event_type.hpp"

namespace keepwell::api {

/// What the body says of the type of events called `name`. Throws Error: kUnsupportedType, kUnreadable, or
/// kInvalid naming all mistakes, members that are not known among them.
EventType parse_event_type(const Request& request, std::string name);

}  // namespace keepwell::api
