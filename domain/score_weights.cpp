#include "domain/score_weights.hpp"

namespace keepwell {

double counted_weight(const HealthScore& score) {
    if (!score.raw_score) return 0;
    double with_data = 0;
    const FactorScore* strongest = nullptr;
    for (const FactorScore& factor : score.factors) {
        if (!factor.score) continue;
        with_data += factor.weight;
        if (strongest == nullptr || factor.contribution > strongest->contribution) strongest = &factor;
    }
    // What a stand-in for missing data weighs is not stored; any factor's contribution tells it.
    if (strongest == nullptr || strongest->contribution <= 0) return with_data;
    return *strongest->score * strongest->weight / strongest->contribution;
}

std::string label_of(std::string_view factor) {
    std::string label{factor};
    for (char& letter : label)
        if (letter == '_') letter = ' ';
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
        label[0] = static_cast<char>(label[0] - 'a' + 'A');
    return label;
}

}  // namespace keepwell
