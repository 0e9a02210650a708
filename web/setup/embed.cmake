# Turns files into C++ at build time: cmake -DWHAT=shaders|font|build_info -DINPUT=... -DOUTPUT=... -P embed.cmake
#   shaders      every GLSL file as `constexpr std::string_view`: heightfield.frag becomes kHeightfieldFrag
#   font         the two weights as bytes in font_embedded.cpp, declared in font_embedded.h
#   build_info   version and revision; written only when they changed
# Nothing is generated into the source tree.
# SPDX-License-Identifier: MIT

function(camel_case text result)
  string(REGEX REPLACE "[^A-Za-z0-9]+" ";" parts "${text}")
  set(joined "")
  foreach(part IN LISTS parts)
    string(SUBSTRING "${part}" 0 1 head)
    string(SUBSTRING "${part}" 1 -1 tail)
    string(TOUPPER "${head}" head)
    string(APPEND joined "${head}${tail}")
  endforeach()
  set(${result} "${joined}" PARENT_SCOPE)
endfunction()

function(embed_shaders)
  set(text "// Generated from shaders/; see web/setup/embed.cmake.\n#pragma once\n#include <string_view>\n\n")
  string(APPEND text "namespace descent::shaders {\n\n")
  foreach(file IN LISTS INPUT)
    get_filename_component(name "${file}" NAME)
    camel_case("${name}" name)
    file(READ "${file}" source)
    string(APPEND text "inline constexpr std::string_view k${name} = R\"glsl(${source})glsl\";\n\n")
  endforeach()
  string(APPEND text "}  // namespace descent::shaders\n")
  file(WRITE "${OUTPUT}" "${text}")
endfunction()

function(byte_array file name result)
  file(READ "${file}" bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  set(${result} "const unsigned char ${name}Data[] = {${bytes}};\nconst unsigned ${name}Size = ${size};\n" PARENT_SCOPE)
endfunction()

function(embed_font)
  list(GET INPUT 0 regular)
  list(GET INPUT 1 semibold)
  byte_array("${regular}" kFont regular_text)
  byte_array("${semibold}" kFontSemibold semibold_text)
  set(head "// Generated from the subset fonts; see web/setup/embed.cmake.\n")
  file(WRITE "${OUTPUT}.h" "${head}#pragma once\n\nnamespace descent::web {\n\n"
    "extern const unsigned char kFontData[];\nextern const unsigned kFontSize;\n"
    "extern const unsigned char kFontSemiboldData[];\nextern const unsigned kFontSemiboldSize;\n\n"
    "}  // namespace descent::web\n")
  file(WRITE "${OUTPUT}.cpp" "${head}#include \"font_embedded.h\"\n\nnamespace descent::web {\n\n"
    "${regular_text}${semibold_text}\n}  // namespace descent::web\n")
endfunction()

function(embed_build_info)
  execute_process(COMMAND git -C "${INPUT}" rev-parse --short=10 HEAD OUTPUT_VARIABLE revision
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT revision)
    set(revision "unknown")
  endif()
  set(text "// Generated; see web/setup/embed.cmake.\n#pragma once\n#include <string_view>\n\nnamespace descent::web {\n\n")
  string(APPEND text "inline constexpr std::string_view kVersion = \"${VERSION}\";\n")
  string(APPEND text "inline constexpr std::string_view kBuild = \"${revision}\";\n\n}  // namespace descent::web\n")
  set(old "")
  if(EXISTS "${OUTPUT}")
    file(READ "${OUTPUT}" old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE "${OUTPUT}" "${text}")
  endif()
endfunction()

cmake_language(CALL "embed_${WHAT}")
