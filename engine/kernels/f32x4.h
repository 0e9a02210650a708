// SPDX-License-Identifier: MIT
// F32x4: four floats in a 128-bit register. WebAssembly intrinsics in the web builds, GCC/clang vector extensions
// natively, four plain floats anywhere else. Include it only from engine/kernels/*.cpp: its functions differ between
// the plain and the relaxed build, so they live in an inline namespace named after the flavour. madd(a, b, c) = a * b +
// c: one rounding where DESCENT_RELAXED_SIMD allows and the processor has it, else two. Comparisons give a mask of
// whole lanes for select(). Loads and stores need no alignment. F32x1 is one float with the same interface, for the
// columns that are left over.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(DESCENT_F32X4_SCALAR)
// asked for: the fallback, on any machine
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#define DESCENT_F32X4_WASM 1
#elif defined(__GNUC__)
#define DESCENT_F32X4_VECTOR 1
#endif

#if defined(DESCENT_F32X4_WASM) && defined(DESCENT_RELAXED_SIMD)
#define DESCENT_FLAVOUR relaxed
#elif defined(DESCENT_F32X4_WASM)
#define DESCENT_FLAVOUR simd128
#elif defined(DESCENT_F32X4_VECTOR)
#define DESCENT_FLAVOUR native
#else
#define DESCENT_FLAVOUR scalar
#endif

#define DESCENT_INLINE inline __attribute__((always_inline))

namespace descent::kernels {

inline namespace DESCENT_FLAVOUR {

#if defined(DESCENT_F32X4_WASM)

struct F32x4 {
  v128_t v;
  static constexpr int kLanes = 4;
  static DESCENT_INLINE F32x4 zero() { return {wasm_f32x4_const_splat(0.0F)}; }
  static DESCENT_INLINE F32x4 load(const float* p) { return {wasm_v128_load(p)}; }
  static DESCENT_INLINE F32x4 splat(float x) { return {wasm_f32x4_splat(x)}; }
  static DESCENT_INLINE F32x4 load_splat(const float* p) { return {wasm_v128_load32_splat(p)}; }
  DESCENT_INLINE void store(float* p) const { wasm_v128_store(p, v); }
};
using Mask = F32x4;

DESCENT_INLINE F32x4 operator+(F32x4 a, F32x4 b) {
  return {wasm_f32x4_add(a.v, b.v)};
}
DESCENT_INLINE F32x4 operator-(F32x4 a, F32x4 b) {
  return {wasm_f32x4_sub(a.v, b.v)};
}
DESCENT_INLINE F32x4 operator*(F32x4 a, F32x4 b) {
  return {wasm_f32x4_mul(a.v, b.v)};
}
DESCENT_INLINE Mask operator>(F32x4 a, F32x4 b) {
  return {wasm_f32x4_gt(a.v, b.v)};
}
DESCENT_INLINE Mask operator<(F32x4 a, F32x4 b) {
  return {wasm_f32x4_lt(a.v, b.v)};
}
DESCENT_INLINE Mask operator==(F32x4 a, F32x4 b) {
  return {wasm_f32x4_eq(a.v, b.v)};
}
DESCENT_INLINE Mask operator!=(F32x4 a, F32x4 b) {
  return {wasm_f32x4_ne(a.v, b.v)};
}
DESCENT_INLINE Mask operator|(Mask a, Mask b) {
  return {wasm_v128_or(a.v, b.v)};
}
DESCENT_INLINE Mask operator&(Mask a, F32x4 b) {
  return {wasm_v128_and(a.v, b.v)};
}
DESCENT_INLINE F32x4 select(Mask m, F32x4 a, F32x4 b) {
#if defined(DESCENT_RELAXED_SIMD)
  return {wasm_i32x4_relaxed_laneselect(a.v, b.v, m.v)};  // one blend, where bitselect is three operations
#else
  return {wasm_v128_bitselect(a.v, b.v, m.v)};
#endif
}
// The larger (smaller) of each lane; where either is NaN, the second.
DESCENT_INLINE F32x4 max(F32x4 a, F32x4 b) {
  return {wasm_f32x4_pmax(b.v, a.v)};
}
DESCENT_INLINE F32x4 min(F32x4 a, F32x4 b) {
  return {wasm_f32x4_pmin(b.v, a.v)};
}
DESCENT_INLINE F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
#if defined(DESCENT_RELAXED_SIMD)
  return {wasm_f32x4_relaxed_madd(a.v, b.v, c.v)};
#else
  return {wasm_f32x4_add(wasm_f32x4_mul(a.v, b.v), c.v)};
#endif
}
DESCENT_INLINE float lane(F32x4 a, int i) {
  float lanes[4];
  a.store(lanes);
  return lanes[i];
}
DESCENT_INLINE F32x4 load_bytes(const std::uint8_t* p) {
  const v128_t words = wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(p)));
  return {wasm_f32x4_convert_i32x4(words)};
}
DESCENT_INLINE void store_bytes(F32x4 a, std::uint8_t* p) {
  const v128_t words = wasm_i32x4_trunc_sat_f32x4(a.v);
  const v128_t halves = wasm_i16x8_narrow_i32x4(words, words);
  wasm_v128_store32_lane(p, wasm_u8x16_narrow_i16x8(halves, halves), 0);
}
DESCENT_INLINE void store_window_codes(Mask alive, Mask low, Mask high, std::uint8_t* p) {
  const v128_t position =
      wasm_v128_or(wasm_v128_and(low.v, wasm_i32x4_const_splat(1)), wasm_v128_and(high.v, wasm_i32x4_const_splat(2)));
  const v128_t words = wasm_v128_or(position, wasm_v128_not(alive.v));
  const v128_t halves = wasm_i16x8_narrow_i32x4(words, words);
  wasm_v128_store32_lane(p, wasm_i8x16_narrow_i16x8(halves, halves), 0);
}
// Rows to columns: r[i][j] becomes r[j][i].
DESCENT_INLINE void transpose(F32x4 (&r)[4]) {
  const v128_t low01 = wasm_i32x4_shuffle(r[0].v, r[1].v, 0, 4, 1, 5),
               high01 = wasm_i32x4_shuffle(r[0].v, r[1].v, 2, 6, 3, 7);
  const v128_t low23 = wasm_i32x4_shuffle(r[2].v, r[3].v, 0, 4, 1, 5),
               high23 = wasm_i32x4_shuffle(r[2].v, r[3].v, 2, 6, 3, 7);
  r[0].v = wasm_i64x2_shuffle(low01, low23, 0, 2);
  r[1].v = wasm_i64x2_shuffle(low01, low23, 1, 3);
  r[2].v = wasm_i64x2_shuffle(high01, high23, 0, 2);
  r[3].v = wasm_i64x2_shuffle(high01, high23, 1, 3);
}

