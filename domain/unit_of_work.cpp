#include "domain/unit_of_work.hpp"

namespace keepwell {

DatabaseUse& database_use() {
    thread_local DatabaseUse use;
    return use;
}

}  // namespace keepwell
