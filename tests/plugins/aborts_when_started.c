#include <stdlib.h>

#include "keepwell_plugin.h"

static int32_t start(keepwell_start* start) {
    (void)start;
    abort();
}

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "aborts_when_started", "1", start};
