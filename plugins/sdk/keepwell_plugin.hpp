#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "keepwell_details.hpp"
#include "keepwell_input.hpp"
#include "keepwell_plugin.h"

/// What the author of a plugin writes: a class for each factor, and one line
/// `KEEPWELL_PLUGIN("my_plugin", "1.0.0", MyFactor, MyOtherFactor)`. C++17, header-only.
namespace keepwell::sdk {

enum class Trend { kImproving, kStable, kDeclining };

/// What a factor says of a customer.
struct FactorScore {
    std::optional<double> score{};  ///< 0 to 100; empty: no data.
    std::optional<double> value{};  ///< The headline number in the factor's unit.
    std::string description{};      ///< One sentence for a person, at most 500 bytes of UTF-8.
    std::optional<Trend> trend{};   ///< Empty when it can't be known.
    Details details{};              ///< Whatever else explains the score, at most 64 KiB.

    static FactorScore no_data(std::string why) {
        FactorScore result;
        result.description = std::move(why);
        return result;
    }
};

/// Which of its input a factor reads, so that nothing else is loaded.
struct FactorNeeds {
    bool metrics = false;
    bool activity = false;
    bool raw_events = false;
    int window_days = 30;  ///< The days of activity, the scored one included.
};

/// One aspect of a customer's health: a pure function of its input, so equal inputs give equal answers. No
/// clock, no files, no network. Called by several threads at once.
class BaseHealthFactor {
public:
    BaseHealthFactor() = default;
    virtual ~BaseHealthFactor() = default;
    BaseHealthFactor(const BaseHealthFactor&) = delete;
    BaseHealthFactor& operator=(const BaseHealthFactor&) = delete;

    /// The name under which scorecards mention it: a-z, 0-9 and _, a letter first. No other factor has it.
    virtual std::string name() const = 0;
    /// One line for a person choosing factors.
    virtual std::string summary() const = 0;
    /// Of `value`: "days", "logins in 30 days"; empty for none.
    virtual std::string unit() const { return {}; }
    /// Share of 100 that it usually gets.
    virtual double default_weight() const { return 10; }
    virtual FactorNeeds needs() const = 0;

    /// May throw: that is no data, with the exception's text as the reason.
    virtual FactorScore score(const Input& input) const = 0;
};

/// Not for authors. Hidden, for otherwise plugins with classes of the same name would share what is static
/// here, whatever way they are loaded.
namespace detail __attribute__((visibility("hidden"))) {

    template <std::size_t size>
    void write_text(char(&target)[size], std::string_view text) {
        const std::size_t length = std::min(text.size(), size - 1);
        std::memcpy(target, text.data(), length);
        target[length] = '\0';
    }

    /// Runs `work`; what it throws becomes an error code and a text.
    template <std::size_t size, typename Work>
    std::int32_t guarded(char(&error)[size], Work work) {
        try {
            work();
            return 0;
        } catch (const std::exception& failure) {
            write_text(error, failure.what());
        } catch (...) {
            write_text(error, "threw something without a text");
        }
        return 1;
    }

    /// A factor with the texts and the row that the program looks at.
    struct Entry {
        Entry(std::unique_ptr<BaseHealthFactor> made, const keepwell_host* host_table)
            : factor(std::move(made)),
              host(host_table),
              name(factor->name()),
              summary(factor->summary()),
              unit(factor->unit()) {
            const FactorNeeds needs = factor->needs();
            row.struct_size = sizeof row;
            row.needs = (needs.metrics ? KEEPWELL_NEEDS_METRICS : 0u) |
                        (needs.activity ? KEEPWELL_NEEDS_ACTIVITY : 0u) |
                        (needs.raw_events ? KEEPWELL_NEEDS_RAW_EVENTS : 0u);
            row.window_days = needs.window_days;
            row.name = name.c_str();
            row.summary = summary.c_str();
            row.unit = unit.c_str();
            row.default_weight = factor->default_weight();
            row.self = this;
            row.score = &Entry::score;
        }

        static std::int32_t score(void* self, const keepwell_input* input, keepwell_result* result) {
            return guarded(result->error, [&] {
                const auto* entry = static_cast<const Entry*>(self);
                const FactorScore answer = entry->factor->score(Input(*input));
                result->has_score = answer.score ? 1 : 0;
                result->score = answer.score.value_or(0);
                result->has_value = answer.value ? 1 : 0;
                result->value = answer.value.value_or(0);
                if (input->wants_explanation == 0) return;
                write_text(result->description, answer.description);
                if (answer.trend) {
                    constexpr std::int32_t kTrends[]{KEEPWELL_TREND_IMPROVING, KEEPWELL_TREND_STABLE,
                                                     KEEPWELL_TREND_DECLINING};
                    result->trend = kTrends[static_cast<int>(*answer.trend)];
                }
                const std::string json = answer.details.json();
                entry->host->set_details(input->call, json.data(), json.size());
            });
        }

        std::unique_ptr<BaseHealthFactor> factor;
        const keepwell_host* host;
        std::string name;
        std::string summary;
        std::string unit;
        keepwell_factor row{};
    };

    template <typename... Factors>
    std::int32_t start(keepwell_start * start) {
        return guarded(start->error, [&] {
            // Never destroyed: a call that does not come back may still use them when the program ends.
            static auto& entries = *new std::array<std::unique_ptr<Entry>, sizeof...(Factors)>{
                std::make_unique<Entry>(std::make_unique<Factors>(), start->host)...};
            static auto& rows = *new std::array<const keepwell_factor*, sizeof...(Factors)>{};
            for (std::size_t i = 0; i < entries.size(); ++i) rows[i] = &entries[i]->row;
            start->factors = rows.data();
            start->factor_count = rows.size();
        });
    }

}  // namespace )
}  // namespace keepwell::sdk

/// The one line that makes a shared object a plugin. Outside of any namespace, once.
#define KEEPWELL_PLUGIN(plugin_name, plugin_version, ...)                \
    const keepwell_plugin keepwell_plugin_v1 = {KEEPWELL_MAGIC,          \
                                                sizeof(keepwell_plugin), \
                                                KEEPWELL_ABI_VERSION,    \
                                                0,                       \
                                                plugin_name,             \
                                                plugin_version,          \
                                                &keepwell::sdk::detail::start<__VA_ARGS__>};
