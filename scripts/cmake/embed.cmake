# embed_files(<target> NAME <function> ROOT <dir> FILES <path>...)
#
# Puts files into the binary: defines `std::span<const EmbeddedFile> keepwell::<function>()` in <target>,
# with each file's path relative to <dir>. See domain/embedded_file.hpp.
function(embed_files target)
  cmake_parse_arguments(EMBED "" "NAME;ROOT" "FILES" ${ARGN})
  set(assembly ${CMAKE_CURRENT_BINARY_DIR}/embedded_${EMBED_NAME}.S)
  set(table ${CMAKE_CURRENT_BINARY_DIR}/embedded_${EMBED_NAME}.cpp)
  set(asm_text ".section .note.GNU-stack,\"\",@progbits\n.section .rodata\n")
  set(declarations "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS EMBED_FILES)
    file(RELATIVE_PATH relative ${EMBED_ROOT} ${file})
    set(symbol kw_embed_${EMBED_NAME}_${index})
    string(APPEND asm_text ".global ${symbol}\n.global ${symbol}_end\n.balign 16\n${symbol}:\n"
                           ".incbin \"${file}\"\n${symbol}_end:\n.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND rows "        {\"${relative}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${assembly} CONTENT "${asm_text}" @ONLY)
  file(CONFIGURE OUTPUT ${table} CONTENT
"#include <array>
#include \"domain/embedded_file.hpp\"
extern \"C\" {
${declarations}}
namespace keepwell {
std::span<const EmbeddedFile> ${EMBED_NAME}() {
    static const std::array<EmbeddedFile, ${index}> files{{
${rows}    }};
    return files;
}
}  // namespace keepwell
" @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS "${EMBED_FILES}")
  set_source_files_properties(${table} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${assembly} ${table})
endfunction()
