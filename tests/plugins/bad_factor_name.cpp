#include "keepwell_plugin.hpp"

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "Bad Name"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override { return FactorScore::no_data("never asked"); }
};

KEEPWELL_PLUGIN("bad_factor_name", "1.0.0", Factor)
