#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace keepwell {

/// What 64 bytes of CSV hold, one bit per byte.
struct CsvMarks {
    static constexpr std::size_t kBlockBytes = 64;

    std::uint64_t marks = 0;  ///< Delimiters, quotes, CR and LF.
    std::uint64_t odd = 0;    ///< NUL and bytes beyond ASCII.
};

/// Reads 64 bytes from `block` one by one.
inline CsvMarks find_csv_marks_portably(const char* block, char delimiter) noexcept {
    CsvMarks found;
    for (std::size_t i = 0; i < CsvMarks::kBlockBytes; ++i) {
        const char byte = block[i];
        const bool is_mark = byte == delimiter || byte == '"' || byte == '\n' || byte == '\r';
        const bool is_odd = static_cast<signed char>(byte) <= 0;
        found.marks |= std::uint64_t{is_mark} << i;
        found.odd |= std::uint64_t{is_odd} << i;
    }
    return found;
}

/// Reads 64 bytes from `block`, which need not be aligned.
inline CsvMarks find_csv_marks(const char* block, char delimiter) noexcept {
#if defined(__SSE2__)
    const __m128i delimiters = _mm_set1_epi8(delimiter);
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i line_feeds = _mm_set1_epi8('\n');
    const __m128i carriage_returns = _mm_set1_epi8('\r');
    const __m128i ones = _mm_set1_epi8(1);
    const auto bits = [](__m128i matches, std::size_t part) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(matches)))
               << (part * 16);
    };
    CsvMarks found;
    for (std::size_t part = 0; part < 4; ++part) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + part * 16));
        const __m128i in_row = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters), _mm_cmpeq_epi8(bytes, quotes));
        const __m128i line_ends =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, line_feeds), _mm_cmpeq_epi8(bytes, carriage_returns));
        found.marks |= bits(_mm_or_si128(in_row, line_ends), part);
        found.odd |= bits(_mm_cmplt_epi8(bytes, ones), part);
    }
    return found;
#else
    return find_csv_marks_portably(block, delimiter);
#endif
}

}  // namespace keepwell
