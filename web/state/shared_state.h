// SPDX-License-Identifier: MIT
// SharedState: what a share link and descent.state() carry, as plain data. One more field stands here, and is read and
// written in state_json.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/spec.h"
#include "engine/race/race_config.h"
#include "engine/sampling/sampler.h"
#include "engine/surfaces/surface.h"
#include "engine/training/trainer.h"
#include "web/state/hidden_parts.h"
#include "web/state/network_lens.h"
#include "web/state/surface_camera.h"
#include "web/state/theme.h"

namespace descent::web {

// The workspace whose parts other places know by name: what it shows is computed while it is open, and pictures are of
// it.
inline constexpr std::string_view kSurfacesWorkspace = "surfaces", kNetworkWorkspace = "network";

// The layers drawn over the surface, each on or off.
struct SurfaceSwitches {
  bool contours = true;   // lines of equal loss
  bool arrows = false;    // −∇f on a grid
  bool basins = false;    // where each start ends, instead of the loss; in the contour view
  bool curvature = true;  // ellipse, arrows and numbers of the local quadratic model at the chosen head
  friend bool operator==(const SurfaceSwitches&, const SurfaceSwitches&) = default;
};

// The strip below the picture of the surface.
struct SurfaceStrip {
  std::string tab = "loss";       // one of `tabs`
  bool tall = false;              // takes most of the height
  std::vector<std::string> tabs;  // the names in the catalog of tabs
  friend bool operator==(const SurfaceStrip&, const SurfaceStrip&) = default;
};

inline constexpr std::int64_t kMaxSurveySteps = 5000;

// The settings of sweeps and maps in the Surfaces workspace.
struct SurveySettings {
  std::int64_t steps = 0;    // of each run; 0: as many as suit (chosen_steps.h), of a map kMapSteps
  bool count_steps = false;  // sweep: steps to the tolerance instead of the loss
  std::string across = "";   // heat map: what its axes vary, by name (axis.h); where optimizer and surface have
  std::string upwards = "";  // none of that name, what map_axes() chooses
  friend bool operator==(const SurveySettings&, const SurveySettings&) = default;
};

// The Langevin chains of the Surfaces workspace; surface and start are the race's.
struct SamplingSettings : sampling::ChainSettings {
  bool automatic = true;  // temperature and learning rate are those that suit the surface (automatic_settings.h)

  SamplingSettings() : ChainSettings{.method = sampling::SamplingMethod::mala, .temperature = 1, .burn_in = 200} {}
  friend bool operator==(const SamplingSettings&, const SamplingSettings&) = default;
};

struct SharedState {
  std::string workspace{kSurfacesWorkspace};  // one of `workspaces`
  std::vector<std::string> workspaces;        // the names in the catalog of workspaces
  Theme theme = Theme::dark;
  race::RaceConfig race;
  SurfaceCamera camera;
  SurfaceSwitches show;
  SurfaceStrip strip;
  SurveySettings survey;
  SamplingSettings sampling;
  int selected_runner = 0;  // whose curvature is shown
  std::string scene;        // the name of the scene whose card is shown; empty: none (scenes.h)
  HiddenParts hidden;
  NetworkLens lens;
  training::TrainerConfig trainer;
  std::optional<nn::NetworkSpec> draft;  // a network being edited that is not the trainer's (yet)
  std::string dataset;                   // a name of engine/data/catalog.h, or empty: whatever the page starts with
};

}  // namespace descent::web
