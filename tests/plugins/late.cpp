#include "keepwell_plugin.hpp"

#include <chrono>

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "late"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(30);
        while (std::chrono::steady_clock::now() < end) {
        }
        FactorScore result;
        result.score = 60;
        return result;
    }
};

KEEPWELL_PLUGIN("late", "1.0.0", Factor)
