// SPDX-License-Identifier: MIT
// The step h: what is cut off after the slope is h² L'''/6, what rounding leaves is about εL/h. With a loss and a third
// derivative of order 1 their sum is least near h = ∛ε = 6e-6, where both are about 1e-10. A larger step would also
// meet more kinks: the network is smooth only between them, and one of them costs far more than either error.
#include "engine/inspect/double_twin.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/inspect/switches.h"
#include "engine/kernels/softmax.h"

namespace descent::inspect {
core::Result<CentralDifference> DoubleTwin::difference(const nn::Network<float>& network, std::span<const float> image,
                                                       int label, const nn::ParameterInfo& parameter,
                                                       std::int64_t index) {
  if (!twin_ || !(twin_->spec() == network.spec())) {
    twin_.reset();
    core::Result<nn::Network<double>> built = nn::Network<double>::build(network.spec());
    if (!built.ok()) return built.error();
    twin_ = std::move(*built);
  }
  std::copy(network.parameters().begin(), network.parameters().end(), twin_->parameters().begin());
  double& weight = twin_->parameters()[static_cast<std::size_t>(index)];
  const double middle = weight, h = std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, std::abs(middle));
  const auto loss = [&](const nn::Trace<double>& trace) {
    return kernels::cross_entropy(network.classes(), trace.outputs.back().data(), label);
  };
  const double upper = weight = middle + h;
  const nn::Trace<double> above = twin_->trace(std::vector<double>(image.begin(), image.end()));
  nn::Trace<double> below = above;
  // The layers before the weight's are the same on both sides.
  const double lower = weight = middle - h;
  twin_->retrace(below, parameter.layer);
  return CentralDifference{(loss(above) - loss(below)) / (upper - lower), h,
                           switches(*twin_, above, below, parameter.layer) > 0};
}

}  // namespace descent::inspect
