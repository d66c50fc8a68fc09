#include "domain/recommendations.hpp"

#include <algorithm>

#include "domain/segment.hpp"

namespace keepwell {
namespace {

/// What to do while a score is in a range.
struct Advice {
    std::string_view subject;  ///< A factor, or empty for the whole score.
    double from;
    double below;
    std::string_view segment;  ///< Folded; empty: any.
    std::string_view text;
};

constexpr double kAny = 1000;

/// Every entry whose range and segment match adds its text.
constexpr Advice kAdvice[] = {
    {"api_usage", 0, 30, "enterprise",
     "Offer a session with a solutions engineer: the integration carries far less than a company of this "
     "size "
     "usually sends"},
    {"api_usage", 0, 30, "startup",
     "Send the quick-start guide and a working code sample: the integration has hardly begun"},
    {"api_usage", 0, 30, "", "Ask what holds the integration back, and offer help with the first calls"},
    {"api_usage", 30, 50, "",
     "Show which endpoints similar customers use: the API is used for less than it could be"},
    {"api_usage", 80, kAny, "enterprise",
     "Check the rate limits and the plan before the growing API usage runs into them"},
    {"api_usage", 90, kAny, "", "Ask for a case study: the API is a firm part of how this customer works"},
    {"login_frequency", 0, 30, "",
     "Call the main contact this week: hardly anybody signs in any more, so find out what changed"},
    {"login_frequency", 30, 60, "",
     "Invite the team to a short training, and turn on digests that bring people back"},
    {"login_frequency", 80, kAny, "", "Thank the active users, and find the champion among them"},
    {"payment_timeliness", 0, 50, "",
     "Agree on a payment plan with the billing contact before access is at stake"},
    {"payment_timeliness", 50, 80, "",
     "Ask the billing contact whether invoices arrive at the right place, and offer automatic payment"},
    {"payment_timeliness", 95, kAny, "", "Payments are reliable: a good moment to offer a yearly contract"},
    {"feature_adoption", 0, 30, "enterprise",
     "Hold a workshop on the two or three features that this company bought the product for"},
    {"feature_adoption", 0, 30, "",
     "Walk through the features that match this customer's goals, one at a time"},
    {"feature_adoption", 30, 60, "", "Point out the next feature that customers alike find useful"},
    {"feature_adoption", 80, kAny, "", "Invite the customer to try new features early"},
    {"support_tickets", 0, 40, "",
     "Escalate: go through the open tickets with support today, and tell the customer who is in charge"},
    {"support_tickets", 40, 70, "", "Look for what the recent tickets have in common, and solve that once"},
    {"support_tickets", 100, kAny, "", "Nothing troubles this customer: ask for a reference"},
    {"", 85, kAny, "", "Everything looks good: talk about goals for the next year, and about expansion"},
    {"", 75, 85, "", "Keep the regular check-ins, and strengthen the weakest factor before it shows"},
    {"", 60, 75, "", "Plan a check-in within two weeks around the factor that costs the most points"},
    {"", 40, 60, "", "Agree on a recovery plan with dates, and follow it up every week"},
    {"", 0, 40, "",
     "Act now: bring in a sponsor on both sides and find out what would make this customer stay"},
    {"", 0, 60, "enterprise",
     "Prepare a business review with the decision makers: much revenue depends on it"},
    {"", 80, kAny, "startup", "Ask how the company grows, and show the plan that fits it next"},
};

bool applies(const Advice& advice, std::string_view subject, double score, const std::string& segment) {
    return advice.subject == subject && score >= advice.from && score < advice.below &&
           (advice.segment.empty() || advice.segment == segment);
}

void add(std::vector<std::string>& texts, std::string_view text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.emplace_back(text);
}

}  // namespace

std::vector<std::string> recommendations(const HealthScore& score, std::string_view segment) {
    const std::string folded = folded_segment(segment);
    std::vector<std::string> texts;
    const auto add_all = [&](std::string_view subject, double points) {
        for (const Advice& advice : kAdvice)
            if (applies(advice, subject, points, folded)) add(texts, advice.text);
    };
    for (const FactorScore& factor : score.factors)
        if (factor.score) add_all(factor.name, *factor.score);
    if (score.overall_score) {
        add_all("", *score.overall_score);
    } else {
        add(texts, "Connect the sources that know this customer: no factor has data yet");
    }
    return texts;
}

}  // namespace keepwell
