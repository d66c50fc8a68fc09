#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/parameters.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {

/// `limit`: 1 to 200, 50 if not given.
std::int64_t read_limit(Parameters& parameters);
/// `cursor` as it was answered.
std::optional<std::string> read_cursor(Parameters& parameters);
void refuse_cursor(Parameters& parameters);
/// A cursor that is one number.
std::optional<std::int64_t> read_number_cursor(Parameters& parameters, std::string_view list);
std::string number_cursor(std::string_view list, std::int64_t number);

/// `next_cursor`, null on the last page.
void write_next_cursor(JsonWriter& json, const std::optional<std::string>& cursor);

}  // namespace keepwell::api
