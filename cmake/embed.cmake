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
