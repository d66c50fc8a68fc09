#include <cmath>
#include <stdexcept>

#include "keepwell_plugin.h"

/// Misbehaves below the SDK, which would not let it.
namespace {

std::int32_t throws_exception(void*, const keepwell_input*, keepwell_result*) {
    throw std::runtime_error("across the boundary");
}
std::int32_t throws_number(void*, const keepwell_input*, keepwell_result*) {
    throw 42;
}
std::int32_t fails(void*, const keepwell_input*, keepwell_result*) {
    return 7;
}
std::int32_t answers(void* self, const keepwell_input*, keepwell_result* result) {
    result->has_score = 1;
    result->score = *static_cast<double*>(self);
    return 0;
}
std::int32_t answers_infinite_value(void*, const keepwell_input*, keepwell_result* result) {
    result->has_value = 1;
    result->value = INFINITY;
    return 0;
}
std::int32_t fills_the_buffer(void*, const keepwell_input*, keepwell_result* result) {
    for (char& letter : result->description) letter = 'x';
    result->trend = 99;
    return 0;
}

double not_a_number = NAN;
double billion = 1e9;
double negative = -0.001;

keepwell_factor factor(const char* name,
                       std::int32_t (*score)(void*, const keepwell_input*, keepwell_result*),
                       void* self = nullptr) {
    keepwell_factor row{};
    row.struct_size = sizeof row;
    row.needs = KEEPWELL_NEEDS_ACTIVITY;
    row.window_days = 30;
    row.name = name;
    row.summary = "Misbehaves";
    row.unit = "";
    row.default_weight = 10;
    row.self = self;
    row.score = score;
    return row;
}

const keepwell_factor factors[]{factor("throws_exception", throws_exception),
                                factor("throws_number", throws_number),
                                factor("fails", fails),
                                factor("answers_nan", answers, &not_a_number),
                                factor("answers_billion", answers, &billion),
                                factor("answers_negative", answers, &negative),
                                factor("answers_infinite_value", answers_infinite_value),
                                factor("fills_the_buffer", fills_the_buffer)};
const keepwell_factor* rows[]{&factors[0], &factors[1], &factors[2], &factors[3],
                              &factors[4], &factors[5], &factors[6], &factors[7]};

std::int32_t start(keepwell_start* start) {
    start->factors = rows;
    start->factor_count = 8;
    return 0;
}

}  // namespace

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "raw_table", "1", start};
