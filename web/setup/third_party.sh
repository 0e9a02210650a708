# Third-party parts, each at one pinned version, into the cache:
#   headers   Eigen 3.4.0, doctest 2.4.x, nlohmann/json 3.11.x behind one include folder (DESCENT_THIRD_PARTY)
#   imgui     Dear ImGui 1.90.1, compiled for the web with our imconfig (DESCENT_IMGUI)
#   sdl2      SDL2 2.32.4, video and events only, compiled for the web (DESCENT_SDL2)
#   fonts     Inter 4, cut down to the characters the page uses (DESCENT_FONT)
# Each is looked for as a Debian package first (checked by apt's signatures), then as the project's own release archive
# (checked by the SHA-256 below). Compiled results are keyed by version, flags and toolchain.
# SPDX-License-Identifier: MIT

EIGEN_URL=https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.bz2
EIGEN_SHA256=b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626
# doctest and nlohmann/json are fetched as release files; doctest by the commit its tag v2.4.11 stands for.
DOCTEST_URL=https://github.com/doctest/doctest.git
DOCTEST_TAG=v2.4.11
DOCTEST_COMMIT=ae7a13539fb71f270b87eb2e874fbac80bc8dda2
JSON_URL=https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
JSON_SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
IMGUI_VERSION=1.90.1
IMGUI_URL=https://github.com/ocornut/imgui/archive/refs/tags/v1.90.1.tar.gz
IMGUI_SHA256=21dcc985bb2ae8fe48047c86135dbc438d6980a8f2e08babbda5be820592f282
SDL2_VERSION=2.32.4
SDL2_URL=https://github.com/libsdl-org/SDL/releases/download/release-2.32.4/SDL2-2.32.4.tar.gz
SDL2_SHA256=f15b478253e1ff6dac62257ded225ff4e7d0c5230204ac3450f1144ee806f934
INTER_URL=https://github.com/rsms/inter/releases/download/v4.0/Inter-4.0.zip
INTER_SHA256=ff970a5d4561a04f102a7cb781adbd6ac4e9b6c460914c7a101f15acb7f7d1a4

# A visit downloads both: small before fast. SDL's lean build leaves out drawing in software.
IMGUI_FLAGS=(-Oz -pthread -msimd128 -fno-exceptions -fno-rtti -ffp-contract=off)
# No macro of Dear ImGui leaves out the font it brings, which ours replace, and game pads, which SDL is built without.
# Lines keep their numbers.
IMGUI_WITHOUT=(
  -e '/^static const char proggy_clean_ttf_compressed_data_base85\[/,/;$/c static const char proggy_clean_ttf_compressed_data_base85[1] = "";'
  -e 's/^ *ImGui_ImplSDL2_UpdateGamepads();//'
)
SDL2_FLAGS=(-Oz -pthread -DNDEBUG -DSDL_LEAN_AND_MEAN=1 -w)
# The folders of SDL2's sources that video, events, threads and timers need; the rest is switched off in sdl_config.h.
SDL2_FOLDERS=(. atomic audio cpuinfo dynapi events file filesystem/dummy haptic haptic/dummy joystick joystick/dummy
  libm loadso/dummy locale locale/dummy main/dummy misc misc/dummy power render sensor sensor/dummy stdlib
  thread thread/pthread timer timer/unix video video/dummy video/emscripten video/yuv2rgb)

DOWNLOADS="$DESCENT_CACHE/downloads"

no_source() { # NAME PACKAGE URL
  fail "$1 is missing." "Debian's package $2; $3 (see $LOGS)." \
    "connect to the network and run this again, or put the archive with the pinned SHA-256 into $DOWNLOADS."
}

# unpack ARCHIVE FOLDER: an archive with one top folder.
unpack() {
  rm -rf "$2" && mkdir -p "$2" && tar -xf "$1" -C "$2" --strip-components=1
}

