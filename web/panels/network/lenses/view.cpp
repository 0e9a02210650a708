// SPDX-License-Identifier: MIT
// Wide: the digit's dock at the left, the lens beside it. Narrow: the dock is a row above the lens, and the pad opens
// below that row when the digit is touched; in a view of little height it takes the place of all else. What is wrong
// with the run stands above both.
#include "web/panels/network/lenses/view.h"

#include <imgui.h>

#include <vector>

#include "web/panels/network/digit_dock.h"
#include "web/panels/network/lenses/lens_catalog.h"
#include "web/panels/network/trouble.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kDock = 248, kLeastLens = 420, kLeastHeight = 60;

class NetworkViewPanel : public Panel {
 public:
  NetworkViewPanel() {
    for (const LensEntry& lens : network_lenses()) lenses_.push_back(lens.make());
  }
  void draw(PanelContext& context) override;

 private:
  void draw_lens(PanelContext& context);

  NetworkTrouble trouble_;
  DigitDock dock_;
  std::vector<std::unique_ptr<Panel>> lenses_;  // in the order of the catalog
};

void NetworkViewPanel::draw_lens(PanelContext& context) {
  ImGui::BeginChild("lens", ImVec2(0, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  PanelContext inner = context;
  inner.width = ImGui::GetContentRegionAvail().x;
  inner.height = ImGui::GetContentRegionAvail().y;
  lenses_[tab_index(network_lenses(), context.ui.lens.name)]->draw(inner);
  ImGui::EndChild();
}

void NetworkViewPanel::draw(PanelContext& context) {
  if (dock_.takes_all(context)) return dock_.draw_alone(context);
  const std::string before = context.ui.lens.name;
  draw_tab_row("lenses", network_lenses(), context.ui.lens.name, context.width);
  if (context.ui.lens.name != before) dock_.close_pad();
  ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  trouble_.draw(context);
  const bool beside = context.width >= kDock + kLeastLens;
  const bool curves = context.ui.lens.name != network_lenses().front().name;  // that lens shows them large
  PanelContext inner = context;
  inner.width = beside ? kDock : context.width;
  inner.height = ImGui::GetContentRegionAvail().y;
  if (beside) {
    ImGui::BeginChild("digit", ImVec2(kDock, 0), ImGuiChildFlags_None,
                      ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_NoScrollbar);
    dock_.draw_column(inner, curves);
    ImGui::EndChild();
    ImGui::SameLine(0, 2 * widgets::kGrid);
  } else {
    dock_.draw_row(inner, curves);
    ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
    if (ImGui::GetContentRegionAvail().y < kLeastHeight) return;  // the open pad has the room
  }
  draw_lens(context);
}

}  // namespace

std::unique_ptr<Panel> make_network_view() {
  return std::make_unique<NetworkViewPanel>();
}

}  // namespace descent::web
