// SPDX-License-Identifier: MIT
// The list of panels.
#include "web/panels/catalog.h"

#include <array>

#include "web/panels/network_rail.h"
#include "web/panels/network_strip.h"
#include "web/panels/network_transport.h"
#include "web/panels/network_view.h"
#include "web/panels/surfaces_rail.h"
#include "web/panels/surfaces_strip.h"
#include "web/panels/surfaces_transport.h"
#include "web/panels/surfaces_view.h"

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
