#include "services/demo/demo_event_portfolio.hpp"

#include <string>

#include "domain/error.hpp"
#include "services/demo/company_names.hpp"
#include "services/demo/demo_events.hpp"

namespace keepwell {
namespace {

/// Streams of the generator that no account uses.
constexpr std::uint64_t kFirstStream = 1ULL << 40;

/// The letters and digits of ASCII, words joined by hyphens, and the number, for not every name has any.
std::string mail_domain(std::string_view name, std::int64_t number) {
    std::string domain;
    for (const char letter : name) {
        const bool is_upper = letter >= 'A' && letter <= 'Z';
        const bool is_other = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_upper || is_other) domain += is_upper ? static_cast<char>(letter - 'A' + 'a') : letter;
        if (letter == ' ' && !domain.empty() && domain.back() != '-') domain += '-';
    }
    if (!domain.empty() && domain.back() != '-') domain += '-';
    return domain + std::to_string(number) + ".example";
}

}  // namespace

DemoEventPortfolio::DemoEventPortfolio(std::uint64_t seed, std::int64_t customers,
                                       const DemoPortfolio& accounts)
    : seed_(seed), customers_(customers), accounts_(accounts) {
    if (customers < 0 || customers > kMaximumCustomers) {
        throw Error{ErrorCode::kInvalid, "no demo customers can be made; event-customers must be from 0 to " +
                                             std::to_string(kMaximumCustomers)};
    }
}

DemoEventPortfolio::Drawn DemoEventPortfolio::draw(std::int64_t number) const {
    DemoRandom random{seed_, kFirstStream + static_cast<std::uint64_t>(number)};
    const DemoEventCourse course = demo_event_course(demo_event_story(number), number, random);
    return {course, random};
}

std::optional<DemoAccount> DemoEventPortfolio::account(std::int64_t number) const {
    const bool is_shared = number % 5 == 3 && number < accounts_.customers();
    if (!is_shared || demo_event_story(number) != DemoEventStory::kOrdinary) return std::nullopt;
    DemoAccount account = accounts_.account(number);
    if (account.story != DemoStory::kOrdinary) return std::nullopt;
    return account;
}

DemoEventCustomer DemoEventPortfolio::customer(std::int64_t number) const {
    const DemoEventCourse course = draw(number).course;
    DemoEventCustomer customer{.attributes = {}, .story = demo_event_story(number)};
    CustomerChange& attributes = customer.attributes;
    if (const auto account = this->account(number)) {
        // What the account is and pays is said by its rows.
        customer.is_account = true;
        attributes.name = account->attributes.name;
    } else {
        const CompanyName company =
            company_name(seed_, (accounts_.customers() + number) % company_name_count());
        attributes.name = company.name;
        attributes.segment = std::string{course.segment};
        attributes.region = std::string{company.region};
        attributes.mrr = Money{course.mrr * 100};
    }
    attributes.company = attributes.name;
    attributes.email = "office@" + mail_domain(*attributes.name, number);
    attributes.plan = std::string{course.plan};
    attributes.external_id = "crm-" + std::to_string(10'000 + number);
    attributes.signup_date = course.days_old >= 0 ? last_day() - std::chrono::days{course.days_old}
                                                  : first_day() - std::chrono::days{30 + (number * 97) % 900};
    if (course.mrr_before > 0 && !customer.is_account) {
        customer.mrr_before = Money{course.mrr_before * 100};
        customer.mrr_since = last_day() - std::chrono::days{course.mrr_changed};
    }
    return customer;
}

std::vector<CustomerEvent> DemoEventPortfolio::events(std::int64_t number) const {
    const Drawn drawn = draw(number);
    return demo_events(drawn.course, drawn.random, first_day(), last_day());
}

}  // namespace keepwell
