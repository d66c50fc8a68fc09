#pragma once

#include <cstdint>
#include <string_view>

#include "data/value.hpp"

namespace keepwell::data {

/// A prepared statement of either database. Parameters are written $1, $2, … and counted from 1, columns
/// from 0. Repositories use it through Query (data/session.hpp).
class Statement {
public:
    virtual ~Statement() = default;

    /// Throws Error{kInvalid} for a text with a NUL character, which PostgreSQL cannot store.
    virtual void bind(int position, const Value& value) = 0;
    /// Runs the statement the first time; true while there is a row. Throws SqlError.
    virtual bool next() = 0;
    /// Forgets the rows; the next next() runs it again.
    virtual void reset() noexcept = 0;
    /// Rows that the last INSERT, UPDATE or DELETE wrote.
    virtual std::int64_t changed_rows() const = 0;

    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual bool flag(int column) const = 0;
    /// Valid until the next call of next() or reset().
    virtual std::string_view text(int column) const = 0;
    virtual Date date(int column) const = 0;
    virtual Timestamp timestamp(int column) const = 0;
    virtual Money money(int column) const = 0;
};

}  // namespace keepwell::data
