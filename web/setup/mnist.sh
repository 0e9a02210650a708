# MNIST (LeCun, Cortes, Burges; http://yann.lecun.com/exdb/mnist/): looked for in $DESCENT_MNIST, ../shared/mnist and
# public mirrors, plain or gzipped. A file counts only when the SHA-256 of its uncompressed bytes is the catalog's.
# Verified gzip files are kept in the cache (and unpacked there for the tests) and copied to dist/data/ with a manifest;
# without MNIST the manifest says so and the page starts with its generated digits, under their own name.
# SPDX-License-Identifier: MIT

MNIST_FILES=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
MNIST_NAMES=(train_images train_labels test_images test_labels)
# The digests stand in the engine's catalog, in the same order.
mapfile -t MNIST_SHA256 < <(grep -A 8 '"mnist"' "$ROOT/engine/data/catalog.cpp" | grep -oE '[0-9a-f]{64}' | head -n 4)
MNIST_MIRRORS=(https://storage.googleapis.com/cvdf-datasets/mnist https://ossci-datasets.s3.amazonaws.com/mnist)
MNIST_DIR="$DESCENT_CACHE/mnist-1"

mnist_is() { # GZIP-FILE SHA256
  [ "$(gzip -dc "$1" 2>/dev/null | sha256sum | cut -d' ' -f1)" = "$2" ]
}

# mnist_take FOLDER: copy all four files out of a local folder, checked.
mnist_take() {
  local from="$1" i file
  for i in "${!MNIST_FILES[@]}"; do
    file="${MNIST_FILES[$i]}"
    if [ -e "$from/$file.gz" ]; then
      cp "$from/$file.gz" "$MNIST_DIR/$file.gz"
    elif [ -e "$from/$file" ]; then
      gzip -9nc "$from/$file" >"$MNIST_DIR/$file.gz"
    else
      return 1
    fi
    chmod u+w "$MNIST_DIR/$file.gz"
    mnist_is "$MNIST_DIR/$file.gz" "${MNIST_SHA256[$i]}" ||
      { say "$from/$file is not MNIST's (another SHA-256); it is not used" && return 1; }
  done
}

mnist_download() {
  local mirror="$1" i file
  reachable "$mirror" || return 1
  say "fetching MNIST from $mirror"
  for i in "${!MNIST_FILES[@]}"; do
    file="${MNIST_FILES[$i]}.gz"
    curl -sSfL --connect-timeout 10 --max-time 300 -o "$MNIST_DIR/$file" "$mirror/$file" 2>/dev/null || return 1
    mnist_is "$MNIST_DIR/$file" "${MNIST_SHA256[$i]}" || return 1
  done
}

setup_mnist() {
  complete "$MNIST_DIR" && return 0
  local place
  mkdir -p "$MNIST_DIR"
  for place in "${DESCENT_MNIST:-}" "$ROOT/../shared/mnist"; do
    if [ -n "$place" ] && [ -d "$place" ] && mnist_take "$place"; then
      mark_complete "$MNIST_DIR"
      return 0
    fi
  done
  for place in "${MNIST_MIRRORS[@]}"; do
    if mnist_download "$place"; then
      mark_complete "$MNIST_DIR"
      return 0
    fi
  done
  rm -rf "$MNIST_DIR"
  say "MNIST was not found (\$DESCENT_MNIST, ../shared/mnist, public mirrors): the page will use its generated digits"
  return 1
}

# The engine's tests read uncompressed files; without MNIST those that need it say that they were skipped.
export_mnist_for_tests() {
  if [ "${DESCENT_MNIST:-}" = none ] || ! setup_mnist; then return 0; fi
  local i file
  for i in "${!MNIST_FILES[@]}"; do
    file="$MNIST_DIR/${MNIST_FILES[$i]}"
    [ -e "$file" ] || { gzip -dc "$file.gz" >"$file.part" && mv "$file.part" "$file"; }
  done
  export DESCENT_MNIST_IDX="$MNIST_DIR"
}

# install_data FOLDER: the data set, where it is to be had, and the manifest the page reads.
install_data() {
  local to="$1" i files="" sums="" sizes="" comma=""
  mkdir -p "$to"
  if [ "${DESCENT_MNIST:-}" = none ] || ! setup_mnist; then
    printf '{ "name": null, "files": {}, "sha256": {}, "bytes": {} }\n' >"$to/manifest.json"
    return 0
  fi
  for i in "${!MNIST_FILES[@]}"; do
    cp "$MNIST_DIR/${MNIST_FILES[$i]}.gz" "$to/"
    files+="$comma\"${MNIST_NAMES[$i]}\": \"${MNIST_FILES[$i]}.gz\""
    sums+="$comma\"${MNIST_NAMES[$i]}\": \"${MNIST_SHA256[$i]}\""
    sizes+="$comma\"${MNIST_NAMES[$i]}\": $(wc -c <"$MNIST_DIR/${MNIST_FILES[$i]}.gz")"
    comma=", "
  done
  printf '{\n  "name": "MNIST",\n  "files": { %s },\n  "sha256": { %s },\n  "bytes": { %s }\n}\n' "$files" "$sums" "$sizes" \
    >"$to/manifest.json"
}
