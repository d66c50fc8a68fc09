/* What is under the name is no table. */
__attribute__((visibility("default"))) const unsigned keepwell_plugin_v1 = 0x4b57504cu;