# --- headers ----------------------------------------------------------------------------------------------------------
fetch_eigen() {
  [ -d /usr/include/eigen3/Eigen ] || install_packages libeigen3-dev || true
  if grep -qs 'EIGEN_MAJOR_VERSION 4' /usr/include/eigen3/Eigen/src/Core/util/Macros.h; then
    ln -sfn /usr/include/eigen3/Eigen "$1/Eigen"
    return
  fi
  download "$EIGEN_URL" "$DOWNLOADS/eigen-3.4.0.tar.bz2" "$EIGEN_SHA256" &&
    unpack "$DOWNLOADS/eigen-3.4.0.tar.bz2" "$DESCENT_CACHE/eigen-3.4.0" || no_source "Eigen 3.4.0" libeigen3-dev "$EIGEN_URL"
  ln -sfn "$DESCENT_CACHE/eigen-3.4.0/Eigen" "$1/Eigen"
}

fetch_doctest() {
  [ -e /usr/include/doctest/doctest.h ] || install_packages doctest-dev || true
  if [ -e /usr/include/doctest/doctest.h ]; then
    ln -sfn /usr/include/doctest "$1/doctest"
    return
  fi
  local clone="$DESCENT_CACHE/doctest-2.4.11"
  rm -rf "$clone"
  reachable "$DOCTEST_URL" && quietly doctest git clone -q --depth 1 --branch "$DOCTEST_TAG" "$DOCTEST_URL" "$clone" &&
    [ "$(git -C "$clone" rev-parse HEAD)" = "$DOCTEST_COMMIT" ] || no_source "doctest 2.4" doctest-dev "$DOCTEST_URL"
  ln -sfn "$clone/doctest" "$1/doctest"
}

fetch_json() {
  [ -e /usr/include/nlohmann/json.hpp ] || install_packages nlohmann-json3-dev || true
  if [ -e /usr/include/nlohmann/json.hpp ]; then
    ln -sfn /usr/include/nlohmann "$1/nlohmann"
    return
  fi
  download "$JSON_URL" "$DOWNLOADS/json-3.11.3.tar.xz" "$JSON_SHA256" &&
    unpack "$DOWNLOADS/json-3.11.3.tar.xz" "$DESCENT_CACHE/json-3.11.3" ||
    no_source "nlohmann/json 3.11" nlohmann-json3-dev "$JSON_URL"
  ln -sfn "$DESCENT_CACHE/json-3.11.3/include/nlohmann" "$1/nlohmann"
}

# One folder of links, so that /usr/include itself never enters a WebAssembly compile.
setup_headers() {
  local folder="$DESCENT_CACHE/headers-1"
  if ! complete "$folder" || [ ! -e "$folder/Eigen/Core" ] || [ ! -e "$folder/doctest/doctest.h" ] ||
    [ ! -e "$folder/nlohmann/json.hpp" ]; then
    say "collecting the headers of Eigen, doctest and nlohmann/json"
    mkdir -p "$folder"
    fetch_eigen "$folder"
    fetch_doctest "$folder"
    fetch_json "$folder"
    mark_complete "$folder"
  fi
  export DESCENT_THIRD_PARTY="$folder"
}

# --- sources for the web ------------------------------------------------------------------------------------------------
# debian_source NAME VERSION FOLDER: the orig archive of a trixie source package; apt checks its signature.
debian_source() {
  local name="$1" version="$2" folder="$3" archive
  have apt-get || return 1
  mkdir -p "$DOWNLOADS"
  [ -e "$DEBIAN_DIR/apt/apt.conf" ] || private_apt_setup || return 1
  (cd "$DOWNLOADS" && quietly "source-$name" private_apt apt-get source -q --download-only "$name") || return 1
  archive="$(find "$DOWNLOADS" -maxdepth 1 -name "${name}_$version*.orig.tar.*" ! -name '*.asc' | head -n 1)"
  [ -n "$archive" ] && unpack "$archive" "$folder"
}

