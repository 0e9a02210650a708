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
             "Shows the output of every layer for one image while the network learns.", make_activations_tab},
    TabEntry{"draw", "Draw", "", "Draw a digit and see how the network reads it.", make_draw_tab},
};

}  // namespace

std::span<const TabEntry> network_tabs() {
  return kTabs;
}

}  // namespace descent::web
