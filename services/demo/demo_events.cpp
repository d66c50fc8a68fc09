#include "services/demo/demo_events.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace keepwell {
namespace {

using namespace std::chrono_literals;

constexpr double kSeasonDays = 84;
/// The season's low is here, so that a month that is looked back on lies around it.
constexpr double kLowDaysAgo = 15;
constexpr std::int64_t kStormDays = 14;
constexpr std::int64_t kDeteriorationDays = 75;

/// Few people work at the weekend; 7 in a week. Monday is 0.
constexpr std::array<double, 7> kByWeekday{1.2, 1.25, 1.25, 1.2, 1.1, 0.55, 0.45};

constexpr std::array<const char*, 18> kPeople{
    "Aiko Tanaka",      "Ben Okafor",   "Carla Núñez",   "David Weiss",  "Elif Demir",   "Farid Haddad",
    "Grace Kim",        "Hugo Moreau",  "Ines Carvalho", "Jonas Berg",   "Kavya Rao",    "Liam Byrne",
    "Małgorzata Nowak", "Noah Adeyemi", "Olivia Chen",   "Pavel Dvořák", "Rosa Bianchi", "Sofia Lind",
};
constexpr std::array<const char*, 7> kEndpoints{"/v1/orders",  "/v1/customers", "/v1/invoices",
                                                "/v1/reports", "/v1/webhooks",  "/v1/search",
                                                "/v1/exports"};
constexpr std::array<const char*, 10> kFeatures{"dashboards", "search",      "exports",  "comments",
                                                "alerts",     "automations", "api_keys", "custom_fields",
                                                "forecasts",  "audit_log"};
/// The features from here on are advanced ones.
constexpr std::size_t kFirstAdvanced = 5;
constexpr std::array<const char*, 5> kPages{"/home", "/reports", "/projects", "/settings", "/billing"};
constexpr std::array<const char*, 4> kTicketTypes{"bug", "question", "billing", "integration"};

/// −1 at the season's low to 1.
double season(double days_ago) {
    const double phase = std::fmod(days_ago - kLowDaysAgo + kSeasonDays, kSeasonDays) / kSeasonDays;
    return 1 - 4 * std::abs(phase - 0.5);
}

/// An event with its attributes, as values and as the JSON that a client would have sent.
class EventMaker {
public:
    EventMaker(std::string_view type, Timestamp at) {
        event_.type = type;
        event_.occurred_at = at;
        event_.received_at = at;
        event_.data = "{";
    }

    /// `value` needs no escaping.
    EventMaker& text(const char* name, std::string value) {
        member(name).append("\"").append(value).append("\"");
        event_.attributes.emplace(name, std::move(value));
        return *this;
    }
    EventMaker& number(const char* name, std::int64_t value) {
        member(name).append(std::to_string(value));
        event_.attributes.emplace(name, static_cast<double>(value));
        return *this;
    }
    EventMaker& flag(const char* name, bool value) {
        member(name).append(value ? "true" : "false");
        event_.attributes.emplace(name, value);
        return *this;
    }
    CustomerEvent take() {
        event_.data += '}';
        return std::move(event_);
    }

private:
    std::string& member(const char* name) {
        if (event_.data.size() > 1) event_.data += ',';
        return event_.data.append("\"").append(name).append("\":");
    }

    CustomerEvent event_;
};

/// Walks through the days of one customer.
class EventWriter {
public:
    EventWriter(const DemoEventCourse& course, DemoRandom random, Date first_day, Date last_day)
        : course_(course),
          random_(random),
          first_day_(course.days_old < 0
                         ? first_day
                         : std::max(first_day, last_day - std::chrono::days{course.days_old})),
          last_day_(last_day),
          invoice_day_(static_cast<std::int64_t>(random_.between(3, 18))) {}

