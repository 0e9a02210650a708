# Building: CMake presets into build/<preset>, and the site put together in dist/.
# SPDX-License-Identifier: MIT

# configure PRESET: once, and again when the tools or libraries it was configured with are others now.
configure() {
  local folder="$ROOT/build/$1" key
  export_environment
  key="$(text_key "$DESCENT_EMSCRIPTEN" "${EM_CONFIG:-}" "$DESCENT_THIRD_PARTY" "$DESCENT_IMGUI" "$DESCENT_SDL2" \
    "$DESCENT_FONT" "$(cat "$ROOT/CMakePresets.json")")"
  [ -e "$folder/build.ninja" ] && [ "$(cat "$folder/.key" 2>/dev/null)" = "$key" ] && return 0
  say "configuring build/$1"
  rm -rf "$folder"
  (cd "$ROOT" && quietly "configure-$1" cmake --preset "$1") ||
    fail "CMake could not configure the preset '$1'." "cmake --preset $1 (see $LOGS/configure-$1.log)." \
      "read the lines above; ./descent clean and the same command again start from nothing"
  printf '%s' "$key" >"$folder/.key"
}

# compile PRESET [TARGET...]: with progress on a terminal, silent otherwise.
compile() {
  local preset="$1" folder="$ROOT/build/$1" log="$LOGS/build-$1.log"
  shift
  configure "$preset"
  if ninja -C "$folder" -n "$@" 2>/dev/null | grep -qE 'Building|Linking|Re-running'; then say "building build/$preset"; fi
  mkdir -p "$LOGS"
  if [ -t 2 ]; then
    ninja -C "$folder" -j "$JOBS" "$@" >&2 || build_failed "$preset"
  else
    ninja -C "$folder" -j "$JOBS" "$@" >"$log" 2>&1 ||
      { grep -A 12 -E '(error|FAILED)' "$log" | grep -v -e ' -MD -MT ' | cut -c1-300 | head -n 60 >&2 && build_failed "$preset"; }
  fi
}

build_failed() {
  fail "build/$1 does not compile." "ninja -C build/$1 (see $LOGS/build-$1.log)." "correct the first error above and run this again"
}

# The site is put together beside dist/ and swapped in, so that a server never sees half of it.
build_site() {
  compile web descent_web
  local new="$ROOT/build/site" file
  rm -rf "$new" && mkdir -p "$new"
  for file in "$ROOT"/build/web/descent-{simd128,relaxed}.{js,wasm}; do
    [ -e "$file" ] || fail "$file was not built." "ninja -C build/web" "run ./descent clean and then this again"
    cp "$file" "$new/"
  done
  cp "$ROOT/index.html" "$new/" && cp -r "$ROOT/web/page/." "$new/" ||
    fail "The page's own files could not be copied." "index.html and web/page/" "take a complete checkout"
  # The loader's progress bar needs the uncompressed sizes.
  printf '{ "bytes": { "descent-simd128.wasm": %d, "descent-relaxed.wasm": %d } }\n' \
    "$(wc -c <"$new/descent-simd128.wasm")" "$(wc -c <"$new/descent-relaxed.wasm")" >"$new/build.json"
  install_data "$new/data"
  rm -rf "$ROOT/build/site.old"
  if [ -d "$ROOT/dist" ]; then mv "$ROOT/dist" "$ROOT/build/site.old"; fi
  mv "$new" "$ROOT/dist"
  rm -rf "$ROOT/build/site.old"
}
