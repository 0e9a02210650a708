// SPDX-License-Identifier: MIT
// The list of tabs.
#include "web/panels/network/tabs/tab_catalog.h"

#include <array>

#include "web/panels/network/tabs/activations_tab.h"
#include "web/panels/network/tabs/draw_tab.h"
#include "web/panels/network/tabs/filters_tab.h"

namespace descent::web {
namespace {

constexpr std::array kTabs{
    TabEntry{"filters", "Filters", "", "The weights of the first convolution: what each of its channels looks for.",
             make_filters_tab},
    TabEntry{"activations", "Activations", "",
             "What every layer makes of one image, refreshed while the network learns.", make_activations_tab},
    TabEntry{"draw", "Draw", "", "Draw something and watch what the network takes it for.", make_draw_tab},
};

}  // namespace

std::span<const TabEntry> network_tabs() {
  return kTabs;
}

}  // namespace descent::web
