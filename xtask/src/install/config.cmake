# find_package(ws2_32): the target ws2_32::ws2_32, and the names that programs for Windows link.
#
# target_link_libraries(program ws2_32) works as well: a target of that name leads to ws2_32::ws2_32, and so do the
# other import libraries. ws2_32::static is the archive.

get_filename_component(_ws2_32_library "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
get_filename_component(_ws2_32_include "${_ws2_32_library}/../include/ws2_32" ABSOLUTE)

find_package(Threads REQUIRED)

if(NOT TARGET ws2_32::static)
    add_library(ws2_32::static STATIC IMPORTED)
    set_target_properties(ws2_32::static PROPERTIES
        IMPORTED_LOCATION "${_ws2_32_library}/libws2_32.a"
        INTERFACE_INCLUDE_DIRECTORIES "${_ws2_32_include}"
        INTERFACE_LINK_LIBRARIES "Threads::Threads;${CMAKE_DL_LIBS};m")
endif()

if(NOT TARGET ws2_32::shared AND EXISTS "${_ws2_32_library}/libws2_32.so")
    add_library(ws2_32::shared SHARED IMPORTED)
    set_target_properties(ws2_32::shared PROPERTIES
        IMPORTED_LOCATION "${_ws2_32_library}/libws2_32.so"
        IMPORTED_NO_SONAME TRUE
        INTERFACE_INCLUDE_DIRECTORIES "${_ws2_32_include}"
        INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()

if(NOT TARGET ws2_32::ws2_32)
    add_library(ws2_32::ws2_32 INTERFACE IMPORTED)
    set_target_properties(ws2_32::ws2_32 PROPERTIES INTERFACE_LINK_LIBRARIES ws2_32::@MAIN@)
endif()

foreach(_ws2_32_name ws2_32 @NAMES@)
    if(NOT TARGET ${_ws2_32_name})
        add_library(${_ws2_32_name} INTERFACE IMPORTED)
        set_target_properties(${_ws2_32_name} PROPERTIES INTERFACE_LINK_LIBRARIES ws2_32::ws2_32)
    endif()
endforeach()

unset(_ws2_32_name)
unset(_ws2_32_library)
unset(_ws2_32_include)
