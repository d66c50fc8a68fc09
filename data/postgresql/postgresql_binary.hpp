#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "data/value.hpp"

namespace keepwell::data {

// PostgreSQL's binary formats (src/backend/utils/adt, *send and *recv), which results and COPY use.

std::int64_t read_big_endian(std::string_view bytes);
double read_double(std::string_view bytes);
Date read_date(std::string_view bytes);
Timestamp read_timestamp(std::string_view bytes);
/// A numeric in cents; what is below a cent is cut off.
Money read_money(std::string_view bytes);
/// A whole numeric, as sum(bigint) answers it.
std::int64_t read_whole_numeric(std::string_view bytes);

/// Builds the stream of COPY … FROM STDIN (FORMAT binary).
class CopyStream {
public:
    CopyStream();
    void start_row(std::size_t fields);
    void add(const Value& value);
    void finish();
    const std::string& bytes() const { return bytes_; }
    void clear() { bytes_.clear(); }

private:
    std::string bytes_;
};

}  // namespace keepwell::data
