// SPDX-License-Identifier: MIT
// ErrorAxes: a run's error w − w* along the two eigenvectors of the Hessian at a stationary point w*, beside what its
// method says it should be. On a quadratic the axes do not mix, and gradient descent does the same to each in every
// step: e ← (1 − ηλ) e. With a velocity it is e ← e − ηv, v ← βv + λe (Goh, "Why momentum really works", Distill 2017).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/race/run_snapshot.h"
#include "web/model/plots/curve_extremes.h"

namespace descent::web {

// A method that does the same to each axis of a quadratic in every step: v ← βv + g, w ← w − η v; with look_ahead
// w ← w − η (g + βv). decay: of the weights, times w in g.
struct LinearMethod {
  bool known = false;  // false: the method is none of these
  double momentum = 0;
  double decay = 0;
  bool look_ahead = false;

  // The factor by which a step multiplies an error on an axis of this curvature: 1 − ηλ without momentum; with it the
  // larger root, by size where the roots are complex and the error swings.
  [[nodiscard]] double factor(double curvature, double learning_rate) const;
};
[[nodiscard]] LinearMethod linear_method(std::string_view optimizer, const std::vector<double>& hyperparameters);

class ErrorAxes {
 public:
  struct Axis {
    CurveExtremes measured, predicted;  // |e| after 0, 1, … steps; nothing predicted where the method is not linear

   private:
    friend class ErrorAxes;
    double error = 0, velocity = 0, pull = 0;
  };

  // Takes in what the record has grown by; begins anew where it was rewritten or `place` is another one.
  // at: at `place`, with finite eigenvalues. schedule_steps: the race's.
  void follow(const race::RunnerSnapshot& runner, const surfaces::Point& place, const surfaces::LocalModel& at,
              std::int64_t schedule_steps);

  [[nodiscard]] const Axis& axis(std::size_t k) const { return axes_[k]; }

 private:
  void predict(const race::RunnerSnapshot& runner, std::int64_t step, std::int64_t schedule_steps);

  std::array<Axis, 2> axes_;
  std::uint64_t generation_ = 0;
  surfaces::Point place_{};
  std::array<double, 4> hessian_{}, vectors_{};
  std::array<double, 2> curvatures_{};
};

}  // namespace descent::web
