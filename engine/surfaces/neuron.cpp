// SPDX-License-Identifier: MIT
// A neuron with two parameters: a real regression y ≈ σ(wx + b) on eight points of data, σ(z) = 1/(1 + e⁻ᶻ), and its
// loss f(w, b) = mean (σ(wx + b) − y)², the surface's x being w and its y being b. The data are parameters: moving a
// point moves the surface. By default the points follow a steep step, with one wrong label at each end: a steep neuron
// that gives these two up, and a flat one that compromises, are two minima. How many there are depends on the data, so
// minima() searches: Newton's method with |λ| (Dauphin et al., NeurIPS 2014) and halved steps from a grid of starts.
// Reference: Auer, Herbster & Warmuth, "Exponentially many local minima for single neurons", NIPS 1995.
#include "engine/surfaces/neuron.h"

#include <array>

#include "engine/surfaces/formula_surface.h"
#include "engine/surfaces/minima.h"

namespace descent::surfaces {
namespace {

constexpr core::ParamSpec input_spec(std::string_view name, double value) {
  return {.name = name,
          .default_value = value,
          .minimum = -100,
          .maximum = 100,
          .doc = "Input of a data point: where it stands on the horizontal axis of the data.",
          .slider_minimum = -5,
          .slider_maximum = 5};
}

constexpr core::ParamSpec target_spec(std::string_view name, double value) {
  return {.name = name,
          .default_value = value,
          .minimum = -10,
          .maximum = 10,
          .doc = "Target of a data point: what the neuron should answer there. It can answer between 0 and 1.",
          .slider_minimum = 0,
          .slider_maximum = 1};
}

constexpr std::array kParameters{
    input_spec("x1", -4),   target_spec("y1", 0.6),  input_spec("x2", -2.5), target_spec("y2", 0.1),
    input_spec("x3", -1.5), target_spec("y3", 0.05), input_spec("x4", -0.5), target_spec("y4", 0.15),
    input_spec("x5", 0.5),  target_spec("y5", 0.8),  input_spec("x6", 1.5),  target_spec("y6", 0.9),
    input_spec("x7", 2.5),  target_spec("y7", 0.85), input_spec("x8", 4),    target_spec("y8", 0.3)};
static_assert(kParameters.size() == 2 * kNeuronPoints);

class Neuron final : public FormulaSurface<Neuron> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "neuron",
      .title = "Two-parameter neuron",
      .formula = "f = mean over the data of (σ(wx + b) − y)²,  w and b on the axes",
      .reference = "Auer, Herbster & Warmuth, NIPS 1995, for the minima of a single neuron",
      .lesson =
          "A real regression: the axes are weight and bias, each point of the surface is one curve through the data. "
          "Move a data point and the loss surface follows; wrong labels make a second minimum.",
      .domain = {-4, 8, -6, 6},
      .start = {-1.5, 3},
      .parameters = kParameters,
  };

  explicit Neuron(std::span<const double> parameters) {
    for (std::size_t i = 0; i < kNeuronPoints; ++i)
      data_[i] = {parameters[neuron_input_index(i)], parameters[neuron_target_index(i)]};
  }

  template <class S>
  [[nodiscard]] S formula(const S& w, const S& b) const {
    using autodiff::sigmoid;
    using autodiff::square;
    S sum(0.0);
    for (const Point& point : data_) sum += square(sigmoid(w * point[0] + b) - point[1]);
    return sum / static_cast<double>(kNeuronPoints);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return search_minima(*this, kInfo.domain).minima; }

 private:
  std::array<Point, kNeuronPoints> data_{};  // (input, target)
};

}  // namespace

double neuron_output(Point weights, double input) {
  return autodiff::sigmoid(weights[0] * input + weights[1]);
}

CatalogEntry neuron() {
  return catalog_entry<Neuron>();
}

}  // namespace descent::surfaces
