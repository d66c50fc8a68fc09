include(${CMAKE_CURRENT_LIST_DIR}/keepwell-sdk-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/keepwell_add_plugin.cmake)
