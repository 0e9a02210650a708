// SPDX-License-Identifier: MIT
// Rprop, without weight backtracking (Rprop−):  every coordinate has a step size Δ, from the learning rate η. Where the
// gradient keeps its sign Δ ← min(η⁺Δ, largest), where it changes Δ ← max(η⁻Δ, smallest) and the coordinate rests for
// one step;  p ← p − Δ sign g.  This is torch.optim.Rprop at its default learning rate 0.01, with one difference: sizes
// and their limits are kept as multiples of η, so that schedules and a live learning rate act (PyTorch reads η only
// once). References: Riedmiller & Braun, "A direct adaptive method for faster backpropagation learning: the RPROP
// algorithm", ICNN 1993; Igel & Hüsken, "Improving the Rprop learning algorithm", NC 2000, for the variants.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    learning_rate_spec(0.01),
    core::ParamSpec{.name = "shrink",
                    .default_value = 0.5,
                    .minimum = 0.001,
                    .maximum = 1,
                    .doc = "Factor on a coordinate's step when its gradient has changed sign: it went too far. "
                           "Smaller is more careful.",
                    .slider_minimum = 0.1,
                    .slider_maximum = 0.95},
    core::ParamSpec{.name = "grow",
                    .default_value = 1.2,
                    .minimum = 1,
                    .maximum = 10,
                    .doc = "Factor on a coordinate's step while its gradient keeps its sign. Larger is faster and "
                           "overshoots more.",
                    .slider_minimum = 1,
                    .slider_maximum = 2},
    core::ParamSpec{.name = "smallest",
                    .default_value = 1e-4,
                    .minimum = 1e-15,
                    .maximum = 1,
                    .scale = core::ParamScale::log,
                    .doc = "The smallest step, as a multiple of the learning rate. It is the accuracy that can be "
                           "reached.",
                    .slider_minimum = 1e-4,
                    .slider_maximum = 1},
    core::ParamSpec{.name = "largest",
                    .default_value = 5000,
                    .minimum = 1,
                    .maximum = 1e9,
                    .scale = core::ParamScale::log,
                    .doc = "The largest step, as a multiple of the learning rate. It keeps long slopes from becoming "
                           "leaps.",
                    .slider_minimum = 1,
                    .slider_maximum = 1e5}};

struct Rprop : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "rprop",
      .title = "Rprop",
      .formula = "Δ ← grow·Δ while g keeps its sign, shrink·Δ where it changed,  p ← p − Δ sign g",
      .reference = "Riedmiller & Braun, ICNN 1993",
      .summary =
          "Looks at the signs of the gradient only, and gives every coordinate a step that grows until it overshoots. "
          "Fast on the whole data; noise in the signs spoils it.",
      .parameters = kParameters,
      .rate = Rate::sign,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"previous_gradient", "size"};

  template <class T>
  struct Kernel {
    T rate, shrink, grow, smallest, largest;
    // size: Δ/η; 0 stands for the 1 it starts from.
    void operator()(T& p, T g, T& previous, T& size) const {
      const T agreement = g * previous;
      const T before = size == 0 ? T(1) : size;
      const T factor = agreement > 0 ? grow : (agreement < 0 ? shrink : T(1));
      size = std::min(std::max(before * factor, smallest), largest);
      const T used = agreement < 0 ? T(0) : g;
      const T sign = used > 0 ? T(1) : (used < 0 ? T(-1) : used);  // NaN stays NaN, so that a lost run is noticed
      p -= rate * size * sign;
      previous = used;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, shrink, grow, smallest, largest] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(shrink), static_cast<T>(grow),
            static_cast<T>(smallest), static_cast<T>(largest)};
  }
};

}  // namespace

CatalogEntry rprop() {
  return elementwise_entry<Rprop>();
}

}  // namespace descent::optim
