# The page's programs: web/**/*.cpp with Dear ImGui, SDL2 and WebGL 2, once per flavour of the kernels.
# Output: descent-simd128.{js,wasm} and descent-relaxed.{js,wasm} in the build folder; page/ picks one at run time.
# Shaders, the font and the build's name are generated as sources into the build folder.
# SPDX-License-Identifier: MIT

set(DESCENT_IMGUI "$ENV{DESCENT_IMGUI}" CACHE PATH "Dear ImGui: headers and libimgui.a built for the web")
set(DESCENT_SDL2 "$ENV{DESCENT_SDL2}" CACHE PATH "SDL2, installed for the web")
set(DESCENT_FONT "$ENV{DESCENT_FONT}" CACHE PATH "Folder with the page's fonts, regular.otf and semibold.otf")

# web_sources need a browser, Dear ImGui, SDL or GL; the rest of the page is the library descent_page.
set(web_sources "")
foreach(folder app browser widgets render bridge panels)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/web/${folder}/*.cpp")
  list(APPEND web_sources ${found})
endforeach()
# Panels describe a frame once and answers are written once a call; their templates unfold into much code.
set(once_a_frame ${web_sources})
list(FILTER once_a_frame INCLUDE REGEX "/web/(bridge|panels)/")
set_source_files_properties(${once_a_frame} PROPERTIES COMPILE_OPTIONS -Oz)

set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
file(GLOB shaders CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/shaders/*.vert"
     "${CMAKE_CURRENT_SOURCE_DIR}/shaders/*.frag" "${CMAKE_CURRENT_SOURCE_DIR}/shaders/*.glsl")
set(embed "${CMAKE_CURRENT_SOURCE_DIR}/web/setup/embed.cmake")

add_custom_command(OUTPUT "${generated}/shaders_embedded.h"
  COMMAND "${CMAKE_COMMAND}" -DWHAT=shaders "-DINPUT=${shaders}" "-DOUTPUT=${generated}/shaders_embedded.h" -P "${embed}"
  DEPENDS ${shaders} "${embed}" VERBATIM)
set(fonts "${DESCENT_FONT}/regular.otf" "${DESCENT_FONT}/semibold.otf")
add_custom_command(OUTPUT "${generated}/font_embedded.cpp" "${generated}/font_embedded.h"
  COMMAND "${CMAKE_COMMAND}" -DWHAT=font "-DINPUT=${fonts}" "-DOUTPUT=${generated}/font_embedded" -P "${embed}"
  DEPENDS ${fonts} "${embed}" VERBATIM)
# The revision is asked for at every build, and written only when it has changed.
add_custom_target(descent_build_info
  COMMAND "${CMAKE_COMMAND}" -DWHAT=build_info "-DINPUT=${CMAKE_CURRENT_SOURCE_DIR}" "-DVERSION=${PROJECT_VERSION}"
          "-DOUTPUT=${generated}/build_info.h" -P "${embed}"
  BYPRODUCTS "${generated}/build_info.h" VERBATIM)

# Everything but the kernels is the same in both programs and is compiled once.
add_library(descent_web_objects OBJECT ${web_sources} "${generated}/font_embedded.cpp"
            "${generated}/font_embedded.h" "${generated}/shaders_embedded.h")
add_dependencies(descent_web_objects descent_build_info)
set_target_properties(descent_web_objects PROPERTIES CXX_EXTENSIONS ON)  # EM_ASM and EM_JS are GNU extensions
target_link_libraries(descent_web_objects PUBLIC descent_options PRIVATE descent_warnings)
# The interface runs once a frame, and a visit downloads it: small before fast.
target_compile_options(descent_web_objects PRIVATE -Os)
target_include_directories(descent_web_objects PRIVATE "${generated}")
target_include_directories(descent_web_objects SYSTEM PRIVATE "${DESCENT_IMGUI}" "${DESCENT_IMGUI}/backends"
                           "${DESCENT_SDL2}/include" "${DESCENT_SDL2}/include/SDL2")
target_compile_definitions(descent_web_objects PRIVATE "IMGUI_USER_CONFIG=\"descent_imconfig.h\"")

set(runtime_methods stringToNewUTF8 HEAPU8 HEAP32 HEAPU32 HEAPF32 HEAPF64 stringToUTF8 UTF8ToString lengthBytesUTF8)
list(JOIN runtime_methods "," runtime_methods)
# The page brings the memory, of fixed size (page/memory.js): between these two the program takes any. It could grow, but
# a memory whose maximum is its size does not.
set(web_link_options
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  -sEXPORT_NAME=createDescent
  -sENVIRONMENT=web,worker
  -sEXPORTED_RUNTIME_METHODS=${runtime_methods}
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free
  -sMIN_WEBGL_VERSION=2
  -sMAX_WEBGL_VERSION=2
  -sFULL_ES3=0
  -sGL_ENABLE_GET_PROC_ADDRESS=0
  -sINITIAL_MEMORY=256MB
  -sALLOW_MEMORY_GROWTH=1
  -sMAXIMUM_MEMORY=512MB
  -Wno-pthreads-mem-growth
  -sMALLOC=mimalloc
  -sSTACK_SIZE=1MB
  -sDEFAULT_PTHREAD_STACK_SIZE=1MB
  -sPTHREAD_POOL_SIZE=4
  -sPTHREAD_POOL_SIZE_STRICT=0
  -sFILESYSTEM=0
  -sDYNAMIC_EXECUTION=0
  -sWASM_BIGINT=1
  -sSUPPORT_LONGJMP=0
  -sEXIT_RUNTIME=0)

foreach(flavour IN LISTS kernel_flavours)
  add_executable(descent_web_${flavour} $<TARGET_OBJECTS:descent_web_objects>)
  set_target_properties(descent_web_${flavour} PROPERTIES OUTPUT_NAME descent-${flavour} SUFFIX .js)
  target_link_libraries(descent_web_${flavour} PRIVATE descent_page)
  descent_link(descent_web_${flavour} ${flavour})
  target_link_libraries(descent_web_${flavour} PRIVATE "${DESCENT_IMGUI}/libimgui.a" "${DESCENT_SDL2}/lib/libSDL2.a")
  target_link_options(descent_web_${flavour} PRIVATE ${web_link_options} $<$<CONFIG:Release>:-Oz>)
endforeach()

add_custom_target(descent_web DEPENDS descent_web_simd128 descent_web_relaxed)