    std::vector<CustomerEvent> write() {
        for (day_ = first_day_; day_ <= last_day_; day_ += std::chrono::days{1}) {
            days_ago_ = (last_day_ - day_).count();
            usage_ = kByWeekday[std::chrono::weekday{day_}.iso_encoding() - 1] *
                     (1 + course_.swing * season(static_cast<double>(days_ago_)));
            api_calls();
            logins();
            feature_uses();
            support_tickets();
            nps_response();
            payment();
            if (course_.mrr_before > 0 && days_ago_ == course_.mrr_changed) {
                add(at("subscription_change")
                        .text("plan", std::string{course_.plan})
                        .number("mrr", course_.mrr)
                        .text("status", "upgraded"));
            }
        }
        std::stable_sort(events_.begin(), events_.end(), [](const auto& left, const auto& right) {
            return left.occurred_at < right.occurred_at;
        });
        return std::move(events_);
    }

private:
    double now(const DemoTrack& track) const { return track.at(static_cast<double>(days_ago_)); }
    /// About as many, whole ones, and 0 where 0 are expected.
    std::int64_t about(double expected) {
        if (expected <= 0) return 0;
        const double share = random_.between(0.8, 1.2);
        return static_cast<std::int64_t>(expected * share + random_.unit());
    }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(random_.next() % static_cast<std::uint64_t>(high - low + 1));
    }
    template <std::size_t Size>
    std::string any(const std::array<const char*, Size>& of, std::size_t among = Size) {
        return of[random_.next() % std::clamp<std::size_t>(among, 1, Size)];
    }
    /// Some moment of the working day.
    EventMaker at(std::string_view type) {
        return {type, day_ + std::chrono::seconds{between(7 * 3'600, 18 * 3'600)}};
    }
    void add(EventMaker& event) { events_.push_back(event.take()); }

