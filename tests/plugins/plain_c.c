/* A plugin without any C++. */
#include <stdio.h>
#include <string.h>

#include "keepwell_plugin.h"

static const keepwell_host* host;

/* Scores ten points for each custom attribute. */
static int32_t score(void* self, const keepwell_input* input, keepwell_result* result) {
    (void)self;
    if (input->customer == NULL) return 0;
    result->has_score = 1;
    result->score = 10.0 * (double)input->customer->custom.count;
    snprintf(result->description, sizeof result->description, "%.*s has %zu attributes",
             (int)input->customer->name.size, input->customer->name.data, input->customer->custom.count);
    for (size_t i = 0; i < input->customer->custom.count; ++i) {
        const keepwell_pair* pair = KEEPWELL_ITEM(keepwell_pair, input->customer->custom, i);
        char details[200];
        snprintf(details, sizeof details, "{\"last_attribute\":\"%s\"}", pair->name.data);
        if (host->set_details(input->call, details, strlen(details)) != 0) return 1;
    }
    return 0;
}

static const keepwell_factor attributes = {.struct_size = sizeof attributes,
                                           .needs = KEEPWELL_NEEDS_ACTIVITY,
                                           .window_days = 30,
                                           .name = "attributes",
                                           .summary = "How much is noted of a customer",
                                           .unit = "",
                                           .default_weight = 5,
                                           .score = score};
static const keepwell_factor* const factors[] = {&attributes};

static int32_t start(keepwell_start* start) {
    host = start->host;
    start->factors = factors;
    start->factor_count = 1;
    return 0;
}

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "plain_c", "0.1", start};
