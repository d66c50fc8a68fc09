#include "keepwell_plugin.h"

const keepwell_plugin keepwell_plugin_v1 = {KEEPWELL_MAGIC, 12, KEEPWELL_ABI_VERSION, 0, "wrong_size", "1", 0};
