// SPDX-License-Identifier: MIT
// The Network workspace: a network that learns to read digits.
#include "web/app/workspace_catalog.h"
#include "web/bridge/bridge.h"
#include "web/panels/network/curves.h"
#include "web/panels/network/rail.h"
#include "web/panels/network/tabs/strip.h"
#include "web/panels/network/transport.h"

namespace descent::web {
namespace {

StatusLine status(const PanelContext& context) {
  return status_line(context.trainer);
}

StripWish strip(const UiState&) {
  return {.shape = kLayersStrip};
}

}  // namespace

const WorkspaceEntry kNetworkEntry{
    .name = "network",
    .title = "Network",
    .tooltip = "A convolutional network learns to read digits, on this computer's processor. Key: 2.",
    .panels = {make_network_rail, make_network_transport, make_network_view, make_network_strip},
    .run = {.toggle = toggle_training, .step = train_one_step, .reset = reset_training},
    .status_line = status,
    .strip = strip,
    .transport_height = 160,
    .opened = bridge::ensure_dataset};

}  // namespace descent::web
