// SPDX-License-Identifier: MIT
// The list of panels.
#include "web/app/panel_catalog.h"

#include <array>

#include "web/panels/network/curves.h"
#include "web/panels/network/rail.h"
#include "web/panels/network/tabs/strip.h"
#include "web/panels/network/transport.h"
#include "web/panels/surfaces/rail/rail.h"
#include "web/panels/surfaces/rail/transport.h"
#include "web/panels/surfaces/tabs/strip.h"
#include "web/panels/surfaces/view/view.h"

namespace descent::web {
namespace {

constexpr std::array<PanelEntry, 8> kPanels{{
    {Workspace::surfaces, Region::rail, false, make_surfaces_rail},
    {Workspace::surfaces, Region::transport, false, make_surfaces_transport},
    {Workspace::surfaces, Region::view, true, make_surfaces_view},
    {Workspace::surfaces, Region::strip, false, make_surfaces_strip},
    {Workspace::network, Region::rail, false, make_network_rail},
    {Workspace::network, Region::transport, false, make_network_transport},
    {Workspace::network, Region::view, false, make_network_view},
    {Workspace::network, Region::strip, false, make_network_strip},
}};

}  // namespace

std::span<const PanelEntry> panel_catalog() {
  return kPanels;
}

}  // namespace descent::web
