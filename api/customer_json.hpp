#pragma once

#include "domain/customer.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {

/// All members of a customer; those of two words in both spellings, for the clients of either.
void write_customer(JsonWriter& json, const Customer& customer);

}  // namespace keepwell::api
