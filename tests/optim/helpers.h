// SPDX-License-Identifier: MIT
// Holds what the optimizer tests share: making surfaces and optimizers by name, and runs of a given length.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/race/descend.h"
#include "engine/surfaces/surface.h"

namespace descent::testing {

inline std::unique_ptr<surfaces::Surface> surface_named(std::string_view name, std::vector<double> parameters = {}) {
  auto made = surfaces::make_surface(name, parameters);
  REQUIRE_MESSAGE(made.ok(), (made.ok() ? std::string() : made.message()));
  return std::move(made).value();
}

// The default hyper-parameters with some of them replaced.
inline std::vector<double> values_for(std::string_view optimizer, std::span<const core::NamedValue> given) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  REQUIRE(entry != nullptr);
  const auto resolved = core::resolve_params(optimizer, entry->info->parameters, given);
  REQUIRE_MESSAGE(resolved.ok(), (resolved.ok() ? std::string() : resolved.message()));
  return resolved.value();
}

template <class T>
std::unique_ptr<optim::Optimizer<T>> optimizer_named(std::string_view name, std::vector<double> values = {}) {
  auto made = optim::make_optimizer<T>(name, values);
  REQUIRE_MESSAGE(made.ok(), (made.ok() ? std::string() : made.message()));
  return std::move(made).value();
}

struct Run {
  surfaces::Point point{};
  double loss = 0;
  double gradient_norm = 0;
  int evaluations = 0;
  int stalled_at = 0;  // the step that stalled first; 0 when none did
  std::string_view note;
};

// `steps` steps on a surface from `start`; ends early when a step stalls. t counts from `first_t`.
inline Run descend(const core::Objective& surface, optim::Optimizer<double>& optimizer, double learning_rate,
                   surfaces::Point start, int steps, std::int64_t first_t = 1) {
  Run run{.point = start, .note = {}};
  std::array<double, 2> gradient{};
  for (int i = 0; i < steps && run.stalled_at == 0; ++i) {
    surface.evaluate(run.point, gradient);
    const optim::StepReport report =
        optimizer.step(run.point, gradient, {.t = first_t + i, .learning_rate = learning_rate, .objective = &surface});
    run.evaluations += 1 + report.gradient_evaluations;
    if (report.stalled) run.stalled_at = i + 1;
    if (!report.note.empty()) run.note = report.note.text();
  }
  run.loss = surface.evaluate(run.point, gradient);
  run.gradient_norm = std::hypot(gradient[0], gradient[1]);
  return run;
}

}  // namespace descent::testing