#elif defined(DESCENT_F32X4_VECTOR)

struct F32x4 {
  typedef float Vector __attribute__((vector_size(16)));
  typedef std::int32_t Bits __attribute__((vector_size(16)));
  Vector v;
  static constexpr int kLanes = 4;
  static DESCENT_INLINE F32x4 zero() { return {Vector{0, 0, 0, 0}}; }
  static DESCENT_INLINE F32x4 load(const float* p) {
    F32x4 r;
    std::memcpy(&r.v, p, sizeof r.v);
    return r;
  }
  static DESCENT_INLINE F32x4 splat(float x) { return {Vector{x, x, x, x}}; }
  static DESCENT_INLINE F32x4 load_splat(const float* p) { return splat(*p); }
  DESCENT_INLINE void store(float* p) const { std::memcpy(p, &v, sizeof v); }
};
using Mask = F32x4;

DESCENT_INLINE F32x4 operator+(F32x4 a, F32x4 b) {
  return {a.v + b.v};
}
DESCENT_INLINE F32x4 operator-(F32x4 a, F32x4 b) {
  return {a.v - b.v};
}
DESCENT_INLINE F32x4 operator*(F32x4 a, F32x4 b) {
  return {a.v * b.v};
}
DESCENT_INLINE Mask operator>(F32x4 a, F32x4 b) {
  return {(F32x4::Vector)(a.v > b.v)};
}
DESCENT_INLINE Mask operator<(F32x4 a, F32x4 b) {
  return {(F32x4::Vector)(a.v < b.v)};
}
DESCENT_INLINE Mask operator==(F32x4 a, F32x4 b) {
  return {(F32x4::Vector)(a.v == b.v)};
}
DESCENT_INLINE Mask operator!=(F32x4 a, F32x4 b) {
  return {(F32x4::Vector)(a.v != b.v)};
}
DESCENT_INLINE Mask operator|(Mask a, Mask b) {
  return {(F32x4::Vector)((F32x4::Bits)a.v | (F32x4::Bits)b.v)};
}
DESCENT_INLINE Mask operator&(Mask a, F32x4 b) {
  return {(F32x4::Vector)((F32x4::Bits)a.v & (F32x4::Bits)b.v)};
}
DESCENT_INLINE F32x4 select(Mask m, F32x4 a, F32x4 b) {
  const F32x4::Bits mask = (F32x4::Bits)m.v;
  return {(F32x4::Vector)((mask & (F32x4::Bits)a.v) | (~mask & (F32x4::Bits)b.v))};
}
DESCENT_INLINE F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return {a.v * b.v + c.v};
}
DESCENT_INLINE float lane(F32x4 a, int i) {
  return a.v[i];
}
DESCENT_INLINE F32x4 load_bytes(const std::uint8_t* p) {
  return {F32x4::Vector{static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(p[2]),
                        static_cast<float>(p[3])}};
}
DESCENT_INLINE void store_bytes(F32x4 a, std::uint8_t* p) {
  for (int i = 0; i < F32x4::kLanes; ++i) p[i] = static_cast<std::uint8_t>(a.v[i]);
}

