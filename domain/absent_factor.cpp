#include "domain/absent_factor.hpp"

namespace keepwell {
namespace {

class AbsentFactor final : public BaseHealthFactor {
public:
    explicit AbsentFactor(std::string name) : name_(std::move(name)) {}

    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return "Not there: no plugin that is loaded brings it"; }
    double default_weight() const override { return 1; }
    FactorNeeds needs() const override { return {.window_days = 1}; }
    std::optional<double> score(const FactorInput&) const override { return std::nullopt; }
    FactorScore explain(const FactorInput&) const override {
        FactorScore result;
        result.error = "no plugin that is loaded brings this factor";
        return result;
    }

private:
    std::string name_;
};

}  // namespace

std::unique_ptr<BaseHealthFactor> absent_factor(std::string name) {
    return std::make_unique<AbsentFactor>(std::move(name));
}

}  // namespace keepwell
