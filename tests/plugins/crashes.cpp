#include "keepwell_plugin.hpp"

#include <csignal>

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "crashes"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        std::raise(SIGSEGV);
        return FactorScore::no_data("never reached");
    }
};

KEEPWELL_PLUGIN("crashes", "1.0.0", Factor)
