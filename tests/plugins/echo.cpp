#include "keepwell_plugin.hpp"

using namespace keepwell::sdk;

/// Says what it sees.
class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "echo"; }
    std::string summary() const override { return "Says what it sees"; }
    std::string unit() const override { return "days"; }
    double default_weight() const override { return 20; }
    FactorNeeds needs() const override { return {true, true, true, 10}; }

    FactorScore score(const Input& input) const override {
        FactorScore result;
        result.score = 50;
        result.value = input.as_of();
        result.trend = Trend::kImproving;
        result.description = "As of " + to_string(input.as_of());
        std::vector<std::string> seen;
        if (const auto customer = input.customer()) {
            seen.push_back("customer " + std::to_string(customer->id()) + " " +
                           std::string(customer->name()) + " tier " +
                           std::string(customer->custom("tier").value_or("none")) + " signed up " +
                           (customer->signup_day() ? to_string(*customer->signup_day()) : "never"));
        }
        for (const auto row : input.metrics()) {
            seen.push_back("metrics " + to_string(row.day) + " " + std::to_string(row.daily_active_users) +
                           (row.nps_score ? " with nps" : ""));
        }
        for (const auto row : input.activity()) {
            std::string line = "activity " + to_string(row.day()) + " " + std::string(row.event_type()) +
                               " " + std::to_string(row.count());
            for (const auto& value : row.values("user"))
                line += " " + std::string(value.text) + ":" + std::to_string(value.count);
            if (row.sum("amount")) line += " sum " + std::to_string(static_cast<int>(*row.sum("amount")));
            if (row.last("amount")) line += " last " + std::to_string(static_cast<int>(*row.last("amount")));
            for (const auto ticket : row.tickets())
                line += " ticket " + std::string(ticket.id) + " " + std::string(ticket.status);
            seen.push_back(line);
        }
        for (const auto event : input.events()) {
            seen.push_back("event " + std::string(event.type()) + " " + to_string(event.day()) + " " +
                           std::string(event.text("path").value_or("")) + " " +
                           std::to_string(static_cast<int>(event.number("a.b").value_or(-1))) +
                           (event.flag("advanced").value_or(false) ? " advanced" : "") + " " +
                           std::string(event.json()));
        }
        seen.push_back(std::string("login is ") + (input.is_connected("login") ? "" : "not ") + "connected");
        if (input.first_day()) seen.push_back("since " + to_string(*input.first_day()));
        result.details.add("seen", seen);
        return result;
    }
};

KEEPWELL_PLUGIN("echo", "1.2.3", Factor)
