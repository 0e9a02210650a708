// SPDX-License-Identifier: MIT
// The Surfaces workspace: a race of optimizers, or chains, over the picture of a surface.
#include "web/app/workspace_catalog.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/rail/rail.h"
#include "web/panels/surfaces/rail/transport.h"
#include "web/panels/surfaces/tabs/strip.h"
#include "web/panels/surfaces/tabs/tab_catalog.h"
#include "web/panels/surfaces/view/view.h"
#include "web/state/strip_tabs.h"

namespace descent::web {
namespace {

StatusLine status(const PanelContext& context) {
  return shows_sampling(context.ui) ? status_line(context.sampled) : status_line(context.race, naming(context));
}

StripWish strip(const UiState& ui) {
  return {.tall = ui.strip.tall};
}

std::vector<SentencePart> sentence(const PanelContext& context) {
  return surfaces_sentence(context.race, context.ui.selected_runner, context.ui.sampling.temperature);
}

void open_symbol(UiState& ui, SymbolSubject subject) {
  switch (subject) {
    case SymbolSubject::rate:
      ui.strip.tab = kRatesTab;
      return;
    case SymbolSubject::gradient:
      ui.strip.tab = kChainRuleTab;
      return;
    case SymbolSubject::weights:
      ui.show.curvature = true;
      ui.strip.tab = kCurvatureTab;
      return;
    case SymbolSubject::probability:
      ui.strip.tab = kSamplingTab;
      return;
    default:
      ui.strip.tab = strip_tabs().front().name;
  }
}

SymbolSubject opened_symbol(const UiState& ui) {
  if (ui.strip.tab == kRatesTab) return SymbolSubject::rate;
  if (ui.strip.tab == kChainRuleTab) return SymbolSubject::gradient;
  if (ui.strip.tab == kCurvatureTab) return SymbolSubject::weights;
  return ui.strip.tab == kSamplingTab ? SymbolSubject::probability : SymbolSubject::none;
}

}  // namespace

const WorkspaceEntry kSurfacesEntry{
    .name = kSurfacesWorkspace,
    .title = "Surfaces",
    .tooltip = "Optimizers race over a loss surface whose curvature is known exactly. Key: 1.",
    .panels = {make_surfaces_rail, make_surfaces_transport, make_surfaces_view, make_surfaces_strip},
    .run = {.toggle = toggle_race, .step = step_race, .back = step_race_back, .reset = reset_race},
    .status_line = status,
    .strip = strip,
    .sentence = sentence,
    .open_symbol = open_symbol,
    .opened_symbol = opened_symbol,
    .transport_height = 64,
    .shows_surface = true};

}  // namespace descent::web
