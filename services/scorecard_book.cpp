#include "services/scorecard_book.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <stdexcept>

#include "domain/error.hpp"

namespace keepwell {
namespace {

constexpr double kUsualApiCalls = 300;

/// A factor of the program's registry, in the registry of one card.
class Borrowed final : public BaseHealthFactor {
public:
    explicit Borrowed(const BaseHealthFactor& factor) : factor_(factor) {}

    std::string_view name() const override { return factor_.name(); }
    std::string_view summary() const override { return factor_.summary(); }
    double default_weight() const override { return factor_.default_weight(); }
    FactorNeeds needs() const override { return factor_.needs(); }
    std::string_view unit() const override { return factor_.unit(); }
    std::optional<double> score(const FactorInput& input) const override { return factor_.score(input); }
    std::optional<double> value(const FactorInput& input) const override { return factor_.value(input); }
    FactorScore explain(const FactorInput& input) const override { return factor_.explain(input); }

private:
    const BaseHealthFactor& factor_;
};

/// Takes the place of a factor that a card names and nobody provides.
class MissingFactor final : public BaseHealthFactor {
public:
    explicit MissingFactor(std::string name) : name_(std::move(name)) {}

    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return "A factor that is not there"; }
    double default_weight() const override { return 0; }
    /// Nobody knows. What it says keeps the card from being taken for one that scores rows alone.
    FactorNeeds needs() const override { return {.activity = true}; }
    std::optional<double> score(const FactorInput&) const override { return std::nullopt; }
    FactorScore explain(const FactorInput&) const override {
        throw std::runtime_error("the factor " + name_ +
                                 " is not there: put its plugin back, or take it off the scorecard");
    }

private:
    std::string name_;
};

bool knows_all(const FactorRegistry& factors, const Scorecard& card) {
    return std::all_of(card.factors.begin(), card.factors.end(),
                       [&](const ScorecardFactor& row) { return factors.find(row.factor) != nullptr; });
}

}  // namespace

const WeightedCalculator* Scorecards::find(std::string_view name) const {
    const auto found = calculators_.find(name);
    return found == calculators_.end() ? nullptr : found->second.get();
}

const WeightedCalculator& Scorecards::rows_of(const std::optional<std::string>& name) const {
    const WeightedCalculator* card = name ? find(*name) : nullptr;
    return card != nullptr && card->scores_rows() ? *card : rows();
}

bool Scorecards::scores_rows(const std::optional<std::string>& name) const {
    const WeightedCalculator* card = name ? find(*name) : nullptr;
    return card == nullptr || card->scores_rows();
}

double Scorecards::expected_api_calls(std::string_view folded_segment) const {
    auto found = expected_api_calls_.find(folded_segment);
    if (found == expected_api_calls_.end()) found = expected_api_calls_.find(kOtherSegment);
    return found == expected_api_calls_.end() ? kUsualApiCalls : found->second;
}

std::shared_ptr<const Scorecards> ScorecardBook::current(Repositories& in) {
    const std::int64_t revision = in.scorecards.revision();
    const std::lock_guard lock(mutex_);
    if (!cards_ || cards_->revision_ != revision) cards_ = read(in, revision);
    return cards_;
}

std::shared_ptr<const Scorecards> ScorecardBook::read(Repositories& in, std::int64_t revision) {
    auto cards = std::make_shared<Scorecards>();
    cards->revision_ = revision;
    for (const Scorecard& card : in.scorecards.list()) add(*cards, card);
    if (cards->find(metrics_scorecard().name) == nullptr) add(*cards, metrics_scorecard());
    if (cards->find(activity_scorecard().name) == nullptr) add(*cards, activity_scorecard());
    cards->rules_ = in.scorecards.rules();
    for (const Segment& segment : in.segments.list()) {
        cards->expected_api_calls_[folded_segment(segment.name)] =
            static_cast<double>(segment.expected_api_calls);
    }
    cards->rows_ = cards->find(metrics_scorecard().name);
    if (!cards->rows_->scores_rows()) {
        cards->shipped_rows_ = std::make_unique<WeightedCalculator>(factors_, metrics_scorecard());
        cards->rows_ = cards->shipped_rows_.get();
    }
    for (const auto& [name, calculator] : cards->calculators_) {
        cards->row_cards_ += calculator->scores_rows() ? 1 : 0;
        cards->window_days_ = std::max(cards->window_days_, calculator->needs().window_days);
    }
    return cards;
}

void ScorecardBook::add(Scorecards& cards, const Scorecard& card) {
    try {
        if (knows_all(factors_, card)) {
            cards.calculators_.emplace(card.name, std::make_unique<WeightedCalculator>(factors_, card));
            return;
        }
        auto factors = std::make_unique<FactorRegistry>();
        for (const ScorecardFactor& row : card.factors) {
            if (factors->find(row.factor) != nullptr) continue;  // Named twice: the calculator says so.
            if (const BaseHealthFactor* known = factors_.find(row.factor)) {
                factors->add(std::make_unique<Borrowed>(*known));
                continue;
            }
            warn_once("scorecard " + card.name + " names the factor " + row.factor +
                      ", which is not there: it counts as having no data");
            factors->add(std::make_unique<MissingFactor>(row.factor));
        }
        cards.calculators_.emplace(card.name, std::make_unique<WeightedCalculator>(*factors, card));
        cards.stand_ins_.push_back(std::move(factors));
    } catch (const Error& error) {
        std::string why = error.what();
        for (const FieldError& field : error.fields()) why += "; " + field.pointer + " " + field.message;
        warn_once(why);
    }
}

void ScorecardBook::warn_once(const std::string& message) {
    if (warned_.insert(message).second) spdlog::warn("{}", message);
}

}  // namespace keepwell
