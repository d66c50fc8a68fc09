#include "data/postgresql/postgresql_binary.hpp"

#include <array>
#include <bit>
#include <concepts>

#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

constexpr Date kEpoch{std::chrono::year{2000} / 1 / 1};
constexpr std::uint16_t kNegative = 0x4000;

template <std::unsigned_integral Number>
void append(std::string& out, Number number) {
    for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8) {
        out += static_cast<char>((number >> shift) & 0xFF);
    }
}

struct Numeric {
    bool negative = false;
    std::int64_t units = 0;
    std::int64_t ten_thousandths = 0;
};

Numeric read_numeric(std::string_view bytes) {
    const auto word = [&](std::size_t index) { return read_big_endian(bytes.substr(index * 2, 2)); };
    const std::int64_t digits = word(0);
    const std::int64_t weight = word(1);
    Numeric number;
    number.negative = static_cast<std::uint16_t>(word(2)) == kNegative;
    for (std::int64_t group = 0; group <= weight || group < digits; ++group) {
        const std::int64_t digit = group < digits ? word(static_cast<std::size_t>(4 + group)) : 0;
        if (group <= weight) {
            number.units = number.units * 10'000 + digit;
        } else if (group == weight + 1) {
            number.ten_thousandths = digit;
        }
    }
    if (weight < -1) number.ten_thousandths = 0;
    return number;
}

/// ndigits, weight, sign and display scale, then the digits to the base of 10,000.
void append_numeric(std::string& out, Money money) {
    const bool negative = money.cents < 0;
    const std::uint64_t cents = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(money.cents)
                                         : static_cast<std::uint64_t>(money.cents);
    std::array<std::uint16_t, 8> groups{};
    std::size_t count = 0;
    groups[count++] = static_cast<std::uint16_t>(cents % 100 * 100);
    for (std::uint64_t rest = cents / 100; rest > 0; rest /= 10'000) {
        groups[count++] = static_cast<std::uint16_t>(rest % 10'000);
    }
    append(out, static_cast<std::uint32_t>(8 + 2 * count));
    append(out, static_cast<std::uint16_t>(count));
    append(out, static_cast<std::uint16_t>(count - 2));
    append(out, negative ? kNegative : std::uint16_t{0});
    append(out, std::uint16_t{2});
    for (std::size_t i = count; i > 0; --i) append(out, groups[i - 1]);
}

struct Adder {
    std::string& out;

    void eight_bytes(std::uint64_t bits) const {
        append(out, std::uint32_t{8});
        append(out, bits);
    }
    void operator()(std::monostate) const { append(out, ~std::uint32_t{0}); }
    void operator()(std::int64_t number) const { eight_bytes(static_cast<std::uint64_t>(number)); }
    void operator()(double number) const { eight_bytes(std::bit_cast<std::uint64_t>(number)); }
    void operator()(bool flag) const {
        append(out, std::uint32_t{1});
        out += flag ? '\1' : '\0';
    }
    void operator()(std::string_view text) const {
        append(out, static_cast<std::uint32_t>(text.size()));
        out += text;
    }
    void operator()(Date date) const {
        append(out, std::uint32_t{4});
        append(out, static_cast<std::uint32_t>((date - kEpoch).count()));
    }
    void operator()(Timestamp time) const {
        eight_bytes(static_cast<std::uint64_t>((time - Timestamp{kEpoch}).count()));
    }
    void operator()(Money money) const { append_numeric(out, money); }
};

}  // namespace

std::int64_t read_big_endian(std::string_view bytes) {
    std::uint64_t number = bytes.empty() || (bytes.front() & 0x80) == 0 ? 0 : ~std::uint64_t{0};
    for (const char byte : bytes) number = (number << 8) | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
}

double read_double(std::string_view bytes) {
    return std::bit_cast<double>(read_big_endian(bytes));
}

Date read_date(std::string_view bytes) {
    return kEpoch + std::chrono::days{read_big_endian(bytes)};
}

Timestamp read_timestamp(std::string_view bytes) {
    return Timestamp{kEpoch} + std::chrono::microseconds{read_big_endian(bytes)};
}

Money read_money(std::string_view bytes) {
    const Numeric number = read_numeric(bytes);
    const std::int64_t cents = number.units * 100 + number.ten_thousandths / 100;
    return Money{number.negative ? -cents : cents};
}

std::int64_t read_whole_numeric(std::string_view bytes) {
    const Numeric number = read_numeric(bytes);
    return number.negative ? -number.units : number.units;
}

CopyStream::CopyStream() {
    bytes_.append("PGCOPY\n\377\r\n\0", 11);
    append(bytes_, std::uint32_t{0});
    append(bytes_, std::uint32_t{0});
}

void CopyStream::start_row(std::size_t fields) {
    append(bytes_, static_cast<std::uint16_t>(fields));
}

void CopyStream::add(const Value& value) {
    std::visit(Adder{bytes_}, value);
}

void CopyStream::finish() {
    append(bytes_, static_cast<std::uint16_t>(0xFFFF));
}

}  // namespace keepwell::data
