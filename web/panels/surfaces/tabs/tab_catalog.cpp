// SPDX-License-Identifier: MIT
// The list of tabs.
#include "web/panels/surfaces/tabs/tab_catalog.h"

#include <array>

#include "web/panels/surfaces/tabs/chain_rule_tab.h"
#include "web/panels/surfaces/tabs/loss_tab.h"
#include "web/panels/surfaces/tabs/map_tab.h"
#include "web/panels/surfaces/tabs/rates_tab.h"
#include "web/panels/surfaces/tabs/sampling_tab.h"
#include "web/panels/surfaces/tabs/standings_tab.h"
#include "web/state/sampling_driver.h"
#include "web/state/strip_tabs.h"
#include "web/state/survey_wishes.h"

namespace descent::web {
namespace {

constexpr std::array kTabs{
    StripTab{"loss", "Loss", "Loss", "Loss against step, all optimizers.", StripPlace::half, make_loss_tab},
    StripTab{kRatesTab, "Rates", "Rates",
             "What every learning rate would make of each optimizer, from the same start. Click to set one.",
             StripPlace::half, make_rates_tab, &kRatesTabFigure, nullptr, 480},
    StripTab{
        kMapTab, "Map", "Map",
        "The loss after a run against any two of hyper-parameters, start and surface parameters. Click to set both.",
        StripPlace::whole, make_map_tab, &kMapTabFigure},
    StripTab{kChainRuleTab, "Chain rule", "Chain",
             "How the gradient is computed: the formula's graph, node by node. Click in the picture to choose where.",
             StripPlace::whole, make_chain_tab},
    StripTab{kSamplingTab, "Sampling", "Sample",
             "Gradient descent with a temperature: chains that visit points as often as Boltzmann's density says.",
             StripPlace::whole, make_sampling_tab},
    StripTab{"standings", "Standings", "Table", "Where each optimizer stands.", StripPlace::beside, make_standings_tab,
             nullptr, draw_standings_download},
};

}  // namespace

std::span<const StripTab> strip_tabs() {
  return kTabs;
}

std::size_t strip_tab_index(std::string_view name) {
  for (std::size_t i = 0; i < kTabs.size(); ++i)
    if (kTabs[i].name == name) return i;
  return 0;
}

const TabFigure* strip_tab_figure(std::string_view name) {
  for (const StripTab& tab : kTabs)
    if (tab.name == name) return tab.figure;
  return nullptr;
}

}  // namespace descent::web
