// SPDX-License-Identifier: MIT
#include "web/model/history/page_state.h"

#include <algorithm>

#include "web/state/race_defaults.h"

namespace descent::web {
namespace {

constexpr std::size_t kBytes = 8000;  // of settings and names, about

bool same_pad(const PageState& state, const DrawPad& pad) {
  return state.pad == nullptr ? pad.version == 0 : state.pad->version == pad.version && state.pad->digit == pad.digit;
}

// Where they are automatic, both follow from the surface.
bool same_sampling(SamplingSettings a, const SamplingSettings& b) {
  if (a.automatic && b.automatic) a.temperature = b.temperature, a.learning_rate = b.learning_rate;
  return a == b;
}

// A scene's card that is closed changes nothing else.
bool same_scene(const SharedState& a, const SharedState& b) {
  return b.scene.empty() || a.scene == b.scene;
}

}  // namespace

PageState page_state(const UiState& ui, const PageRuns& runs, const PageState* before) {
  PageState state{ui.shared(), nullptr, runs};
  if (before != nullptr && same_pad(*before, ui.pad))
    state.pad = before->pad;
  else if (ui.pad.version > 0)
    state.pad = std::make_shared<const DrawPad>(ui.pad);
  return state;
}

bool same_page(const PageState& state, const UiState& ui, const PageRuns& runs) {
  const SharedState& a = state.shared;
  return state.runs == runs && a.race == ui.race && a.show == ui.show && a.survey == ui.survey &&
         same_sampling(a.sampling, ui.sampling) && same_scene(a, ui) && a.trainer == ui.trainer &&
         a.draft == ui.draft && a.lens.digit.image == ui.lens.digit.image && same_pad(state, ui.pad);
}

std::size_t bytes_of(const PageState& state, const PageState* before) {
  const bool shared = state.pad == nullptr || (before != nullptr && before->pad == state.pad);
  std::size_t bytes = kBytes + state.shared.race.expression.text().size();
  if (shared) return bytes;
  for (const data::PenStroke& stroke : state.pad->strokes)
    bytes += sizeof(stroke) + stroke.points.size() * sizeof(data::PenPoint);
  return bytes + state.pad->digit.size();
}

void show_page(const PageState& wanted, const PageState& present, UiState& ui) {
  const SharedState& to = wanted.shared;
  const SharedState& from = present.shared;
  const bool scene = to.scene != from.scene;
  if (scene || !same_domain(to.race, from.race)) {
    ui.camera = to.camera;
    ui.scene = to.scene;
  }
  if (scene) ui.strip = to.strip;
  if (to.race.runners.size() != from.race.runners.size()) ui.selected_runner = to.selected_runner;
  ui.race = to.race;
  ui.show = to.show;
  ui.survey = to.survey;
  ui.sampling = to.sampling;
  ui.trainer = to.trainer;
  ui.draft = to.draft;
  if (to.lens.digit.image != from.lens.digit.image) ui.lens.digit = to.lens.digit;
  if (wanted.pad != present.pad) {
    // A picture of the ink is known by the version, and what was drawn in the meantime may have had the same.
    const std::uint64_t version = std::max(ui.pad.version, wanted.pad != nullptr ? wanted.pad->version : 0) + 1;
    ui.pad = wanted.pad != nullptr ? *wanted.pad : DrawPad{};
    if (wanted.pad != nullptr) ui.pad.version = version;
  }
}

}  // namespace descent::web
