#include "keepwell_plugin.h"

namespace {
struct Hang {
    Hang() {
        for (volatile unsigned long turns = 0;;) turns = turns + 1;
    }
} hang;
}  // namespace

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "hangs_when_loaded", "1", nullptr};
