// SPDX-License-Identifier: MIT
#include "web/panels/network/tabs/strip.h"

#include <imgui.h>

#include <vector>

#include "web/panels/network/tabs/tab_catalog.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

class NetworkStripPanel : public Panel {
 public:
  NetworkStripPanel() {
    for (const TabEntry& tab : network_tabs()) panels_.push_back(tab.make());
  }
  void draw(PanelContext& context) override;

 private:
  std::vector<std::unique_ptr<Panel>> panels_;  // in the order of the catalog
};

void NetworkStripPanel::draw(PanelContext& context) {
  draw_tab_row("network tabs", network_tabs(), context.ui.network_tab, context.width);
  ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  PanelContext inner = context;
  inner.width = ImGui::GetContentRegionAvail().x;
  inner.height = ImGui::GetContentRegionAvail().y;
  panels_[tab_index(network_tabs(), context.ui.network_tab)]->draw(inner);
}

}  // namespace

std::unique_ptr<Panel> make_network_strip() {
  return std::make_unique<NetworkStripPanel>();
}

}  // namespace descent::web
