// SPDX-License-Identifier: MIT
// The Jacobian of one image: how every logit moves with every pixel, and the smallest change of the image that would
// make the network answer something else if it were everywhere as straight as it is here.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/inspect/pass.h"

namespace descent::inspect {

struct Jacobian {
  int classes = 0;
  std::int64_t pixels = 0;              // numbers of an image
  std::vector<float> matrix;            // (classes, pixels), ∂logit/∂pixel
  std::vector<double> singular_values;  // (the smaller of classes and pixels), descending
  std::vector<float> push;              // (pixels), to be added to the image; zeros when there is no such push
  int push_class = -1;                  // the class whose logit then equals the answer's
  double push_length = 0;               // Euclidean
};

// Wants only the trace of the pass: `label` and the way back are not read.
[[nodiscard]] Jacobian jacobian(const nn::Network<float>& network, const Pass& pass);

}  // namespace descent::inspect