    void api_calls() {
        const std::int64_t calls = about(course_.expected_calls / 30 * now(course_.calls) * usage_);
        const std::size_t endpoints = 1 + static_cast<std::size_t>(now(course_.features));
        for (std::int64_t call = 0; call < calls; ++call) {
            const bool fails = random_.chance(now(course_.failures));
            EventMaker event = at("api_call");
            add(event.text("endpoint", any(kEndpoints, endpoints))
                    .text("method", random_.chance(0.7) ? "GET" : "POST")
                    .number("status_code", fails ? 503 : 200)
                    .number("response_time", between(20, fails ? 5'000 : 400)));
        }
    }

    std::string person() {
        const bool has_champion = course_.champion_left < 0 || days_ago_ > course_.champion_left;
        if (has_champion && random_.chance(course_.champion_share)) return kPeople.front();
        return kPeople[static_cast<std::size_t>(between(1, course_.people - 1))];
    }

    void logins() {
        const std::int64_t logins = about(now(course_.logins) / 30 * usage_);
        for (std::int64_t login = 0; login < logins; ++login) {
            const std::string who = person();
            const Timestamp began = day_ + std::chrono::seconds{between(7 * 3'600, 17 * 3'600)};
            const std::int64_t seconds = between(420, 2'700);
            add(EventMaker{"login", began}
                    .text("ip_address", "203.0.113." + std::to_string(between(1, 254)))
                    .text("user", who)
                    .number("session_duration", seconds));
            const std::int64_t views = between(1, 3);
            for (std::int64_t view = 0; view < views; ++view)
                add(EventMaker{"page_view", began + std::chrono::seconds{between(1, seconds)}}.text(
                    "path", any(kPages)));
            if (random_.chance(0.6))
                add(EventMaker{"logout", began + std::chrono::seconds{seconds}}.text("user", who));
        }
    }

    void feature_uses() {
        const double features = now(course_.features);
        if (features < 0.5) return;
        const std::int64_t uses = about(features * 0.3 * usage_);
        for (std::int64_t use = 0; use < uses; ++use) {
            const auto among = static_cast<std::size_t>(features + 0.5);
            const std::size_t feature = random_.next() % std::clamp<std::size_t>(among, 1, kFeatures.size());
            EventMaker event = at("feature_use");
            add(event.text("feature_name", kFeatures[feature])
                    .number("usage_duration", between(20, 900))
                    .flag("advanced", feature >= kFirstAdvanced));
        }
    }

    void support_tickets() {
        const std::int64_t opened = static_cast<std::int64_t>(now(course_.tickets) / 30 + random_.unit());
        for (std::int64_t ticket = 0; ticket < opened; ++ticket) {
            const std::string id = "T-" + std::to_string(++tickets_);
            const bool is_storm = course_.leaves_tickets_open && days_ago_ <= kStormDays;
            const char* priority = is_storm && tickets_ % 3 == 0 ? "urgent" : is_storm ? "high" : "medium";
            if (!is_storm && random_.chance(0.4)) priority = "low";
            const Timestamp began = day_ + std::chrono::seconds{between(7 * 3'600, 18 * 3'600)};
            const std::string type = any(kTicketTypes);
            add(EventMaker{"support_ticket", began}
                    .text("ticket_id", id)
                    .text("priority", priority)
                    .text("status", "open")
                    .text("ticket_type", type));
            const auto took = std::chrono::seconds{between(2 * 3'600, 60 * 3'600)};
            if (is_storm || day_of(began + took) > last_day_) continue;
            add(EventMaker{"support_ticket", began + took}
                    .text("ticket_id", id)
                    .text("priority", priority)
                    .text("status", "resolved")
                    .number("resolution_time", took.count())
                    .number("satisfaction", std::clamp<std::int64_t>(about(now(course_.nps) / 2), 1, 5)));
        }
    }

    void nps_response() {
        if (days_ago_ % 30 != invoice_day_ || now(course_.logins) < 1) return;
        EventMaker event = at("nps_response");
        add(event.number("score", std::clamp<std::int64_t>(
                                      static_cast<std::int64_t>(now(course_.nps) + random_.unit()), 0, 10)));
    }

    /// An invoice each month.
    void payment() {
        if (days_ago_ % 30 != invoice_day_) return;
        const bool is_before = course_.mrr_before > 0 && days_ago_ > course_.mrr_changed;
        EventMaker event = at("payment");
        event.number("amount", is_before ? course_.mrr_before : course_.mrr)
            .text("currency", "USD")
            .text("payment_method", course_.mrr > 5'000 ? "invoice" : "card");
        const bool is_first = days_ago_ >= 60;
        switch (course_.payments) {
            case DemoPaymentHabit::kPunctual:
                add(event.text("status", "paid_on_time").number("outstanding_balance", 0));
                return;
            case DemoPaymentHabit::kLate:
                if (is_first) {
                    add(event.text("status", "paid_on_time"));
                } else {
                    add(event.text("status", "paid_late").number("days_late", between(4, 12)));
                }
                return;
            case DemoPaymentHabit::kVeryLate:
                if (is_first) {
                    add(event.text("status", "failed").number("outstanding_balance", course_.mrr / 4));
                } else {
                    add(event.text("status", "paid_late").number("days_late", between(15, 29)));
                }
                return;
            case DemoPaymentHabit::kDeteriorates:
                if (days_ago_ > kDeteriorationDays) {
                    add(event.text("status", "paid_on_time"));
                } else if (is_first) {
                    add(event.text("status", "paid_late").number("days_late", 12));
                } else if (days_ago_ >= 30) {
                    add(event.text("status", "failed").number("outstanding_balance", course_.mrr));
                } else {
                    add(event.text("status", "overdue").number("outstanding_balance", 2 * course_.mrr));
                }
                return;
        }
    }

    const DemoEventCourse& course_;
    DemoRandom random_;
    Date first_day_;
    Date last_day_;
    Date day_{};
    std::int64_t days_ago_ = 0;
    std::int64_t invoice_day_;  ///< Days ago of the newest invoice; one every 30 days before.
    double usage_ = 1;          ///< Of today against an ordinary day.
    std::int64_t tickets_ = 0;
    std::vector<CustomerEvent> events_;
};

}  // namespace

std::vector<CustomerEvent> demo_events(const DemoEventCourse& course, DemoRandom random, Date first_day,
                                       Date last_day) {
    return EventWriter{course, random, first_day, last_day}.write();
}

}  // namespace keepwell
