// SPDX-License-Identifier: MIT
// The four-float register as this build makes it: WebAssembly intrinsics or the compiler's vector extension.
#include <doctest/doctest.h>

#include "tests/kernels/f32x4_cases.h"

TEST_CASE("four floats in a register keep their contract") {
  check_f32x4();
}
