#include "keepwell_plugin.h"

static int32_t start(keepwell_start* start) {
    (void)start;
    return 0;
}

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "no_factors", "1", start};
