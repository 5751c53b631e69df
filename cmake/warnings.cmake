# One interface target carries the language level, warnings and sanitizers of every target.
add_library(strikeoff_options INTERFACE)
target_compile_features(strikeoff_options INTERFACE cxx_std_23)
target_compile_options(strikeoff_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough -Wno-missing-designated-field-initializers -Werror
  -fno-omit-frame-pointer)
# Assertions stay on in every build: an invariant that fails must stop the program, not the sale.
target_compile_options(strikeoff_options INTERFACE -UNDEBUG -D_GLIBCXX_ASSERTIONS)
target_link_options(strikeoff_options INTERFACE -fuse-ld=lld)
if(STRIKEOFF_SANITIZE)
  target_compile_options(strikeoff_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  target_link_options(strikeoff_options INTERFACE -fsanitize=address,undefined)
endif()
if(STRIKEOFF_FUZZ)
  target_compile_options(strikeoff_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(STRIKEOFF_COVERAGE)
  target_compile_options(strikeoff_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(strikeoff_options INTERFACE -fprofile-instr-generate)
endif()
