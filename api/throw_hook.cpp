#include <dlfcn.h>

#include <cstdlib>
#include <typeinfo>

namespace keepwell::api {
void record_throw(const std::type_info& type);  // api/throw_trace.cpp; <cxxabi.h> must not be seen here.
}  // namespace keepwell::api

// The runtime calls this for every throw; the real one is found behind it.
extern "C" [[noreturn]] void __cxa_throw(void* thrown, std::type_info* type, void (*destructor)(void*)) {
    using Throw = void (*)(void*, std::type_info*, void (*)(void*));
    static const auto real = reinterpret_cast<Throw>(::dlsym(RTLD_NEXT, "__cxa_throw"));
    keepwell::api::record_throw(*type);
    real(thrown, type, destructor);
    std::abort();
}
