#include "domain/segment.hpp"

namespace keepwell {

std::string folded_segment(std::string_view name) {
    std::string folded;
    folded.reserve(name.size());
    for (const char byte : name) {
        if (byte >= 'A' && byte <= 'Z') {
            folded += static_cast<char>(byte - 'A' + 'a');
        } else if ((byte >= 'a' && byte <= 'z') || (byte & 0x80) != 0) {
            folded += byte;  // Bytes beyond ASCII are letters of other scripts, kept as they are.
        }
    }
    return folded;
}

}  // namespace keepwell
