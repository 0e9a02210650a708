// SPDX-License-Identifier: MIT
#include "engine/inspect/matrices/truncation.h"

#include <algorithm>
#include <cstddef>

#include "engine/core/check.h"
#include "engine/inspect/matrices/spectrum.h"
#include "engine/kernels/softmax.h"

namespace descent::inspect {

core::Result<Truncation> Truncation::start(const nn::Network<float>& network, std::string_view parameter) {
  const core::Result<WeightMatrix> weights = weight_matrix(network, parameter);
  if (!weights.ok()) return weights.error();
  Truncation result;
  result.layer_ = weights->info.layer;
  result.factors_ = svd(weights->values, weights->rows, weights->columns, Vectors::left);
  result.bias_.assign(static_cast<std::size_t>(weights->rows), 0);
  for (const nn::ParameterInfo& info : network.parameter_infos())
    if (info.layer == result.layer_ && info.shape.size() == 1)
      network.export_parameter(info, network.parameters(), result.bias_);
  return result;
}

std::vector<float> Truncation::probabilities(const nn::Network<float>& network, nn::Trace<float> trace,
                                             int rank) const {
  DESCENT_ASSERT(rank >= 1 && rank <= ranks());
  // At full rank the projection changes nothing but the rounding.
  if (rank < ranks()) {
    // The channels lie innermost, so that a convolution has a row of them at each place and a dense layer one row.
    std::vector<float>& outputs = trace.outputs[static_cast<std::size_t>(layer_)];
    const std::size_t channels = bias_.size(), vectors = static_cast<std::size_t>(factors_.count);
    std::vector<double> sums(channels);
    for (std::size_t at = 0; at < outputs.size(); at += channels) {
      for (std::size_t o = 0; o < channels; ++o) sums[o] = static_cast<double>(bias_[o]);
      for (std::size_t k = 0; k < static_cast<std::size_t>(rank); ++k) {
        double part = 0;
        for (std::size_t o = 0; o < channels; ++o)
          part += factors_.u[o * vectors + k] * (static_cast<double>(outputs[at + o]) - static_cast<double>(bias_[o]));
        for (std::size_t o = 0; o < channels; ++o) sums[o] += factors_.u[o * vectors + k] * part;
      }
      for (std::size_t o = 0; o < channels; ++o) outputs[at + o] = static_cast<float>(sums[o]);
    }
    network.retrace(trace, layer_ + 1);
  }
  std::vector<float> probabilities(static_cast<std::size_t>(network.classes()));
  kernels::softmax(network.classes(), trace.outputs.back().data(), probabilities.data());
  return probabilities;
}

}  // namespace descent::inspect
