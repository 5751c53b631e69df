# strikeoff_embed(<variable> <glob>...) turns files into one C++ source that holds them as bytes,
# and names that source in <variable>. The files are found at run time with strikeoff::embedded().
add_executable(strikeoff_embed_tool ${CMAKE_SOURCE_DIR}/tools/embed.cpp)
target_link_libraries(strikeoff_embed_tool PRIVATE strikeoff_options)

function(strikeoff_embed variable)
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  set(output ${CMAKE_BINARY_DIR}/embed/${variable}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND strikeoff_embed_tool ${output} ${variable} ${files}
    DEPENDS strikeoff_embed_tool ${files}
    VERBATIM)
  set(${variable} ${output} PARENT_SCOPE)
endfunction()

# strikeoff_embed_site(<variable>) builds the web site and embeds web/dist in the same way. What
# files the site has is known only once it is built. No npm, no site: then the build fails.
function(strikeoff_embed_site variable)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/tools/* ${CMAKE_SOURCE_DIR}/web/public/*)
  list(FILTER sources EXCLUDE REGEX "/web/src/api/schema\\.d\\.ts$")
  file(GLOB settings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.*)
  set(output ${CMAKE_BINARY_DIR}/embed/${variable}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/web.sh
    COMMAND strikeoff_embed_tool ${output} ${variable} ${CMAKE_SOURCE_DIR}/web/dist
    DEPENDS strikeoff_embed_tool ${sources} ${settings} ${CMAKE_SOURCE_DIR}/tools/web.sh
    COMMENT "Building the web site"
    VERBATIM)
  set(${variable} ${output} PARENT_SCOPE)
endfunction()
