// SPDX-License-Identifier: MIT
// UiState: everything the interface remembers between frames, as plain data. `race` and `trainer` are the
// configurations the controls show and edit; a panel that changes one sends it to the engine at once. The engine's
// snapshot stays the truth: when it accepted a configuration from elsewhere (script, share link) or refused one, the
// app copies it back here (app.cpp, sync). The parts marked [shared] travel in the share link and in descent.state().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/race/race.h"
#include "engine/sampling/sampler.h"
#include "engine/surfaces/surface.h"
#include "engine/training/trainer.h"
#include "web/state/hidden_parts.h"

namespace descent::web {

enum class Workspace { surfaces, network };
enum class Theme { dark, light };
enum class NetworkTab { filters, activations, draw };

// The camera of the Surfaces workspace.
struct SurfaceCamera {
  surfaces::Domain view;  // [shared] rectangle of the contour view, in surface coordinates
  bool three_d = false;   // [shared]
  double yaw = 0.5;       // [shared] radians
  double pitch = 0.65;    // [shared] radians above the horizon
  double distance = 1;    // [shared] 1 = the domain fits
  double look_x = 0;      // [shared] what the 3-D view turns round: −1 … 1 across the domain
  double look_y = 0;
  std::optional<surfaces::Point> pin;  // [shared] where the tab "Chain rule" looks; none: at the pointer or the head
};

// What is drawn over the surface.
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

// What sweeps and maps of the Surfaces workspace show.
struct SurveySettings {
  std::int64_t steps = 200;  // of each run
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

// The starts of a basin map: what the contour view shows, in as many columns and rows as are worth computing.
struct StartGrid {
  surfaces::Domain domain;
  int width = 0, height = 0;  // 0: the view has not been drawn yet
  surfaces::Domain surface;   // the whole surface's
};

struct DrawPad {
  static constexpr int kSize = 140;        // pixels a side
  std::array<float, kSize * kSize> ink{};  // 0 … 1, row 0 on top
  std::uint64_t version = 0;
  std::vector<float> probabilities;  // (10), empty until something is drawn
  std::array<float, 784> centred{};  // what the network sees
};

struct UiState {
  Workspace workspace = Workspace::surfaces;  // [shared]
  Theme theme = Theme::dark;                  // [shared]
  bool help_open = false;
  bool rail_open = false;  // small screens: the rail as a sheet

  race::RaceConfig race;  // [shared]
  SurfaceCamera camera;   // [shared]
  SurfaceSwitches show;   // [shared]
  SurfaceStrip strip;     // [shared]
  SurveySettings survey;  // [shared]
  StartGrid starts;
  SamplingSettings sampling;               // [shared]
  bool sampling_runs = true;               // while its tab is open
  int selected_runner = 0;                 // [shared] whose curvature is shown
  std::array<int, 2> pin_push{};           // by arrow keys: steps to the right and upwards
  bool pin_focused = false;                // the keyboard's focus is on the pinned point
  std::optional<surfaces::Point> pointed;  // where the pointer rests in the picture
  std::string scene;                       // [shared] name of the scene whose card is shown; empty: none (scenes.h)
  HiddenParts hidden;                      // [shared]

  training::TrainerConfig trainer;  // [shared]
  NetworkTab tab = NetworkTab::activations;
  std::int64_t test_index = 0;
  DrawPad pad;

  std::string toast;       // one sentence shown for a few seconds
  double toast_until = 0;  // ImGui time
  bool toast_is_error = false;
};

}  // namespace descent::web
