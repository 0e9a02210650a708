// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/fold_line.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

void draw_chevron(ImDrawList* list, ImVec2 center, bool up, ImU32 color) {
  const float tip = up ? -2.0F : 2.0F;
  const std::array<ImVec2, 3> points{ImVec2(center.x - 4, center.y - tip), ImVec2(center.x, center.y + tip),
                                     ImVec2(center.x + 4, center.y - tip)};
  list->AddPolyline(points.data(), 3, color, ImDrawFlags_None, 1.5F);
}

}  // namespace

void draw_fold_line(const std::string& label, std::string_view word, const std::string& summary,
                    std::string_view tooltip, bool& unfolded) {
  widgets::push_font(widgets::Font::small);
  const ImVec2 size(ImGui::GetContentRegionAvail().x, std::max(20.0F, widgets::control_height() - 8));
  const auto item = widgets::submit_item(label, size, "button", unfolded ? 1 : 0);
  widgets::tooltip(tooltip);
  if (item.visible) {
    const widgets::Palette& p = widgets::palette();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 color = item.hovered ? p.text : p.text_muted;
    const float middle = std::floor(item.box.GetCenter().y);
    const float chevron =
        item.box.Min.x + widgets::draw_text(list, ImVec2(item.box.Min.x, middle), item.box.Max.x, color, word) + 10;
    draw_chevron(list, ImVec2(chevron, middle), unfolded, color);
    widgets::draw_text(list, ImVec2(chevron + 12, middle), item.box.Max.x, p.text_faint, unfolded ? "" : summary);
    widgets::draw_focus_ring(item);
  }
  widgets::pop_font();
  if (item.pressed) unfolded = !unfolded;
}

void draw_fold(const std::string& owner, std::span<const core::ParamSpec> specs, std::span<const double> values,
               std::size_t first, bool& unfolded, const std::string& also) {
  std::string summary;
  const auto add = [&summary](const std::string& part) { summary += (summary.empty() ? "" : " · ") + part; };
  for (std::size_t i = first; i < specs.size() && i < values.size(); ++i)
    add(core::fill("{} {}", display_name(specs[i].name), display_number(values[i], 3)));
  if (!also.empty()) add(also);
  const std::string word = unfolded ? "less" : "more";
  draw_fold_line(
      display_name(owner) + " " + word, word, summary,
      unfolded ? "Fold the further parameters away." : core::fill("Show the further parameters: {}.", summary),
      unfolded);
}

}  // namespace descent::web
