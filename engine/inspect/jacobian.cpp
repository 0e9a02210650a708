// SPDX-License-Identifier: MIT
#include "engine/inspect/jacobian.h"

#include <cmath>
#include <span>

#include "engine/inspect/matrices/svd.h"

namespace descent::inspect {
namespace {

// With g = J_a − J_c, the gradient of the answer's lead z_a − z_c over class c, the nearest point at which the lead is
// linearly used up lies at −g (z_a − z_c) / ‖g‖². The class for which that is shortest wins (Moosavi-Dezfooli, Fawzi &
// Frossard, "DeepFool: a simple and accurate method to fool deep neural networks", CVPR 2016, eq. 8).
void find_push(std::span<const float> logits, int answer, Jacobian& jacobian) {
  const auto pixels = static_cast<std::size_t>(jacobian.pixels);
  const float* own = jacobian.matrix.data() + static_cast<std::size_t>(answer) * pixels;
  double squares_of_best = 0, lead_of_best = 0;
  for (int c = 0; c < jacobian.classes; ++c) {
    if (c == answer) continue;
    const float* other = jacobian.matrix.data() + static_cast<std::size_t>(c) * pixels;
    double squares = 0;
    for (std::size_t i = 0; i < pixels; ++i) {
      const double g = static_cast<double>(own[i]) - static_cast<double>(other[i]);
      squares += g * g;
    }
    const double lead = static_cast<double>(logits[static_cast<std::size_t>(answer)]) -
                        static_cast<double>(logits[static_cast<std::size_t>(c)]);
    const double length = lead / std::sqrt(squares);
    if (!(squares > 0) || (jacobian.push_class >= 0 && !(length < jacobian.push_length))) continue;
    jacobian.push_class = c;
    jacobian.push_length = length;
    squares_of_best = squares;
    lead_of_best = lead;
  }
  jacobian.push.assign(pixels, 0.0F);
  if (jacobian.push_class < 0) return;
  const float* other = jacobian.matrix.data() + static_cast<std::size_t>(jacobian.push_class) * pixels;
  for (std::size_t i = 0; i < pixels; ++i)
    jacobian.push[i] = static_cast<float>((static_cast<double>(other[i]) - static_cast<double>(own[i])) * lead_of_best /
                                          squares_of_best);
}

}  // namespace

Jacobian jacobian(const nn::Network<float>& network, const Pass& pass) {
  const int classes = network.classes();
  const auto count = static_cast<std::size_t>(classes);
  std::vector<float> unit(count * count);
  for (std::size_t c = 0; c < count; ++c) unit[c * count + c] = 1;
  Jacobian result{
      .classes = classes, .pixels = network.input_size(), .matrix = network.image_gradients(pass.trace.image, unit)};
  const std::vector<double> matrix(result.matrix.begin(), result.matrix.end());
  result.singular_values = singular_values(matrix, classes, static_cast<int>(result.pixels));
  find_push(pass.trace.outputs.back(), pass.answer, result);
  return result;
}

}  // namespace descent::inspect
