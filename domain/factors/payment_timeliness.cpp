#include <algorithm>
#include <cmath>

#include "domain/details.hpp"
#include "domain/factors/activity_days.hpp"
#include "domain/factors/activity_factors.hpp"

namespace keepwell::factors {
namespace {

constexpr int kWindowDays = 90;
constexpr std::size_t kMethodsToldOf = 20;

/// Points per payment that counts, 0 to 1; empty when none does.
std::optional<double> mean_points(const ActivityDays& days) {
    const double payments = days.sum("counted");
    return payments > 0 ? std::optional{share(days.sum("points") / payments)} : std::nullopt;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

/// How many payments came to what.
struct Outcomes {
    std::int64_t on_time = 0;
    std::int64_t late = 0;
    std::int64_t overdue = 0;
    std::int64_t failed = 0;
    std::int64_t pending = 0;

    explicit Outcomes(const ActivityDays& days) {
        for (const auto& [status, count] : days.counts("status")) {
            const std::string name = lower_case(status);
            if (name == "paid_late") {
                late += count;
            } else if (name == "overdue") {
                overdue += count;
            } else if (name == "failed") {
                failed += count;
            } else if (name == "pending") {
                pending += count;
            } else if (name == "paid_on_time" || name == "completed" || name == "paid" ||
                       name == "succeeded") {
                on_time += count;
            }
        }
    }
};

class PaymentTimeliness final : public BaseHealthFactor {
public:
    std::string_view name() const override { return "payment_timeliness"; }
    std::string_view summary() const override { return "Whether bills are paid, and on time"; }
    double default_weight() const override { return 25; }
    FactorNeeds needs() const override { return {.activity = true, .window_days = kWindowDays}; }
    std::string_view unit() const override { return "% of the payments of 90 days on time"; }

    std::optional<double> score(const FactorInput& input) const override {
        if (unknown_because(input, "payment", "payments")) return std::nullopt;
        const Parts parts{input};
        return parts.mean ? std::optional{parts.score()} : std::nullopt;
    }
    FactorScore explain(const FactorInput& input) const override;

private:
    struct Parts {
        explicit Parts(const FactorInput& input)
            : days(input, "payment", kWindowDays),
              mean(mean_points(days)),
              outstanding(days.last("outstanding_balance").value_or(0)),
              monthly_revenue(to_double(input.customer->mrr)) {}

        double payment_points() const { return 100 * mean.value_or(0); }
        double outstanding_penalty() const {
            return 30 * share(outstanding / std::max(monthly_revenue, 1.0));
        }
        double score() const { return std::max(0.0, payment_points() - outstanding_penalty()); }

        ActivityDays days;
        std::optional<double> mean;
        double outstanding;
        double monthly_revenue;
    };
};

FactorScore PaymentTimeliness::explain(const FactorInput& input) const {
    FactorScore result;
    if (auto reason = unknown_because(input, "payment", "payments")) {
        result.description = *std::move(reason);
        return result;
    }
    const Parts parts{input};
    if (!parts.mean) {
        result.description = parts.days.events() > 0 ? "Only pending payments in the last 90 days"
                                                     : "No payments in the last 90 days";
        return result;
    }
    const Outcomes outcomes{parts.days};
    const std::int64_t total = parts.days.events();
    const auto decided = static_cast<std::int64_t>(std::llround(parts.days.sum("counted")));
    const double on_time_percentage =
        100 * share(static_cast<double>(outcomes.on_time) / static_cast<double>(decided));
    Counts methods = parts.days.counts("payment_method");
    if (methods.empty()) methods = parts.days.counts("method");
    result.score = parts.score();
    result.value = on_time_percentage;
    const auto earlier = mean_points(parts.days.earlier_half());
    const auto later = mean_points(parts.days.later_half());
    if (earlier && later) result.trend = trend_between(*earlier, *later, Direction::kHigherIsBetter);
    result.description = short_decimal(on_time_percentage) + "% of payments on time (" +
                         std::to_string(outcomes.on_time) + " of " + std::to_string(decided) +
                         ") in the last 90 days";
    if (parts.outstanding > 0)
        result.description += "; " + short_decimal(parts.outstanding) + " are outstanding";
    result.details =
        Details{}
            .add("total_payments", total)
            .add("on_time_payments", outcomes.on_time)
            .add("late_payments", outcomes.late)
            .add("overdue_payments", outcomes.overdue)
            .add("failed_payments", outcomes.failed)
            .add("pending_payments", outcomes.pending)
            .add("on_time_percentage", std::round(on_time_percentage * 10) / 10)
            .add("payment_methods", most_frequent(methods, kMethodsToldOf))
            .add("average_amount", round_to_cents(parts.days.sum("amount") / static_cast<double>(total)))
            .add("outstanding_balance", parts.outstanding)
            .add("monthly_revenue", parts.monthly_revenue)
            .add("payment_points", parts.payment_points())
            .add("outstanding_penalty", parts.outstanding_penalty())
            .json();
    return result;
}

}  // namespace

std::unique_ptr<BaseHealthFactor> payment_timeliness() {
    return std::make_unique<PaymentTimeliness>();
}

}  // namespace keepwell::factors
