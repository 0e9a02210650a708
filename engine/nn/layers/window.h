// SPDX-License-Identifier: MIT
// Holds what layers with a sliding square window share: the declarations of kernel, stride, padding and dilation, and
// the check that a window fits into the input it receives.
#pragma once

#include <string_view>

#include "engine/core/param_spec.h"
#include "engine/core/result.h"
#include "engine/nn/spec.h"

namespace descent::nn {

constexpr core::ParamSpec kernel_spec(double default_value, double maximum, std::string_view doc) {
  return {.name = "kernel",
          .default_value = default_value,
          .minimum = 1,
          .maximum = maximum,
          .doc = doc,
          .kind = core::ParamKind::integer,
          .slider_minimum = 1,
          .slider_maximum = 7};
}

constexpr core::ParamSpec stride_spec(double default_value, std::string_view doc) {
  return {.name = "stride",
          .default_value = default_value,
          .minimum = 1,
          .maximum = 15,
          .doc = doc,
          .kind = core::ParamKind::integer,
          .slider_minimum = 1,
          .slider_maximum = 4};
}

constexpr core::ParamSpec padding_spec(double maximum, std::string_view doc) {
  return {.name = "padding",
          .default_value = 0,
          .minimum = 0,
          .maximum = maximum,
          .doc = doc,
          .kind = core::ParamKind::integer,
          .slider_minimum = 0,
          .slider_maximum = 3};
}

constexpr core::ParamSpec dilation_spec(std::string_view doc) {
  return {.name = "dilation",
          .default_value = 1,
          .minimum = 1,
          .maximum = 15,
          .doc = doc,
          .kind = core::ParamKind::integer,
          .slider_minimum = 1,
          .slider_maximum = 4};
}

// The input with its padding must be a feature map (not flattened) at least as large as the window, whose side is
// dilation * (kernel - 1) + 1.
[[nodiscard]] core::Status check_window(const Shape& input, int kernel, int padding, int dilation = 1);

}  // namespace descent::nn
