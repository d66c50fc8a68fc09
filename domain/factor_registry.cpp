#include "domain/factor_registry.hpp"

#include <string>

#include "domain/error.hpp"
#include "domain/factors/activity_factors.hpp"
#include "domain/factors/metrics_factors.hpp"

namespace keepwell {

void FactorRegistry::add(std::unique_ptr<BaseHealthFactor> factor) {
    if (find(factor->name()) != nullptr) {
        throw Error{ErrorCode::kConflict,
                    "a factor named " + std::string{factor->name()} + " exists already"};
    }
    factors_.push_back(std::move(factor));
}

const BaseHealthFactor* FactorRegistry::find(std::string_view name) const {
    for (const auto& factor : factors_) {
        if (factor->name() == name) return factor.get();
    }
    return nullptr;
}

FactorRegistry builtin_factors() {
    FactorRegistry registry;
    registry.add(factors::daily_active_users());
    registry.add(factors::feature_adoption_rate());
    registry.add(factors::support_tickets_open());
    registry.add(factors::nps());
    registry.add(factors::login_rate());
    registry.add(factors::api_usage());
    registry.add(factors::login_frequency());
    registry.add(factors::payment_timeliness());
    registry.add(factors::feature_adoption());
    registry.add(factors::support_tickets());
    return registry;
}

}  // namespace keepwell
