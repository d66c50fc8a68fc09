#include "plugins/host/plugin_host.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "domain/error.hpp"
#include "plugins/host/plugin_factor.hpp"
#include "plugins/host/plugin_file.hpp"

namespace keepwell::plugins {

PluginHost::PluginHost(FactorRegistry& registry, LoadedPlugin::Limits limits,
                       const std::filesystem::path& folder)
    : registry_(registry), limits_(limits) {
    if (!folder.empty()) load_folder(folder);
}

void PluginHost::load_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    try {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() == ".so") files.push_back(entry.path());
        }
    } catch (const std::filesystem::filesystem_error& failure) {
        spdlog::warn("PLUGIN_DIR: {} can't be read ({}): no plugins are loaded", folder.string(),
                     failure.code().message());
        return;
    }
    std::sort(files.begin(), files.end());
    const std::string objection = objection_to_folder(folder);
    for (const std::filesystem::path& file : files) {
        if (objection.empty()) {
            load_file(file);
        } else {
            refuse(file.filename().string(), objection);
        }
    }
}

Plugin PluginHost::load_file(const std::filesystem::path& file) {
    std::shared_ptr<LoadedPlugin> plugin;
    try {
        plugin = std::make_shared<LoadedPlugin>(file, limits_);
        enter(plugin);
    } catch (const std::exception& failure) {
        refuse(file.filename().string(), failure.what());
        if (plugin) {
            Plugin& refused = entries_.back().refused;
            refused.name = plugin->name();
            refused.version = plugin->version();
        }
        return entries_.back().refused;
    }
    entries_.push_back({.plugin = plugin, .refused = {}});
    Plugin loaded = plugin->status();
    std::string names;
    for (const std::string& name : loaded.factors) names += (names.empty() ? "" : ", ") + name;
    spdlog::info("plugin {} loaded: {} {} with {}", loaded.file, loaded.name, loaded.version, names);
    return loaded;
}

/// All factors of a plugin or none.
void PluginHost::enter(const std::shared_ptr<LoadedPlugin>& plugin) {
    std::vector<std::unique_ptr<BaseHealthFactor>> factors;
    for (const keepwell_factor& row : plugin->factors()) {
        auto factor = std::make_unique<PluginFactor>(plugin, row);
        const auto has_its_name = [&](const auto& other) { return other->name() == factor->name(); };
        if (registry_.find(factor->name()) != nullptr ||
            std::any_of(factors.begin(), factors.end(), has_its_name)) {
            throw Error{ErrorCode::kConflict, "has a factor " + std::string{factor->name()} +
                                                  ", and there is one of that name already"};
        }
        factors.push_back(std::move(factor));
    }
    for (auto& factor : factors) registry_.add(std::move(factor));
}

void PluginHost::refuse(const std::string& file, const std::string& reason) {
    spdlog::warn("plugin {} refused: it {}", file, reason);
    Plugin refused;
    refused.file = file;
    refused.status = PluginStatus::kRefused;
    refused.reason = reason;
    entries_.push_back({.plugin = nullptr, .refused = std::move(refused)});
}

std::vector<Plugin> PluginHost::status() const {
    std::vector<Plugin> all;
    for (const Entry& entry : entries_) all.push_back(entry.plugin ? entry.plugin->status() : entry.refused);
    return all;
}

}  // namespace keepwell::plugins
