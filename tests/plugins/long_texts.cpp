#include "keepwell_plugin.hpp"

using namespace keepwell::sdk;

/// Ten megabytes of details.
class Huge : public BaseHealthFactor {
public:
    std::string name() const override { return "huge_details"; }
    std::string summary() const override { return "Says too much"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        FactorScore result;
        result.score = 70;
        result.details.add("text", std::string(10'000'000, 'x'));
        return result;
    }
};

/// A description without end, with bytes that are no UTF-8.
class Garbled : public BaseHealthFactor {
public:
    std::string name() const override { return "garbled"; }
    std::string summary() const override { return "Says \xFF\n what nobody reads"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        FactorScore result;
        result.score = 70;
        result.description = "\xFF" + std::string(495, 'x') + "\xE2\x82\xAC and more";
        return result;
    }
};

/// Details that repeat what every factor has.
class Shadowing : public BaseHealthFactor {
public:
    std::string name() const override { return "shadowing"; }
    std::string summary() const override { return "Says it twice"; }
    FactorNeeds needs() const override { return {false, true, false, 30}; }
    FactorScore score(const Input&) const override {
        FactorScore result;
        result.score = 70;
        result.details.add("score", 100);
        return result;
    }
};

KEEPWELL_PLUGIN("long_texts", "1.0.0", Huge, Garbled, Shadowing)
