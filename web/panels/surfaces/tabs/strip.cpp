// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/strip.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "web/panels/surfaces/tabs/standings_tab.h"
#include "web/panels/surfaces/tabs/tab_catalog.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::kGrid;

constexpr float kHalfWidth = 260;  // at least, beside the standings
constexpr float kHalfShare = 0.36F;
constexpr float kGap = 2 * kGrid;     // between the halves
constexpr float kCornerButton = 78;   // with a word
constexpr float kRowGap = kGrid / 2;  // below the row of tabs

class SurfacesStripPanel : public Panel {
 public:
  SurfacesStripPanel() {
    for (const StripTab& tab : strip_tabs()) panels_.push_back(tab.make());
  }
  void draw(PanelContext& context) override;

 private:
  static void draw_row(PanelContext& context, float room, bool with_beside);
  static float draw_corner(PanelContext& context, float right, const StripTab& tab, bool words);
  void draw_panel(PanelContext& context, std::size_t index, float width, bool named);
  void draw_one(PanelContext& context, std::size_t index, bool narrow);
  void draw_halves(PanelContext& context, std::size_t left, std::size_t right);

  std::vector<std::unique_ptr<Panel>> panels_;  // in the order of the catalog
};

std::size_t beside_index() {
  const auto tabs = strip_tabs();
  const auto found =
      std::find_if(tabs.begin(), tabs.end(), [](const StripTab& tab) { return tab.place == StripPlace::beside; });
  return static_cast<std::size_t>(found - tabs.begin());
}

float half_width(const PanelContext& context) {
  return std::floor(std::max(context.width - kStandingsWidth - kGap, kHalfShare * context.width));
}

// The tabs that can be chosen, in one row.
void SurfacesStripPanel::draw_row(PanelContext& context, float room, bool with_beside) {
  std::vector<TabEntry> row;
  for (const StripTab& tab : strip_tabs())
    if (tab.place != StripPlace::beside || with_beside) row.push_back(tab);
  draw_tab_row("strip", std::span<const TabEntry>(row), context.ui.strip.tab, room);
}

// The buttons at the right end of the first row; returns where they begin.
float SurfacesStripPanel::draw_corner(PanelContext& context, float right, const StripTab& tab, bool words) {
  const float top = ImGui::GetCursorScreenPos().y;
  bool& tall = context.ui.strip.tall;
  float left = right - widgets::control_height();
  ImGui::SetCursorScreenPos(ImVec2(left, top));
  if (widgets::icon_button(tall ? "Reduce" : "Enlarge", tall ? widgets::Icon::reduce : widgets::Icon::enlarge,
                           tall ? "Give the height back to the picture." : "Give this part most of the height."))
    tall = !tall;
  if (tab.draw_corner != nullptr) {
    left -= kGrid / 2 + (words ? kCornerButton : widgets::control_height());
    ImGui::SetCursorScreenPos(ImVec2(left, top));
    if (words) ImGui::SetNextItemWidth(kCornerButton);
    tab.draw_corner(context, words);
  }
  return left;
}

void SurfacesStripPanel::draw_panel(PanelContext& context, std::size_t index, float width, bool named) {
  const std::string id(strip_tabs()[index].name);
  ImGui::BeginChild(id.c_str(), ImVec2(width, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  PanelContext inner = context;
  inner.width = ImGui::GetContentRegionAvail().x;
  inner.height = ImGui::GetContentRegionAvail().y;
  inner.named = named;
  panels_[index]->draw(inner);
  ImGui::EndChild();
}

void SurfacesStripPanel::draw_one(PanelContext& context, std::size_t index, bool narrow) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float left = draw_corner(context, corner.x + context.width, strip_tabs()[index], false);
  ImGui::SetCursorScreenPos(corner);
  // Beside the standings or over the whole width, the row is the same.
  draw_row(context, narrow ? left - kGrid - corner.x : half_width(context), narrow);
  ImGui::SetCursorScreenPos(ImVec2(corner.x, corner.y + widgets::control_height() + kRowGap));
  draw_panel(context, index, 0, false);
}

void SurfacesStripPanel::draw_halves(PanelContext& context, std::size_t left, std::size_t right) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float half = half_width(context);
  const float middle = corner.x + half + kGap;
  const float below = corner.y + widgets::control_height() + kRowGap;
  draw_row(context, half, false);
  ImGui::SetCursorScreenPos(ImVec2(corner.x, below));
  draw_panel(context, left, half, true);
  ImGui::SetCursorScreenPos(
      ImVec2(middle, corner.y + (widgets::control_height() - ImGui::GetTextLineHeight()) / 2 - 1));
  widgets::section_title(strip_tabs()[right].title);
  ImGui::SetCursorScreenPos(ImVec2(middle, corner.y));
  draw_corner(context, corner.x + context.width, strip_tabs()[right], true);
  ImGui::SetCursorScreenPos(ImVec2(middle, below));
  draw_panel(context, right, 0, true);
}

void SurfacesStripPanel::draw(PanelContext& context) {
  const auto tabs = strip_tabs();
  const bool narrow = context.compact || context.width < kStandingsWidth + kGap + kHalfWidth;
  std::size_t index = tab_index(tabs, context.ui.strip.tab);
  if (narrow) return draw_one(context, index, true);
  if (tabs[index].place == StripPlace::beside) index = 0;
  if (tabs[index].place == StripPlace::whole || half_width(context) < tabs[index].least_half)
    return draw_one(context, index, false);
  draw_halves(context, index, beside_index());
}

}  // namespace

std::unique_ptr<Panel> make_surfaces_strip() {
  return std::make_unique<SurfacesStripPanel>();
}

}  // namespace descent::web
