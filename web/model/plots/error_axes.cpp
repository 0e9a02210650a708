// SPDX-License-Identifier: MIT
#include "web/model/plots/error_axes.h"

#include <cmath>
#include <cstddef>
#include <span>

#include "engine/optim/schedule.h"

namespace descent::web {

double LinearMethod::factor(double curvature, double learning_rate) const {
  const double plain = 1 - learning_rate * (curvature + decay);
  // The roots of z² − trace z + product.
  const double trace = look_ahead ? (1 + momentum) * plain : momentum + plain;
  const double product = look_ahead ? momentum * plain : momentum;
  const double square = trace * trace - 4 * product;
  return square < 0 ? std::sqrt(product) : std::copysign((std::abs(trace) + std::sqrt(square)) / 2, trace);
}

LinearMethod linear_method(std::string_view optimizer, const std::vector<double>& hyperparameters) {
  if (optimizer == "gradient_descent" && hyperparameters.size() == 2)
    return {.known = true, .decay = hyperparameters[1]};
  const bool look_ahead = optimizer == "nesterov";
  if ((!look_ahead && optimizer != "momentum") || hyperparameters.size() != 3) return {};
  return {true, hyperparameters[1], hyperparameters[2], look_ahead};
}

void ErrorAxes::follow(const race::RunnerSnapshot& runner, const surfaces::Point& place, const surfaces::LocalModel& at,
                       std::int64_t schedule_steps) {
  const std::size_t now = runner.points.size() / 2, recorded = now + runner.later_points.size() / 2;
  if (generation_ != runner.generation || place_ != place || hessian_ != at.hessian ||
      axes_[0].measured.size() > recorded) {
    generation_ = runner.generation;
    place_ = place;
    hessian_ = at.hessian;
    vectors_ = at.eigenvectors;
    curvatures_ = at.eigenvalues;
    axes_ = {};
  }
  for (std::size_t step = axes_[0].measured.size(); step < recorded; ++step) {
    const double* point = step < now ? &runner.points[2 * step] : &runner.later_points[2 * (step - now)];
    for (std::size_t k = 0; k < 2; ++k) {
      const double* v = &vectors_[2 * k];
      const double error = v[0] * (point[0] - place[0]) + v[1] * (point[1] - place[1]);
      axes_[k].measured.push_back(std::abs(error));
      if (step > 0) continue;
      axes_[k].error = error;
      axes_[k].pull = v[0] * place[0] + v[1] * place[1];
    }
    predict(runner, static_cast<std::int64_t>(step), schedule_steps);
  }
}

void ErrorAxes::predict(const race::RunnerSnapshot& runner, std::int64_t step, std::int64_t schedule_steps) {
  std::size_t newest = runner.changes.size();
  while (newest > 1 && runner.changes[newest - 1].step >= step) --newest;
  const race::RunnerSettings* settings = &runner.config;
  if (newest > 0) settings = &runner.changes[newest - 1];
  const LinearMethod method = linear_method(runner.config.optimizer, settings->hyperparameters);
  const auto schedule = optim::Schedule::make(settings->schedule, settings->schedule_parameters);
  if (!method.known || !schedule.ok()) return;
  const double rate = settings->hyperparameters[0] * schedule->scale(step, schedule_steps);
  for (std::size_t k = 0; k < 2; ++k) {
    Axis& axis = axes_[k];
    if (step > 0) {
      const double slope = curvatures_[k] * axis.error + method.decay * (axis.error + axis.pull);
      axis.velocity = method.momentum * axis.velocity + slope;
      axis.error -= rate * (method.look_ahead ? slope + method.momentum * axis.velocity : axis.velocity);
    }
    axis.predicted.push_back(std::abs(axis.error));
  }
}

}  // namespace descent::web