#else

struct F32x4 {
  float v[4];
  static constexpr int kLanes = 4;
  static DESCENT_INLINE F32x4 zero() { return {{0, 0, 0, 0}}; }
  static DESCENT_INLINE F32x4 load(const float* p) { return {{p[0], p[1], p[2], p[3]}}; }
  static DESCENT_INLINE F32x4 splat(float x) { return {{x, x, x, x}}; }
  static DESCENT_INLINE F32x4 load_splat(const float* p) { return splat(*p); }
  DESCENT_INLINE void store(float* p) const { std::memcpy(p, v, sizeof v); }
};
struct Mask {
  bool v[4];
};

template <class Fn>
DESCENT_INLINE F32x4 each(const Fn& fn) {
  return {{fn(0), fn(1), fn(2), fn(3)}};
}
template <class Fn>
DESCENT_INLINE Mask each_mask(const Fn& fn) {
  return {{fn(0), fn(1), fn(2), fn(3)}};
}
DESCENT_INLINE F32x4 operator+(F32x4 a, F32x4 b) {
  return each([&](int i) { return a.v[i] + b.v[i]; });
}
DESCENT_INLINE F32x4 operator-(F32x4 a, F32x4 b) {
  return each([&](int i) { return a.v[i] - b.v[i]; });
}
DESCENT_INLINE F32x4 operator*(F32x4 a, F32x4 b) {
  return each([&](int i) { return a.v[i] * b.v[i]; });
}
DESCENT_INLINE Mask operator>(F32x4 a, F32x4 b) {
  return each_mask([&](int i) { return a.v[i] > b.v[i]; });
}
DESCENT_INLINE Mask operator<(F32x4 a, F32x4 b) {
  return each_mask([&](int i) { return a.v[i] < b.v[i]; });
}
DESCENT_INLINE Mask operator==(F32x4 a, F32x4 b) {
  return each_mask([&](int i) { return a.v[i] == b.v[i]; });
}
DESCENT_INLINE Mask operator!=(F32x4 a, F32x4 b) {
  return each_mask([&](int i) { return a.v[i] != b.v[i]; });
}
DESCENT_INLINE Mask operator|(Mask a, Mask b) {
  return each_mask([&](int i) { return a.v[i] || b.v[i]; });
}
DESCENT_INLINE F32x4 operator&(Mask a, F32x4 b) {
  return each([&](int i) { return a.v[i] ? b.v[i] : 0.0F; });
}
DESCENT_INLINE F32x4 select(Mask m, F32x4 a, F32x4 b) {
  return each([&](int i) { return m.v[i] ? a.v[i] : b.v[i]; });
}
DESCENT_INLINE Mask select(Mask m, Mask a, Mask b) {
  return each_mask([&](int i) { return m.v[i] ? a.v[i] : b.v[i]; });
}
DESCENT_INLINE F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return each([&](int i) { return a.v[i] * b.v[i] + c.v[i]; });
}
DESCENT_INLINE float lane(F32x4 a, int i) {
  return a.v[i];
}
DESCENT_INLINE F32x4 load_bytes(const std::uint8_t* p) {
  return each([&](int i) { return static_cast<float>(p[i]); });
}
DESCENT_INLINE void store_bytes(F32x4 a, std::uint8_t* p) {
  for (int i = 0; i < F32x4::kLanes; ++i) p[i] = static_cast<std::uint8_t>(a.v[i]);
}

