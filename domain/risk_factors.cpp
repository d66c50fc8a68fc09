#include "domain/risk_factors.hpp"

namespace keepwell {

std::vector<std::string> risk_factors(std::optional<double> health_score, const DailyMetrics* latest) {
    std::vector<std::string> risks;
    if (health_score && *health_score < 40) {
        risks.emplace_back("Critical health score");
    } else if (health_score && *health_score < 70) {
        risks.emplace_back("Below target health score");
    }
    if (latest == nullptr) return risks;
    if (latest->support_tickets_open > 5) risks.emplace_back("High support ticket volume");
    if (latest->feature_adoption_rate < 0.3) risks.emplace_back("Low feature adoption");
    if (latest->daily_active_users < 10) risks.emplace_back("Low user engagement");
    if (latest->nps_score && *latest->nps_score < 0) risks.emplace_back("Negative NPS score");
    if (latest->login_frequency < 0.3) risks.emplace_back("Infrequent logins");
    return risks;
}

}  // namespace keepwell
