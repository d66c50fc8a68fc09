#include "keepwell_plugin.hpp"

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "counts"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        static int calls = 0;
        FactorScore result;
        result.score = ++calls % 100;
        return result;
    }
};

KEEPWELL_PLUGIN("counts", "1.0.0", Factor)
