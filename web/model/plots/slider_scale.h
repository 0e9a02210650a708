// SPDX-License-Identifier: MIT
// A slider's track. It maps t in 0 … 1 to the value, linearly or by t = log(v / low) / log(high / low); where a
// logarithmic range begins at 0, the left end of the track is 0 and the rest seven decades. A dragged value is rounded
// to what a person would have written: three significant digits, or a thousandth of the range.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/core/param_spec.h"

namespace descent::web {

struct SliderScale {
  static constexpr double kZeroShare = 0.04;  // of the track means 0 in a logarithmic range that begins there
  static constexpr double kDecadesOverZero = 7;

  double low, high;
  bool log, integer;
  double zero = 0;  // share of the track that means 0

  explicit SliderScale(const core::ParamSpec& spec)
      : low(spec.slider_minimum),
        high(std::max(spec.slider_maximum, spec.slider_minimum)),
        log(spec.scale == core::ParamScale::log && spec.slider_maximum > 0),
        integer(spec.kind == core::ParamKind::integer) {
    if (log && low <= 0) {
      low = high / std::pow(10.0, kDecadesOverZero);
      zero = kZeroShare;
    }
  }

  // Where on the track a value stands, 0 … 1, and what a place means.
  [[nodiscard]] double position(double value) const {
    if (high <= low) return 0;
    if (log && value <= 0) return 0;
    const double t = log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return zero + (1 - zero) * std::clamp(t, 0.0, 1.0);
  }
  [[nodiscard]] double value(double t) const {
    if (t < zero) return 0;
    t = std::clamp((t - zero) / (1 - zero), 0.0, 1.0);
    const double raw = log ? low * std::pow(high / low, t) : low + t * (high - low);
    return std::clamp(rounded(raw), low, high);
  }
  [[nodiscard]] double rounded(double raw) const {
    if (integer) return std::round(raw);
    const double size = log ? std::fabs(raw) / 100 : (high - low) / 1000;
    if (size <= 0) return raw;
    // A division by a power of ten, not a multiplication, gives 1e-3 as such and not 0.0010000000000000002.
    const double exponent = std::floor(std::log10(size));
    if (exponent < 0) {
      const double inverse = std::pow(10.0, -exponent);
      return std::round(raw * inverse) / inverse;
    }
    const double unit = std::pow(10.0, exponent);
    return std::round(raw / unit) * unit;
  }
};

}  // namespace descent::web
