// SPDX-License-Identifier: MIT
// The four-float register as plain floats, the fallback for other compilers.
#define DESCENT_F32X4_SCALAR 1
#include <doctest/doctest.h>

#include "tests/kernels/f32x4_cases.h"

TEST_CASE("four plain floats keep the same contract") {
  check_f32x4();
}
