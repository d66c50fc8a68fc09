#include <stdlib.h>

#include "keepwell_plugin.h"

/* Must not be called: the numbers are wrong. */
static int32_t start(keepwell_start* start) {
    (void)start;
    abort();
}

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin) + 8, KEEPWELL_ABI_VERSION + 1, 0, "newer_abi", "9.0", start};
