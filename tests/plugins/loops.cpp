#include "keepwell_plugin.hpp"

#include <chrono>

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "loops"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        // Five seconds of work, which nobody can interrupt.
        volatile unsigned long turns = 0;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (std::chrono::steady_clock::now() < end) turns = turns + 1;
        return FactorScore::no_data("late");
    }
};

KEEPWELL_PLUGIN("loops", "1.0.0", Factor)
