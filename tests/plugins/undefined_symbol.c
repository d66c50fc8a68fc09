#include "keepwell_plugin.h"

int not_there(void);

static int32_t start(keepwell_start* start) {
    (void)start;
    return not_there();
}

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "undefined_symbol", "1", start};
