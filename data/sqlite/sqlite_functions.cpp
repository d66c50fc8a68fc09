#include "data/sqlite/sqlite_functions.hpp"

#include <sqlite3.h>

#include <clocale>
#include <cwctype>
#include <string>

#include "data/sql_error.hpp"
#include "data/sqlite/sqlite_statement.hpp"

namespace keepwell::data {
namespace {

/// Reads one code point at `at` and moves behind it; a stray byte stands for itself.
char32_t take_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t code = more == 0 ? lead : lead & (0x3FU >> more);
    for (int i = 0; i < more && at < text.size(); ++i) code = (code << 6) | (byte(at++) & 0x3FU);
    return code;
}

void append_code_point(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int more = code >= 0x10000 ? 3 : code >= 0x800 ? 2 : 1;
    const unsigned lead = more == 3 ? 0xF0 : more == 2 ? 0xE0 : 0xC0;
    out += static_cast<char>(lead | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

void fold(sqlite3_context* context, int, sqlite3_value** arguments) {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    const unsigned char* bytes = sqlite3_value_text(arguments[0]);
    if (bytes == nullptr) return;
    const std::string_view text(reinterpret_cast<const char*>(bytes),
                                static_cast<std::size_t>(sqlite3_value_bytes(arguments[0])));
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = take_code_point(text, at);
        const auto lower = [&] {
            return static_cast<char32_t>(towlower_l(static_cast<wint_t>(code), locale));
        };
        if (code < 0x80) {
            append_code_point(folded, code >= U'A' && code <= U'Z' ? code + 32 : code);
        } else {
            append_code_point(folded, locale == nullptr ? code : lower());
        }
    }
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

void register_sqlite_functions(sqlite3* database) {
    if (sqlite3_create_function_v2(database, "keepwell_fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                                   fold, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw_sqlite_error(database);
    }
}

}  // namespace keepwell::data
