#pragma once

#include <optional>
#include <string_view>

namespace keepwell::api {

/// Finds where values begin and end in a JSON text, without looking into them: brackets are counted and
/// strings stepped over. Whatever it hands out must still be parsed.
class JsonScanner {
public:
    explicit JsonScanner(std::string_view text) : text_(text) {}

    /// The next character that is not white space; '\0' at the end.
    char peek();
    /// Steps over `expected` when it comes next.
    bool take(char expected);
    /// Steps over the next value; empty when it does not end or there is none.
    std::optional<std::string_view> value();
    /// Whether only white space is left.
    bool at_end() { return peek() == '\0' && at_ == text_.size(); }

private:
    bool skip_string();
    bool skip_nested();

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace keepwell::api
