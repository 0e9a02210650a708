// SPDX-License-Identifier: MIT
// The Network workspace: a network that learns to read digits.
#include "web/app/workspace_catalog.h"
#include "web/bridge/bridge.h"
#include "web/panels/network/lenses/lens_catalog.h"
#include "web/panels/network/lenses/view.h"
#include "web/panels/network/rail.h"
#include "web/panels/network/transport.h"

namespace descent::web {
namespace {

StatusLine status(const PanelContext& context) {
  return status_line(context.trainer);
}

StripWish strip(const UiState&) {
  return {.shape = kNoStrip};
}

std::vector<SentencePart> sentence(const PanelContext& context) {
  return network_sentence(context.trainer);
}

void open_symbol(UiState& ui, SymbolSubject subject) {
  for (const LensEntry& lens : network_lenses())
    if (lens.subject == (subject == SymbolSubject::loss ? SymbolSubject::rate : subject)) ui.lens.name = lens.name;
}

SymbolSubject opened_symbol(const UiState& ui) {
  return network_lenses()[tab_index(network_lenses(), ui.lens.name)].subject;
}

}  // namespace

const WorkspaceEntry kNetworkEntry{
    .name = kNetworkWorkspace,
    .title = "Network",
    .tooltip = "A convolutional network learns to read digits, on this computer's processor. Key: 2.",
    .panels = {make_network_rail, make_network_transport, make_network_view, nullptr},
    .run = {.toggle = toggle_training, .step = train_one_step, .reset = reset_training},
    .status_line = status,
    .strip = strip,
    .sentence = sentence,
    .open_symbol = open_symbol,
    .opened_symbol = opened_symbol,
    .transport_height = 160,
    .opened = bridge::expect_dataset};

}  // namespace descent::web
