// SPDX-License-Identifier: MIT
// Says what the Surfaces workspace wants computed, as a function of the interface's state alone: a sweep of learning
// rates while its tab is open, a heat map while its tab is, a map of basins while the view shows it. What a survey
// varies is left out of its configuration, so that moving a learning rate along its own sweep computes nothing anew.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"
#include "web/state/ui_state.h"

namespace descent::web {

inline constexpr int kMapCells = 128;           // along each axis
inline constexpr std::int64_t kMapSteps = 200;  // of each run, where no number is asked for
inline constexpr int kMostStarts = 512 * 512;

// The runner as it would run from the beginning on its own, with its default learning rate.
[[nodiscard]] race::RunnerConfig without_rate(const race::RunnerConfig& runner);

// The sweep of every optimizer of the race, equal ones once; nothing without optimizers.
[[nodiscard]] std::optional<survey::RateSweepConfig> sweep_of(const UiState& ui);

// The choices that an axis of the map can show: those that are real numbers, the start's coordinates among them.
[[nodiscard]] std::vector<survey::AxisChoice> map_choices(const optim::OptimizerInfo& optimizer,
                                                          const surfaces::SurfaceInfo& surface);
// The choices that the map's two axes have: those named, else the first two except the weight decay: a map of gradient
// descent shows learning rate and start x.
[[nodiscard]] std::pair<int, int> map_axes(std::span<const survey::AxisChoice> choices, const SurveySettings& survey);
// The present value of an axis's choice for the race's runner `runner`; NaN while the race is another one
// than the map's. Commands::set_axis changes it.
[[nodiscard]] double axis_value(const race::RaceConfig& race, int runner, const survey::AxisChoice& axis);
[[nodiscard]] std::optional<survey::HeatMapConfig> heat_map_of(const UiState& ui, const surfaces::SurfaceInfo& surface);

// The basins of the selected optimizer, over ui.starts.
[[nodiscard]] std::optional<survey::BasinConfig> basins_of(const UiState& ui);
// Columns and rows for a picture of width × height pixels: none finer than the pixels, kMostStarts at most.
[[nodiscard]] std::pair<int, int> start_grid(double width, double height);

// True when the basins stand in the place of the surface.
[[nodiscard]] inline bool shows_basins(const UiState& ui) {
  return ui.show.basins && !ui.camera.three_d;
}

struct SurveyWishes {
  std::optional<survey::RateSweepConfig> sweep;
  std::optional<survey::HeatMapConfig> heat_map;
  std::optional<survey::BasinConfig> basins;
};
// surface: what is known of the one that the controls show (race_defaults.h); none: no map yet.
[[nodiscard]] SurveyWishes survey_wishes(const UiState& ui, const surfaces::SurfaceInfo* surface);

}  // namespace descent::web
