#include <dlfcn.h>

#include <cstdlib>
#include <typeinfo>

namespace keepwell::api {
void record_throw(const std::type_info& type);  // api/throw_trace.cpp; <cxxabi.h> must not be seen here.
}  // namespace keepwell::api

// The runtime calls __cxa_throw for every throw; the real one is found behind it. An assembler name, because
// the compiler has a declaration of its own for the plain one.
extern "C" [[noreturn]] void keepwell_throw(void* thrown, std::type_info* type,
                                            void (*destructor)(void*)) __asm__("__cxa_throw");

extern "C" void keepwell_throw(void* thrown, std::type_info* type, void (*destructor)(void*)) {
    using Throw = void (*)(void*, std::type_info*, void (*)(void*));
    static const auto real = reinterpret_cast<Throw>(::dlsym(RTLD_NEXT, "__cxa_throw"));
    keepwell::api::record_throw(*type);
    real(thrown, type, destructor);
    std::abort();
}
