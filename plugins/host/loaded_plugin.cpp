#include "plugins/host/loaded_plugin.hpp"

#include <dlfcn.h>
#include <link.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <memory>

#include "domain/error.hpp"
#include "plugins/host/load_trial.hpp"
#include "plugins/host/plugin_call.hpp"
#include "plugins/host/plugin_file.hpp"
#include "plugins/host/plugin_text.hpp"

namespace keepwell::plugins {
namespace {

constexpr const char* kSymbol = "keepwell_plugin_v1";
/// For the linker, on a busy machine, before the plugin's own time begins.
constexpr std::chrono::seconds kLoading{5};
constexpr std::size_t kMaximumFactors = 100;
constexpr std::size_t kVersionBytes = 64;
/// Tables may grow, but not to any size: a larger one is no table.
constexpr std::uint32_t kMaximumTable = 65536;

[[noreturn]] void refuse(const std::string& why) {
    throw Error{ErrorCode::kInvalid, why};
}

std::string link_error() {
    const char* text = ::dlerror();
    return text == nullptr ? "for no known reason" : readable(text, 500);
}

/// What the caller of a plugin's start shares with the thread that it runs on.
struct Start {
    keepwell_start table{};
    int code = 0;
    std::string thrown{};
};

/// The first errors, then ever fewer, so that a plugin that always fails does not fill the log.
bool is_worth_a_line(std::int64_t errors) {
    while (errors > 1 && errors % 10 == 0) errors /= 10;
    return errors == 1;
}

}  // namespace

LoadedPlugin::LoadedPlugin(const std::filesystem::path& file, Limits limits)
    : limits_(limits), file_(file.filename().string()) {
    if (const std::string objection = objection_to_file(file); !objection.empty()) refuse(objection);
    const auto try_it = [&] {
        try {
            open(file);
            keepwell_start table{};
            table.struct_size = sizeof table;
            table.host = &PluginCall::host_table();
            table_.start(&table);
        } catch (const Error&) {  // NOLINT(bugprone-empty-catch): it will be found again, with its text.
        }
    };
    if (const std::string objection = objection_after_trial(try_it, patience() + kLoading);
        !objection.empty())
        refuse(objection);
    open(file);
    start();
}

void LoadedPlugin::open(const std::filesystem::path& file) {
    // An absolute path, or dlopen() would search for a name without a slash elsewhere.
    void* handle = ::dlopen(std::filesystem::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) refuse("can't be linked: " + link_error());
    const void* symbol = ::dlsym(handle, kSymbol);
    if (symbol == nullptr)
        refuse(std::string{"has no "} + kSymbol + ": it is no plugin of Keepwell, or lacks KEEPWELL_PLUGIN");
    Dl_info object{};
    ElfW(Sym)* entry = nullptr;
    const bool is_known = ::dladdr1(symbol, &object, reinterpret_cast<void**>(&entry), RTLD_DL_SYMENT) != 0;
    if (is_known && entry != nullptr &&
        (ELF64_ST_TYPE(entry->st_info) != STT_OBJECT || entry->st_size < sizeof table_))
        refuse(std::string{"has a "} + kSymbol + " that is no table of this version's size");
    std::memcpy(&table_, symbol, sizeof table_);
    if (table_.magic != KEEPWELL_MAGIC)
        refuse(std::string{"has a "} + kSymbol + " that is no table of a plugin");
    if (table_.abi_version > KEEPWELL_ABI_VERSION) {
        refuse("was built for version " + std::to_string(table_.abi_version) +
               " of the plugin interface; this program knows version " +
               std::to_string(KEEPWELL_ABI_VERSION) + ": build it with this program's SDK, or upgrade");
    }
    if (table_.abi_version == 0 || table_.struct_size < sizeof table_ || table_.struct_size > kMaximumTable)
        refuse("has a table of " + std::to_string(table_.struct_size) + " bytes, which is no valid size");
    if (table_.name == nullptr || !is_name(table_.name))
        refuse("has a name that is not made of a-z, 0-9 and _ (64 at most, a letter first)");
    if (table_.version == nullptr || table_.start == nullptr) refuse("has no version or no start");
    name_ = table_.name;
    version_ = readable(table_.version, kVersionBytes);
}

void LoadedPlugin::start() {
    const auto started = std::make_shared<Start>();
    started->table.struct_size = sizeof started->table;
    started->table.host = &PluginCall::host_table();
    const bool came_back = threads_.run(
        [started, call = table_.start] {
            try {
                started->code = call(&started->table);
            } catch (const std::exception& failure) {
                started->thrown = failure.what();
                started->code = 1;
            } catch (...) {
                started->code = 1;
            }
        },
        patience());
    if (!came_back) refuse("did not start within " + std::to_string(patience().count()) + " ms");
    const keepwell_start& table = started->table;
    if (started->code != 0) {
        const std::string why = started->thrown.empty() ? std::string{text_in(table.error)} : started->thrown;
        refuse("failed to start: " + (why.empty() ? "it gave no reason" : readable(why, 500)));
    }
    if (table.factors == nullptr || table.factor_count == 0) refuse("has no factors");
    if (table.factor_count > kMaximumFactors) refuse("has more than 100 factors");
    for (std::size_t i = 0; i < table.factor_count; ++i) {
        const keepwell_factor* factor = table.factors[i];
        if (factor == nullptr || factor->struct_size < sizeof(keepwell_factor) ||
            factor->struct_size > kMaximumTable)
            refuse("describes factor " + std::to_string(i + 1) + " in a table of no valid size");
        factors_.push_back(*factor);
    }
}

std::optional<std::chrono::nanoseconds> LoadedPlugin::run(std::function<void()> call) {
    const auto begin = std::chrono::steady_clock::now();
    if (!threads_.run(std::move(call), patience())) {
        ++errors_;
        disable("a call did not come back within " + std::to_string(patience().count()) + " ms");
        return std::nullopt;
    }
    return std::chrono::steady_clock::now() - begin;
}

std::string LoadedPlugin::objection_to(std::chrono::nanoseconds took) const {
    if (took <= limits_.time) return {};
    return "took " + std::to_string(std::chrono::round<std::chrono::milliseconds>(took).count()) +
           " ms, more than " + std::to_string(limits_.time.count());
}

void LoadedPlugin::note_error(std::string_view factor, const std::string& mistake) {
    const std::int64_t errors = ++errors_;
    // Without the mistake's text, which may name customers; the factor's score has it.
    if (is_worth_a_line(errors)) spdlog::warn("plugin {}: {} failed, error {}", file_, factor, errors);
    if (++errors_in_a_row_ >= limits_.errors_in_a_row) {
        disable(std::to_string(limits_.errors_in_a_row) +
                " errors in a row, the last: " + std::string{factor} + ": " + mistake);
    }
}

void LoadedPlugin::disable(const std::string& reason) {
    {
        const std::lock_guard lock(mutex_);
        if (disabled_) return;
        reason_ = reason;
        disabled_ = true;
    }
    spdlog::error("plugin {} is disabled until the next start; GET /api/plugins says why", file_);
}

std::string LoadedPlugin::reason() const {
    const std::lock_guard lock(mutex_);
    return reason_;
}

Plugin LoadedPlugin::status() const {
    Plugin plugin{.file = file_,
                  .name = name_,
                  .version = version_,
                  .status = is_disabled() ? PluginStatus::kDisabled : PluginStatus::kLoaded,
                  .reason = reason(),
                  .factors = {},
                  .errors = errors_};
    for (const keepwell_factor& factor : factors_) plugin.factors.emplace_back(factor.name);
    return plugin;
}

}  // namespace keepwell::plugins
