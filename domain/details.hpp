#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace keepwell {

/// Builds the JSON object that a factor tells its details in. Members in the order of the calls.
class Details {
public:
    Details& add(std::string_view name, double value);  ///< NaN and infinities become null.
    Details& add(std::string_view name, std::int64_t value);
    Details& add(std::string_view name, bool value);
    Details& add(std::string_view name, std::string_view value);
    Details& add(std::string_view name, const char* value) { return add(name, std::string_view{value}); }
    Details& add(std::string_view name, std::span<const std::string> values);
    Details& add(std::string_view name, const std::map<std::string, std::int64_t, std::less<>>& values);

    /// `{…}`.
    std::string json() const { return "{" + members_ + "}"; }

private:
    void begin(std::string_view name);

    std::string members_;
};

}  // namespace keepwell