# fetch_source NAME VERSION URL SHA256 FOLDER
fetch_source() {
  local file="$DOWNLOADS/$1-$2.tar.gz"
  complete "$5" && return 0
  if sha256_is "$file" "$4" || reachable "$3"; then
    say "fetching $1 $2"
    download "$3" "$file" "$4" && unpack "$file" "$5" && mark_complete "$5" && return 0
  fi
  say "fetching the source of $1 $2 from Debian"
  debian_source "$1" "$2" "$5" && mark_complete "$5"
}

toolchain_key() { cat "$DESCENT_EMSCRIPTEN/emscripten-version.txt"; }

# compile_all RESULT.a COMPILER FLAG... -- SOURCE...: every source, JOBS at a time, into one library.
compile_all() {
  local library="$1" flags=() objects="$1.objects"
  shift
  while [ "$1" != -- ]; do flags+=("$1") && shift; done
  shift
  rm -rf "$objects" && mkdir -p "$objects"
  printf '%s\0' "$@" | xargs -0 -P "$JOBS" -n 1 bash -c '
    source="${@: -1}" && set -- "${@:1:$#-1}"
    exec "${@:2}" -c "$source" -o "$1/$(printf %s "$source" | sha256sum | cut -c1-16).o"' compile "$objects" "${flags[@]}" || return 1
  "$DESCENT_EMSCRIPTEN/emar" rcs "$library" "$objects"/*.o && rm -rf "$objects"
}

build_imgui() { # SOURCE RESULT
  local source="$1" result="$2"
  mkdir -p "$result/backends"
  cp "$source"/*.h "$result/"
  cp "$source"/backends/imgui_impl_sdl2.h "$result/backends/"
  cp "$ROOT/web/setup/imconfig.h" "$result/descent_imconfig.h"
  local file sources="$result/sources"
  mkdir -p "$sources"
  for file in imgui{,_draw,_tables,_widgets} backends/imgui_impl_sdl2; do
    sed "${IMGUI_WITHOUT[@]}" "$source/$file.cpp" >"$sources/$(basename "$file").cpp"
  done
  compile_all "$result/libimgui.a" "$DESCENT_EMSCRIPTEN/em++" -std=c++20 "${IMGUI_FLAGS[@]}" \
    '-DIMGUI_USER_CONFIG="descent_imconfig.h"' -I"$result" -I"$result/backends" -I"$DESCENT_SDL2/include" \
    -I"$DESCENT_SDL2/include/SDL2" -- "$sources"/*.cpp
  rm -rf "$sources"
}

setup_imgui() {
  local key result source="$DESCENT_CACHE/imgui-$IMGUI_VERSION-source"
  key="$(text_key "${IMGUI_FLAGS[@]}" "${IMGUI_WITHOUT[@]}" "$(toolchain_key)" "$(cat "$ROOT/web/setup/imconfig.h")" "$(basename "$DESCENT_SDL2")")"
  result="$DESCENT_CACHE/imgui-$IMGUI_VERSION-$key"
  if ! complete "$result"; then
    fetch_source imgui "$IMGUI_VERSION" "$IMGUI_URL" "$IMGUI_SHA256" "$source" ||
      no_source "Dear ImGui $IMGUI_VERSION" "source imgui" "$IMGUI_URL"
    say "compiling Dear ImGui $IMGUI_VERSION for the web (once)"
    quietly build-imgui build_imgui "$source" "$result" ||
      fail "Dear ImGui does not compile." "$DESCENT_EMSCRIPTEN/em++ (see $LOGS/build-imgui.log)." \
        "remove $result and run this again; report the log if it fails the same way."
    mark_complete "$result"
  fi
  export DESCENT_IMGUI="$result"
}

build_sdl2() { # SOURCE RESULT
  local source="$1" result="$2" sources
  mkdir -p "$result/include" "$result/lib"
  rm -rf "$result/include/SDL2" && cp -r "$source/include" "$result/include/SDL2"
  cp "$ROOT/web/setup/sdl_config.h" "$result/include/SDL2/SDL_config.h"
  mapfile -t sources < <(for folder in "${SDL2_FOLDERS[@]}"; do find "$source/src/$folder" -maxdepth 1 -name '*.c'; done | sort)
  compile_all "$result/lib/libSDL2.a" "$DESCENT_EMSCRIPTEN/emcc" "${SDL2_FLAGS[@]}" -I"$result/include/SDL2" -- "${sources[@]}"
}

setup_sdl2() {
  local key result source="$DESCENT_CACHE/libsdl2-$SDL2_VERSION-source"
  key="$(text_key "${SDL2_FLAGS[@]}" "${SDL2_FOLDERS[@]}" "$(toolchain_key)" "$(cat "$ROOT/web/setup/sdl_config.h")")"
  result="$DESCENT_CACHE/sdl2-$SDL2_VERSION-$key"
  if ! complete "$result"; then
    fetch_source libsdl2 "$SDL2_VERSION" "$SDL2_URL" "$SDL2_SHA256" "$source" ||
      no_source "SDL2 $SDL2_VERSION" "source libsdl2" "$SDL2_URL"
    say "compiling SDL2 $SDL2_VERSION for the web (once)"
    quietly build-sdl2 build_sdl2 "$source" "$result" ||
      fail "SDL2 does not compile." "$DESCENT_EMSCRIPTEN/emcc (see $LOGS/build-sdl2.log)." \
        "remove $result and run this again; report the log if it fails the same way."
    mark_complete "$result"
  fi
  export DESCENT_SDL2="$result"
}

# --- font ---------------------------------------------------------------------------------------------------------------
find_inter() { # WEIGHT: the path of Inter's static font of this weight
  local folder="$DESCENT_CACHE/inter-4.0"
  find /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/inter "$folder" \
    \( -name "Inter-$1.otf" -o -name "Inter-$1.ttf" \) 2>/dev/null | sort | head -n 1
}

# The python that has fontTools: Debian's package belongs to the system's own.
font_python() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -c 'import fontTools' 2>/dev/null && printf '%s' "$python" && return 0
  done
  return 1
}

setup_font() {
  local key result
  key="$(text_key "$(cat "$ROOT/web/setup/font.py")")"
  result="$DESCENT_CACHE/font-inter4-$key"
  if ! complete "$result"; then
    [ -n "$(find_inter Regular)" ] || install_packages fonts-inter || true
    if [ -z "$(find_inter Regular)" ]; then
      download "$INTER_URL" "$DOWNLOADS/Inter-4.0.zip" "$INTER_SHA256" && mkdir -p "$DESCENT_CACHE/inter-4.0" &&
        python3 -m zipfile -e "$DOWNLOADS/Inter-4.0.zip" "$DESCENT_CACHE/inter-4.0" ||
        no_source "The font Inter 4" fonts-inter "$INTER_URL"
    fi
    font_python >/dev/null || install_packages python3-fonttools ||
      fail "Python's fontTools is missing." "Debian's package python3-fonttools." "install it, for example with pip install fonttools."
    say "cutting the font down to the characters the page uses"
    mkdir -p "$result"
    quietly font "$(font_python)" "$ROOT/web/setup/font.py" "$(find_inter Regular)" "$result/regular.otf" &&
      quietly font "$(font_python)" "$ROOT/web/setup/font.py" "$(find_inter SemiBold)" "$result/semibold.otf" --headings ||
      fail "The font could not be cut down." "fontTools on $(find_inter Regular) (see $LOGS/font.log)." "report the log."
    mark_complete "$result"
  fi
  export DESCENT_FONT="$result"
}

setup_third_party() {
  setup_headers
  setup_sdl2
  setup_imgui
  setup_font
}
