# The libraries as Debian 12 packages them; what is missing here is installed by scripts/setup.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(PISTACHE REQUIRED IMPORTED_TARGET libpistache)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
find_package(spdlog CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)

# SOCI ships neither a CMake package nor a .pc file in Debian.
foreach(part core postgresql sqlite3)
  find_library(SOCI_${part}_LIBRARY soci_${part} REQUIRED)
endforeach()
add_library(keepwell_soci INTERFACE)
target_link_libraries(keepwell_soci INTERFACE ${SOCI_core_LIBRARY} ${SOCI_postgresql_LIBRARY}
                      ${SOCI_sqlite3_LIBRARY} PostgreSQL::PostgreSQL SQLite::SQLite3)
