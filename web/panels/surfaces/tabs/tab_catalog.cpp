// SPDX-License-Identifier: MIT
// The list of tabs.
#include "web/panels/surfaces/tabs/tab_catalog.h"

#include <array>

#include "web/panels/surfaces/tabs/chain_rule_tab.h"
#include "web/panels/surfaces/tabs/curvature_tab.h"
#include "web/panels/surfaces/tabs/loss_tab.h"
#include "web/panels/surfaces/tabs/map_tab.h"
#include "web/panels/surfaces/tabs/rates_tab.h"
#include "web/panels/surfaces/tabs/sampling_tab.h"
#include "web/panels/surfaces/tabs/standings_tab.h"
#include "web/state/strip_tabs.h"
#include "web/workers/sampling_driver.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

constexpr std::array kTabs{
    StripTab{{"loss", "Loss", "Loss against step, all optimizers.", make_loss_tab}},
    StripTab{{kRatesTab, "Rates",
              "Shows the loss that each optimizer reaches with each learning rate, from the same start. Click to "
              "set a rate.",
              make_rates_tab},
             StripPlace::half,
             &kRatesTabFigure,
             nullptr,
             480},
    StripTab{{kMapTab, "Map",
              "Shows the loss after a run while two settings vary: hyper-parameters, the start or surface "
              "parameters. Click to set both.",
              make_map_tab},
             StripPlace::whole,
             &kMapTabFigure},
    StripTab{{kChainRuleTab, "Chain rule",
              "How the gradient is computed: the formula's graph, node by node. Click in the picture to choose where.",
              make_chain_tab},
             StripPlace::whole},
    StripTab{{kCurvatureTab, "Curvature",
              "The error along the two eigenvectors of the Hessian at the minimum: axes that no step turns.",
              make_curvature_tab},
             StripPlace::whole},
    StripTab{{kSamplingTab, "Sampling",
              "Gradient descent with a temperature: chains that visit points as often as Boltzmann's density says.",
              make_sampling_tab},
             StripPlace::whole},
    StripTab{{"standings", "Standings", "Where each optimizer stands.", make_standings_tab},
             StripPlace::beside,
             nullptr,
             draw_standings_download},
};

}  // namespace

std::span<const StripTab> strip_tabs() {
  return kTabs;
}

const TabFigure* strip_tab_figure(std::string_view name) {
  for (const StripTab& tab : kTabs)
    if (tab.name == name) return tab.figure;
  return nullptr;
}

}  // namespace descent::web
