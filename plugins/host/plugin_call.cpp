#include "plugins/host/plugin_call.hpp"

#include <cmath>

#include "plugins/host/details_check.hpp"
#include "plugins/host/plugin_text.hpp"

namespace keepwell::plugins {
namespace {

constexpr std::size_t kTextBytes = 500;

std::optional<Trend> trend_of(std::int32_t trend) {
    switch (trend) {
        case KEEPWELL_TREND_IMPROVING:
            return Trend::kImproving;
        case KEEPWELL_TREND_STABLE:
            return Trend::kStable;
        case KEEPWELL_TREND_DECLINING:
            return Trend::kDeclining;
        default:
            return std::nullopt;
    }
}

}  // namespace

PluginCall::PluginCall(const FactorInput& input, const FactorNeeds& needs, bool wants_explanation)
    : input_(input, needs, wants_explanation, this) {
    result_.struct_size = sizeof result_;
}

const keepwell_host& PluginCall::host_table() {
    static const keepwell_host table{sizeof(keepwell_host), KEEPWELL_ABI_VERSION, KEEPWELL_VERSION,
                                     &PluginCall::set_details};
    return table;
}

std::int32_t PluginCall::set_details(void* call, const char* json, std::size_t size) {
    auto* self = static_cast<PluginCall*>(call);
    self->details_size_ = size;
    self->details_.clear();
    if (size > KEEPWELL_DETAILS_BYTES) return 1;
    self->details_.assign(json, size);
    return 0;
}

void PluginCall::run(const keepwell_factor& factor) {
    try {
        if (factor.score(factor.self, input_.table(), &result_) == 0) return;
        failure_ = readable(text_in(result_.error), kTextBytes);
        if (failure_.empty()) failure_ = "failed without a reason";
    } catch (const std::exception& failure) {
        failure_ = readable(failure.what(), kTextBytes);
    } catch (...) {
        failure_ = "threw something without a text";
    }
}

PluginCall::Answer PluginCall::answer() const {
    Answer answer;
    const auto fail = [&](std::string why) {
        answer.score = {};
        answer.score.error = why;
        answer.mistake = std::move(why);
        return answer;
    };
    if (!failure_.empty()) return fail(failure_);
    if (result_.has_score != 0) {
        if (!std::isfinite(result_.score)) return fail("answered a score that is no number");
        if (result_.score < 0 || result_.score > 100)
            return fail("answered the score " + readable(std::to_string(result_.score), 40) +
                        ", which is not from 0 to 100");
        answer.score.score = result_.score;
    }
    if (result_.has_value != 0) {
        if (!std::isfinite(result_.value)) return fail("answered a value that is no number");
        answer.score.value = result_.value;
    }
    answer.score.trend = trend_of(result_.trend);
    answer.score.description = readable(text_in(result_.description), kTextBytes);
    check_details(answer);
    return answer;
}

void PluginCall::check_details(Answer& answer) const {
    if (details_size_ > KEEPWELL_DETAILS_BYTES) {
        answer.mistake = "are " + std::to_string(details_size_) + " bytes long, more than 65536";
    } else if (details_size_ > 0) {
        answer.mistake = mistake_in_details(details_);
        if (answer.mistake.empty()) answer.score.details = details_;
    }
    if (answer.mistake.empty()) return;
    answer.mistake = "its details were dropped: they " + answer.mistake;
    answer.score.error = answer.mistake;
}

}  // namespace keepwell::plugins
