#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "domain/factor_registry.hpp"
#include "domain/plugin.hpp"
#include "plugins/host/loaded_plugin.hpp"

namespace keepwell::plugins {

/// Loads plugins and enters their factors in the registry. A plugin that can't be used is a warning with its
/// reason, never an error of the program. Thread-safe once everything is loaded.
class PluginHost {
public:
    /// Loads every *.so of the folder, by name; nothing when `folder` is empty. Before anyone else uses the
    /// registry.
    PluginHost(FactorRegistry& registry, LoadedPlugin::Limits limits,
               const std::filesystem::path& folder = {});

    /// One more file. Says what became of it. Code of the file runs, so a crash in it is a crash of this
    /// process.
    Plugin load_file(const std::filesystem::path& file);

    /// All files that there were, in the order of loading.
    std::vector<Plugin> status() const;

private:
    void load_folder(const std::filesystem::path& folder);
    void enter(const std::shared_ptr<LoadedPlugin>& plugin);
    void refuse(const std::string& file, const std::string& reason);

    struct Entry {
        std::shared_ptr<LoadedPlugin> plugin;  ///< Null when it was refused.
        Plugin refused;
    };
    FactorRegistry& registry_;
    LoadedPlugin::Limits limits_;
    std::vector<Entry> entries_;
};

}  // namespace keepwell::plugins
