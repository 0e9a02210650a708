// SPDX-License-Identifier: MIT
// The layers there are. One more is one file that defines its LayerType, one line here and one in catalog.cpp.
#pragma once

#include "engine/nn/layer.h"

namespace descent::nn {

extern const LayerType kConv2d;
extern const LayerType kMaxPool2d;
extern const LayerType kAvgPool2d;
extern const LayerType kDense;
extern const LayerType kRelu;
extern const LayerType kTanh;
extern const LayerType kSigmoid;
extern const LayerType kFlatten;
extern const LayerType kDropout;

}  // namespace descent::nn
