#!/bin/sh
# Runs a WebAssembly test program under the Node that the front door chose, or under `node` when run by hand.
# SPDX-License-Identifier: MIT
if [ -n "${DESCENT_NODE:-}" ]; then
  exec "$DESCENT_NODE" ${DESCENT_NODE_FLAGS:-} "$@"
fi
exec node --experimental-wasm-relaxed-simd "$@"
