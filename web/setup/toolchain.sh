# Emscripten, pinned. Three routes, first that works:
#   1. `emcc` on PATH, when it is the pinned version;
#   2. emsdk from its repository, installed into the cache (machines with the whole internet);
#   3. Debian: the pinned Emscripten and its Binaryen from suite trixie, unpacked into the cache and never installed,
#      with the machine's own LLVM 19. The machine's apt configuration is read for its mirror and left as it is.
# Result: the variables DESCENT_EMSCRIPTEN (folder with emcc and its CMake files) and, on route 3, EM_CONFIG.
# SPDX-License-Identifier: MIT

EMSCRIPTEN_VERSION=3.1.69
EMSDK_URL=https://github.com/emscripten-core/emsdk.git
DEBIAN_SUITE=trixie
DEBIAN_PACKAGES=(emscripten node-acorn binaryen libc6 libstdc++6 libgcc-s1)
EMSDK_DIR="$DESCENT_CACHE/emsdk-$EMSCRIPTEN_VERSION"
DEBIAN_DIR="$DESCENT_CACHE/emscripten-$EMSCRIPTEN_VERSION-debian-1"

emscripten_version_of() { head -n 1 "$1/emscripten-version.txt" 2>/dev/null | tr -d '"' | sed 's/-.*//'; }

use_emscripten_on_path() {
  local emcc root
  emcc="$(command -v emcc)" || return 1
  root="$(dirname "$(readlink -f "$emcc")")"
  case "$root" in "$DESCENT_CACHE"/*) return 1 ;; esac # ours, by way of ./descent env; the routes below know its settings
  [ "$(emscripten_version_of "$root")" = "$EMSCRIPTEN_VERSION" ] || return 1
  [ -f "$root/cmake/Modules/Platform/Emscripten.cmake" ] || return 1
  DESCENT_EMSCRIPTEN="$root"
}

use_emsdk() {
  complete "$EMSDK_DIR" || return 1
  DESCENT_EMSCRIPTEN="$EMSDK_DIR/upstream/emscripten"
  export EM_CONFIG="$EMSDK_DIR/.emscripten"
}

# The tag of emsdk carries the SHA-256 of nothing, but its manifest names the exact build; the archive comes by TLS.
install_emsdk() {
  have git && reachable "$EMSDK_URL" || return 1
  say "installing Emscripten $EMSCRIPTEN_VERSION with emsdk (about 400 MB, once)"
  rm -rf "$EMSDK_DIR"
  quietly emsdk-clone git clone -q --depth 1 --branch "$EMSCRIPTEN_VERSION" "$EMSDK_URL" "$EMSDK_DIR" || return 1
  quietly emsdk-install "$EMSDK_DIR/emsdk" install "$EMSCRIPTEN_VERSION" || return 1
  quietly emsdk-activate "$EMSDK_DIR/emsdk" activate "$EMSCRIPTEN_VERSION" || return 1
  [ "$(emscripten_version_of "$EMSDK_DIR/upstream/emscripten")" = "$EMSCRIPTEN_VERSION" ] || return 1
  mark_complete "$EMSDK_DIR"
}

use_debian_emscripten() {
  complete "$DEBIAN_DIR" || return 1
  DESCENT_EMSCRIPTEN="$DEBIAN_DIR/root/usr/share/emscripten"
  export EM_CONFIG="$DEBIAN_DIR/em_config.py"
}

# A private apt: own list of sources, own indexes, own downloads. Options go in through a file of its own.
private_apt() {
  APT_CONFIG="$DEBIAN_DIR/apt/apt.conf" "$@"
}

private_apt_setup() {
  local state="$DEBIAN_DIR/apt" site
  site="$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep '/debian/*$' | head -n 1)"
  [ -n "$site" ] || return 1
  mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/etc"
  printf 'deb %s %s main\ndeb-src %s %s main\n' "$site" "$DEBIAN_SUITE" "$site" "$DEBIAN_SUITE" >"$state/etc/sources.list"
  cat >"$state/apt.conf" <<CONF
Dir::State::lists "$state/lists";
Dir::Cache "$state";
Dir::Etc::sourcelist "$state/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
CONF
  quietly apt-trixie private_apt apt-get update -q
}

# Binaryen of trixie needs trixie's libc: one wrapper per tool, started by the loader of the same tree.
wrap_binaryen() {
  local root="$DEBIAN_DIR/root" tool name lib loader
  lib="$(dirname "$(find "$root" -name 'libc.so.6' | head -n 1)")"
  loader="$(find "$lib" -maxdepth 1 -name 'ld-linux*' | head -n 1)"
  mkdir -p "$DEBIAN_DIR/binaryen/bin"
  for tool in "$root"/usr/bin/wasm* ; do
    name="$(basename "$tool")"
    cat >"$DEBIAN_DIR/binaryen/bin/$name" <<WRAP
#!/bin/sh
exec "$loader" --library-path "$lib:$lib/binaryen" "$root/usr/bin/$name" "\$@"
WRAP
    chmod +x "$DEBIAN_DIR/binaryen/bin/$name"
  done
}

install_debian_emscripten() {
  have apt-get && have dpkg-deb || return 1
  say "unpacking Emscripten $EMSCRIPTEN_VERSION from Debian's packages into the cache (about 300 MB, once)"
  install_packages clang-19 lld-19 llvm-19 python3 || return 1
  rm -rf "$DEBIAN_DIR"
  mkdir -p "$DEBIAN_DIR/debs" "$DEBIAN_DIR/root"
  private_apt_setup || return 1
  (cd "$DEBIAN_DIR/debs" && quietly debian-download private_apt apt-get download -q "${DEBIAN_PACKAGES[@]}") || return 1
  local deb root="$DEBIAN_DIR/root"
  for deb in "$DEBIAN_DIR"/debs/*.deb; do dpkg-deb -x "$deb" "$root" || return 1; done
  rm -rf "$DEBIAN_DIR/debs"
  [ "$(emscripten_version_of "$root/usr/share/emscripten")" = "$EMSCRIPTEN_VERSION" ] || return 1
  rm -rf "$root/usr/share/emscripten/node_modules"
  ln -s ../nodejs "$root/usr/share/emscripten/node_modules"
  wrap_binaryen
  cp -rL "$root/usr/share/emscripten/cache" "$DEBIAN_DIR/em_cache" || return 1
  cat >"$DEBIAN_DIR/em_config.py" <<CONF
LLVM_ROOT = '/usr/lib/llvm-19/bin'
BINARYEN_ROOT = '$DEBIAN_DIR/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$DEBIAN_DIR/em_cache'
CONF
  mark_complete "$DEBIAN_DIR"
}

setup_emscripten() {
  use_emscripten_on_path || use_emsdk || use_debian_emscripten ||
    { install_emsdk && use_emsdk; } ||
    { install_debian_emscripten && use_debian_emscripten; } ||
    fail "Emscripten $EMSCRIPTEN_VERSION is not to be had on this machine." \
      "emcc on PATH; emsdk from $EMSDK_URL; Debian's packages of suite $DEBIAN_SUITE (see $LOGS)." \
      "install emsdk $EMSCRIPTEN_VERSION yourself and run this again with its emcc on PATH; on Debian run it as root once."
  export DESCENT_EMSCRIPTEN
}
