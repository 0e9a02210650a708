// SPDX-License-Identifier: MIT
#include "engine/inspect/pass.h"

#include "engine/core/fill.h"
#include "engine/kernels/softmax.h"

namespace descent::inspect {

core::Result<Pass> make_pass(const nn::Network<float>& network, std::span<const float> image, int label) {
  if (static_cast<std::int64_t>(image.size()) != network.input_size())
    return core::Error{
        core::fill("the image has {} numbers; this network reads {}", image.size(), network.input_size())};
  const int classes = network.classes();
  if (label < -1 || label >= classes)
    return core::Error{
        core::fill("label is {}; it must be one of this network's {} classes, 0 to {}", label, classes, classes - 1)};
  Pass pass;
  pass.trace = network.trace(image);
  const float* logits = pass.trace.outputs.back().data();
  pass.answer = kernels::largest(classes, logits);
  pass.label = label < 0 ? pass.answer : label;
  pass.loss = kernels::cross_entropy(classes, logits, pass.label);
  pass.probabilities.resize(static_cast<std::size_t>(classes));
  kernels::softmax(classes, logits, pass.probabilities.data());
  std::vector<float> dlogits(pass.probabilities.size());
  kernels::cross_entropy_gradient(classes, logits, pass.label, 1, dlogits.data());
  pass.gradients.resize(network.parameters().size());
  pass.back = network.trace_back(pass.trace, dlogits, pass.gradients);
  return pass;
}

}  // namespace descent::inspect
