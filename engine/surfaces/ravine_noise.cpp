// SPDX-License-Identifier: MIT
// A ravine with noise: f = (x² + κy²)/2 + amplitude · mean (1 − cos ωₖ·(x, y)) over six waves, whose directions and
// lengths (0.5 … 1.5 of the frequency) come from the seed. The noise is part of the function: f is smooth,
// deterministic and exactly differentiated. All its terms are ≥ 0 and vanish at the origin, which is therefore the
// global minimum for every choice; minima() lists it alone. Our own construction.
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "engine/core/rng.h"
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

constexpr std::array kParameters{
    core::ParamSpec{.name = "kappa",
                    .default_value = 30,
                    .minimum = 1e-3,
                    .maximum = 1e6,
                    .scale = core::ParamScale::log,
                    .doc = "Condition number of the ravine below the ripple: how much steeper it is across than along.",
                    .slider_minimum = 1,
                    .slider_maximum = 1000},
    core::ParamSpec{.name = "amplitude",
                    .default_value = 0.1,
                    .minimum = 0,
                    .maximum = 1000,
                    .doc = "Height of the ripple. 0 leaves the plain ravine.",
                    .slider_minimum = 0,
                    .slider_maximum = 2},
    core::ParamSpec{.name = "frequency",
                    .default_value = 12,
                    .minimum = 0.01,
                    .maximum = 1000,
                    .scale = core::ParamScale::log,
                    .doc = "Waves per 2π units of length. The ripple's slope grows with it, its curvature with the "
                           "square.",
                    .slider_minimum = 1,
                    .slider_maximum = 50},
    core::ParamSpec{.name = "seed",
                    .default_value = 1,
                    .minimum = 0,
                    .maximum = 1e9,
                    .doc = "Chooses the directions and lengths of the waves.",
                    .kind = core::ParamKind::integer,
                    .slider_minimum = 0,
                    .slider_maximum = 20}};

constexpr std::size_t kWaves = 6;

class RavineNoise final : public FormulaSurface<RavineNoise> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "ravine_noise",
      .title = "Ravine with noise",
      .formula = "f = (x² + κy²)/2 + amplitude · mean over k of (1 − cos ωₖ·(x, y))",
      .reference = "Own construction: quadratic bowl plus a seeded sum of waves",
      .lesson =
          "A ravine whose floor is rough: the gradient points everywhere while the valley still slopes one way. "
          "Averaging over steps (momentum, larger steps) sees through the ripple, Newton does not.",
      .domain = {-5, 5, -2, 2},
      .start = {-4.2, 1.1},
      .parameters = kParameters,
  };

  explicit RavineNoise(std::span<const double> parameters) : kappa_(parameters[0]), amplitude_(parameters[1]) {
    core::Rng rng(static_cast<std::uint64_t>(parameters[3]));
    for (Point& wave : waves_) {
      const double angle = rng.uniform(0, 2 * std::numbers::pi);
      const double frequency = parameters[2] * rng.uniform(0.5, 1.5);
      wave = {frequency * std::cos(angle), frequency * std::sin(angle)};
    }
  }

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::square;
    S ripple(0.0);
    for (const Point& wave : waves_) ripple += 1.0 - cos(wave[0] * x + wave[1] * y);
    return 0.5 * (square(x) + kappa_ * square(y)) + (amplitude_ / kWaves) * ripple;
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, 0}}; }

 private:
  double kappa_, amplitude_;
  std::array<Point, kWaves> waves_{};  // ωₖ
};

}  // namespace

CatalogEntry ravine_noise() {
  return catalog_entry<RavineNoise>();
}

}  // namespace descent::surfaces
