# Tools of the machine: a C++20 compiler, CMake, Ninja, Node and what tests need. What is there is used; what is missing
# is installed with apt-get where that is allowed, and otherwise named, with the command to run.
# SPDX-License-Identifier: MIT

declare -A PACKAGE_OF=([c++]=g++ [cmake]=cmake [ninja]=ninja-build [node]=nodejs [npm]=npm [python3]=python3 [git]=git
  [curl]=curl [xz]=xz-utils [bzip2]=bzip2 [ccache]=ccache [chromium]=chromium [glslangValidator]=glslang-tools
  [clang-format]=clang-format [sha256sum]=coreutils)

# need_tools TOOL...: install what is missing; a sentence when that is not possible.
need_tools() {
  local tool missing=() packages=()
  for tool in "$@"; do
    have "$tool" || { missing+=("$tool") && packages+=("${PACKAGE_OF[$tool]}"); }
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  install_packages "${packages[@]}"
  hash -r
  for tool in "${missing[@]}"; do
    have "$tool" || fail "The program '$tool' is missing." "apt-get install ${packages[*]} (see $LOGS)." \
      "install it with your system's package manager, on Debian and Ubuntu: sudo apt-get install ${packages[*]}"
  done
}

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

setup_system() {
  need_tools c++ cmake ninja node npm python3 git curl xz bzip2 ccache
  local version
  version="$(cmake --version | sed -n '1s/[^0-9]*//p')"
  at_least 3.22 "$version" || fail "CMake is $version; 3.22 or newer is needed." "" "install a newer CMake"
  version="$(node --version | tr -d v)"
  at_least 18 "$version" || fail "Node is $version; 18 or newer is needed." "" "install a newer Node"
}

# The browser of the page tests: $DESCENT_CHROMIUM, one of the usual names, or Debian's package.
find_chromium() {
  local name
  for name in "${DESCENT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && have "$name" && command -v "$name" && return 0
  done
  return 1
}

setup_test_tools() {
  find_chromium >/dev/null || need_tools chromium
  need_tools glslangValidator clang-format
  DESCENT_CHROMIUM="$(find_chromium)"
  export DESCENT_CHROMIUM
}

setup_all() {
  mkdir -p "$DESCENT_CACHE" 2>/dev/null ||
    fail "The cache folder $DESCENT_CACHE cannot be written." "" "set DESCENT_CACHE to a folder that can"
  setup_system
  setup_emscripten
  setup_third_party
  setup_compiler_cache
}

# Shared between clones: paths below the checkout are hashed as relative ones.
setup_compiler_cache() {
  export CCACHE_DIR="$DESCENT_CACHE/ccache" CCACHE_BASEDIR="$ROOT" CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_MAXSIZE=2G
}

ENVIRONMENT=(DESCENT_CACHE DESCENT_EMSCRIPTEN EM_CONFIG DESCENT_THIRD_PARTY DESCENT_IMGUI DESCENT_SDL2 DESCENT_FONT
  DESCENT_CHROMIUM CCACHE_DIR CCACHE_BASEDIR CCACHE_NOHASHDIR CCACHE_DEPEND CCACHE_MAXSIZE)

export_environment() {
  local name
  for name in "${ENVIRONMENT[@]}"; do [ -n "${!name:-}" ] && export "${name?}"; done
  return 0
}

print_environment() {
  local name
  for name in "${ENVIRONMENT[@]}"; do
    [ -n "${!name:-}" ] && printf 'export %s=%q\n' "$name" "${!name}"
  done
  printf 'export PATH=%q:"$PATH"\n' "$DESCENT_EMSCRIPTEN"
}
