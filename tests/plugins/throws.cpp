#include "keepwell_plugin.hpp"

#include <stdexcept>

using namespace keepwell::sdk;

class Factor : public BaseHealthFactor {
public:
    std::string name() const override { return "throws"; }
    std::string summary() const override { return "Misbehaves"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override { throw std::runtime_error("out of order"); }
};

KEEPWELL_PLUGIN("throws", "1.0.0", Factor)
