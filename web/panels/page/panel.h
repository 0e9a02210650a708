// SPDX-License-Identifier: MIT
// Panel: one region of the page. draw() fills the ImGui region it is given from snapshots and UiState, and asks for
// changes by commands. No engine computation, no GL, no static locals. Every region of a workspace has its panel
// (workspace_entry.h); what can be added to one is a tab in its strip, which is a panel as well (tab_entry.h).
#pragma once

#include <functional>
#include <string_view>

#include "web/browser/gesture.h"
#include "web/commands/commands.h"
#include "web/commands/race_questions.h"
#include "web/render/renderer.h"
#include "web/state/ui_state.h"

namespace descent::web {

struct PanelContext {
  const Snapshots& snapshots;  // of all workers
  UiState& ui;
  Commands& commands;        // the only way to change something in a worker
  RaceQuestions& questions;  // about the surface, answered later
  render::Renderer& render;  // records what to draw; images by key
  float width = 0;           // of the region, in points (CSS pixels)
  float height = 0;
  bool compact = false;  // small screen
  bool low = false;      // one of little height: every row counts
  bool named = false;    // the runners' names stand nearby, with their colours
  Gesture gesture;       // two fingers, this frame
  bool touch = false;    // the last pointer was a finger

  // The snapshots that many panels read, by short names.
  const race::RaceSnapshot& race = snapshots.of<race::Race>();
  const training::TrainerSnapshot& trainer = snapshots.of<training::Trainer>();
  const survey::SurveyorSnapshot& surveys = snapshots.of<survey::Surveyor>();    // sweeps and maps
  const sampling::SamplerSnapshot& sampled = snapshots.of<sampling::Sampler>();  // Langevin chains
};

class Panel {
 public:
  virtual ~Panel() = default;
  virtual void draw(PanelContext& context) = 0;
};

}  // namespace descent::web