#endif

#if !defined(DESCENT_F32X4_WASM)
DESCENT_INLINE F32x4 max(F32x4 a, F32x4 b) {
  return select(a > b, a, b);
}
DESCENT_INLINE F32x4 min(F32x4 a, F32x4 b) {
  return select(a < b, a, b);
}
// store_window_codes() writes what conv2d_pool.h keeps of a 2x2 window: its winning position, 2 * high + low, or 255
// where it is not alive.
DESCENT_INLINE void store_window_codes(Mask alive, Mask low, Mask high, std::uint8_t* p) {
  const F32x4 zero = F32x4::zero();
  const F32x4 position = select(low, F32x4::splat(1), zero) + select(high, F32x4::splat(2), zero);
  store_bytes(select(alive, position, F32x4::splat(255)), p);
}
DESCENT_INLINE void transpose(F32x4 (&r)[4]) {
  float rows[4][4];
  for (int i = 0; i < 4; ++i) r[i].store(rows[i]);
  for (int i = 0; i < 4; ++i) {
    const float column[4] = {rows[0][i], rows[1][i], rows[2][i], rows[3][i]};
    r[i] = F32x4::load(column);
  }
}
#endif

// (a0 + a1) + (a2 + a3)
DESCENT_INLINE float sum(F32x4 a) {
  return (lane(a, 0) + lane(a, 1)) + (lane(a, 2) + lane(a, 3));
}

struct F32x1 {
  float v;
  static constexpr int kLanes = 1;
  static DESCENT_INLINE F32x1 zero() { return {0.0F}; }
  static DESCENT_INLINE F32x1 load(const float* p) { return {*p}; }
  static DESCENT_INLINE F32x1 splat(float x) { return {x}; }
  static DESCENT_INLINE F32x1 load_splat(const float* p) { return {*p}; }
  DESCENT_INLINE void store(float* p) const { *p = v; }
};
struct Mask1 {
  bool v;
};
DESCENT_INLINE F32x1 operator+(F32x1 a, F32x1 b) {
  return {a.v + b.v};
}
DESCENT_INLINE Mask1 operator>(F32x1 a, F32x1 b) {
  return {a.v > b.v};
}
DESCENT_INLINE Mask1 operator<(F32x1 a, F32x1 b) {
  return {a.v < b.v};
}
DESCENT_INLINE Mask1 operator==(F32x1 a, F32x1 b) {
  return {a.v == b.v};
}
DESCENT_INLINE Mask1 operator!=(F32x1 a, F32x1 b) {
  return {a.v != b.v};
}
DESCENT_INLINE Mask1 operator|(Mask1 a, Mask1 b) {
  return {a.v || b.v};
}
DESCENT_INLINE F32x1 operator&(Mask1 a, F32x1 b) {
  return {a.v ? b.v : 0.0F};
}
DESCENT_INLINE F32x1 select(Mask1 m, F32x1 a, F32x1 b) {
  return m.v ? a : b;
}
DESCENT_INLINE F32x1 madd(F32x1 a, F32x1 b, F32x1 c) {
  return {a.v * b.v + c.v};
}
DESCENT_INLINE void store_bytes(F32x1 a, std::uint8_t* p) {
  *p = static_cast<std::uint8_t>(a.v);
}

}  // namespace DESCENT_FLAVOUR

}  // namespace descent::kernels
