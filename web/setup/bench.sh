# Measuring: what ./descent bench needs beyond the site. The other libraries of --peers are fetched only for it, and one
# that cannot be had is left out of the table with a sentence.
# SPDX-License-Identifier: MIT

TORCH_PACKAGES=(python3-torch python3-numpy libopenblas0-openmp libopenblas0-pthread libtcmalloc-minimal4)
# Name, version and SHA-512 of the packages' archives; only their own files are used.
PEER_PACKAGES=(
  @tensorflow/tfjs@4.22.0
  0TrIrXs6/b7FLhLVNmfh8Sah6JgjBPH4mZ8JGb7NU6WW+cx00qK5BcAZxw7NCzxj6N8MRAIfHq+oNbPUNG5VAg==
  @tensorflow/tfjs-backend-wasm@4.22.0
  /IYhReRIp4jg/wYW0OwbbJZG8ON87mbz0PgkiP3CdcACRSvUN0h8rvC0O3YcDtkTQtFWF/tcXq/KlVDyV49wmA==
  @jax-js/jax@0.1.25
  g6PxWa6ZLjeQdDAM0ImBSqpdYnC6InCUTCCbMLxhMHMsMNu+JbHRjIQZ/anjBcP69of6hiqfGmTl+3gBn1qu/A==)

# It compiles only the flavours that are asked for, all of them when none is.
compile_kernels_bench() { # ARGUMENTS
  local flavours=" $1 " flavour
  case "$flavours" in *" --flavour "*) ;; *) flavours=" --flavour relaxed --flavour simd128 --flavour native " ;; esac
  case "$flavours" in *" --flavour native "*) compile release kernels_bench_native ;; esac
  for flavour in relaxed simd128; do
    case "$flavours" in *" --flavour $flavour "*) compile web "kernels_bench_$flavour" ;; esac
  done
}

# DESCENT_PEERS: a folder with one folder for each package, named like it without version and scope.
setup_peers() {
  local i package folder
  install_packages "${TORCH_PACKAGES[@]}" || say "PyTorch is left out: Debian's package python3-torch could not be installed"
  DESCENT_PEERS="$DESCENT_CACHE/peers-1"
  for ((i = 0; i < ${#PEER_PACKAGES[@]}; i += 2)); do
    package="${PEER_PACKAGES[i]}"
    folder="$(basename "${package%@*}")"
    complete "$DESCENT_PEERS/$folder" && continue
    say "fetching $package"
    npm_package "$package" "${PEER_PACKAGES[i + 1]}" "$DESCENT_PEERS/$folder" ||
      { say "$package is left out: it could not be had from npm (see $LOGS/npm-pack.log)" && rm -rf "${DESCENT_PEERS:?}/$folder"; }
  done
  export DESCENT_PEERS
}
