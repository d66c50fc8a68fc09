#pragma once

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "domain/health_factor.hpp"

/// What tests of scoring share.
namespace keepwell::tests {

/// A day that no test depends on.
inline constexpr Date kDay{std::chrono::days{20'000}};

/// An account in which every factor is average; tests change what they are about.
inline DailyMetrics average_row(Date date = kDay) {
    return {.customer_id = {1},
            .date = date,
            .daily_active_users = 50,
            .feature_adoption_rate = 0.5,
            .support_tickets_open = 2,
            .nps_score = 0,
            .login_frequency = 0.5,
            .arr = {1'000'000},
            .health_score = std::nullopt};
}

/// The shortest decimal that reads back as the same number.
inline std::string shortest(double value) {
    std::array<char, 32> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} ? std::string{text.data(), end} : "does not fit";
}

/// Answers what it was told to, whatever the input: a number that makes sense or not, nothing, an exception.
class StubFactor final : public BaseHealthFactor {
public:
    enum class Behaviour { kAnswers, kThrowsException, kThrowsNumber };

    StubFactor(std::string name, std::optional<double> score, Behaviour behaviour = Behaviour::kAnswers)
        : name_(std::move(name)), score_(score), behaviour_(behaviour) {}

    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return "A stub"; }
    double default_weight() const override { return 1; }
    FactorNeeds needs() const override { return {.metrics = true}; }

    std::optional<double> score(const FactorInput&) const override {
        if (behaviour_ == Behaviour::kThrowsException) throw std::runtime_error{"out of order"};
        if (behaviour_ == Behaviour::kThrowsNumber) throw 42;
        return score_;
    }
    FactorScore explain(const FactorInput& input) const override {
        FactorScore result;
        result.score = score(input);
        result.value = score_;
        result.description = "As told";
        return result;
    }

private:
    std::string name_;
    std::optional<double> score_;
    Behaviour behaviour_;
};

}  // namespace keepwell::tests
