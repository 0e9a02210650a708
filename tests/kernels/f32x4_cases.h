// SPDX-License-Identifier: MIT
// The contract of f32x4.h, checked lane by lane. Included once for each implementation, into a namespace of its own.
#include <cstring>
#include <limits>
#include <vector>

#include "engine/kernels/f32x4.h"

namespace {

using descent::kernels::F32x4;

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kA[5] = {99, 1, -2, 3.5F, 0};  // loaded from the second on: unaligned
const float kB[5] = {99, 0.5F, 4, 3.5F, kNan};

std::vector<float> lanes(F32x4 x) {
  std::vector<float> values(5, -7);
  x.store(values.data() + 1);
  return {values.begin() + 1, values.end()};
}

// Equal, NaN to NaN as well.
bool same(const std::vector<float>& a, const std::vector<float>& b) {
  bool equal = a.size() == b.size();
  for (std::size_t i = 0; equal && i < a.size(); ++i) equal = a[i] == b[i] || (a[i] != a[i] && b[i] != b[i]);
  return equal;
}

void check_f32x4() {
  const F32x4 a = F32x4::load(kA + 1), b = F32x4::load(kB + 1);
  CHECK(same(lanes(a), {1, -2, 3.5F, 0}));
  CHECK(same(lanes(F32x4::zero()), {0, 0, 0, 0}));
  CHECK(same(lanes(F32x4::splat(2)), {2, 2, 2, 2}));
  CHECK(same(lanes(F32x4::load_splat(kA + 3)), {3.5F, 3.5F, 3.5F, 3.5F}));
  CHECK(same(lanes(a + b), {1.5F, 2, 7, kNan}));
  CHECK(same(lanes(a - b), {0.5F, -6, 0, kNan}));
  CHECK(same(lanes(a * b), {0.5F, -8, 12.25F, kNan}));
  CHECK(same(lanes(madd(a, b, F32x4::splat(1))), {1.5F, -7, 13.25F, kNan}));
  CHECK(same(lanes(select(a > b, a, b)), {1, 4, 3.5F, kNan}));
  CHECK(same(lanes(select(a < b, a, b)), {0.5F, -2, 3.5F, kNan}));
  CHECK(same(lanes(max(a, b)), {1, 4, 3.5F, kNan}));
  CHECK(same(lanes(min(a, b)), {0.5F, -2, 3.5F, kNan}));
  CHECK(same(lanes(max(b, a)), {1, 4, 3.5F, 0}));
  CHECK(same(lanes((a == b) & F32x4::splat(5)), {0, 0, 5, 0}));
  CHECK(same(lanes((b != b) & F32x4::splat(5)), {0, 0, 0, 5}));
  CHECK(same(lanes(((a > b) | (b != b)) & F32x4::splat(5)), {5, 0, 0, 5}));
  CHECK(sum(a) == 2.5F);
  CHECK(lane(a, 2) == 3.5F);
  std::uint8_t bytes[6] = {9, 0, 1, 200, 255, 9};
  CHECK(same(lanes(descent::kernels::load_bytes(bytes + 1)), {0, 1, 200, 255}));
  store_bytes(F32x4::load(std::vector<float>{255, 3, 0, 17}.data()), bytes + 1);
  const std::uint8_t expected[6] = {9, 255, 3, 0, 17, 9};
  CHECK(std::memcmp(bytes, expected, sizeof bytes) == 0);
}

}  // namespace
