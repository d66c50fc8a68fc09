#include "api/throw_trace.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "api/edge/refused.hpp"
#include "domain/error.hpp"
#include "services/job_worker.hpp"

namespace keepwell::api {
namespace {

constexpr int kMaximumFrames = 40;

struct Trace {
    std::array<void*, kMaximumFrames> frames{};
    int count = 0;
};
thread_local Trace last_trace;

std::string symbol(const char* text) {
    // "binary(mangled+0x1f) [0x55…]": only the name is worth reading.
    const std::string line = text;
    const std::size_t open = line.find('(');
    const std::size_t plus = line.find('+', open);
    if (open == std::string::npos || plus == std::string::npos || plus == open + 1) return line;
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name{
        abi::__cxa_demangle(line.substr(open + 1, plus - open - 1).c_str(), nullptr, nullptr, &status),
        std::free};
    return status == 0 ? std::string{name.get()} : line;
}

}  // namespace

std::vector<std::string> last_throw_trace() {
    std::vector<std::string> lines;
    if (last_trace.count == 0) return lines;
    const std::unique_ptr<char*, void (*)(void*)> symbols{
        ::backtrace_symbols(last_trace.frames.data(), last_trace.count), std::free};
    if (!symbols) return lines;
    for (int i = 1; i < last_trace.count; ++i) lines.push_back(symbol(symbols.get()[i]));
    return lines;
}

void forget_throw_trace() {
    last_trace.count = 0;
}

void record_throw(const std::type_info& type) {
    if (type == typeid(Error) || type == typeid(JobInterrupted) || type == typeid(Refused)) return;
    last_trace.count = ::backtrace(last_trace.frames.data(), kMaximumFrames);
}

}  // namespace keepwell::api
