#include <stdexcept>

#include "keepwell_plugin.h"

namespace {
struct Boom {
    Boom() { throw std::runtime_error("while it is loaded"); }
} boom;
}  // namespace

const keepwell_plugin keepwell_plugin_v1 = {
    KEEPWELL_MAGIC, sizeof(keepwell_plugin), KEEPWELL_ABI_VERSION, 0, "crashes_when_loaded", "1", nullptr};
