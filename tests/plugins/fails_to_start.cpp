#include <stdexcept>

#include "keepwell_plugin.hpp"

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    Factor() { throw std::runtime_error("its licence has run out"); }
    std::string name() const override { return "fails_to_start"; }
    std::string summary() const override { return "Never starts"; }
    FactorNeeds needs() const override { return {}; }
    FactorScore score(const Input&) const override { return {}; }
};

KEEPWELL_PLUGIN("fails_to_start", "1.0.0", Factor)
