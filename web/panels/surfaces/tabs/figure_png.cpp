// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/figure_png.h"

#include <imgui.h>

#include <string>

#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kMargin = 16, kTitle = 58;

void draw_title(const PanelContext& context, const std::string& subtitle, float width) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float right = kMargin + width;
  widgets::push_font(widgets::Font::heading);
  widgets::draw_text(list, ImVec2(kMargin, kMargin + 12), right, palette().text,
                     std::string(context.race.surface_info->title));
  widgets::pop_font();
  const float left = right - widgets::text_width(subtitle);
  widgets::draw_text(list, ImVec2(kMargin, kMargin + 38), left - kMargin, palette().text_muted,
                     std::string(context.race.surface_info->formula));
  widgets::draw_text(list, ImVec2(left, kMargin + 38), right + 1, palette().text_muted, subtitle);
}

}  // namespace

void draw_figure_picture(PanelContext& context, const TabFigure& figure) {
  const ImVec2 size(kFigurePicture.width - 2 * kMargin, kFigurePicture.height - 2 * kMargin - kTitle);
  draw_title(context, figure.subtitle(context), size.x);
  ImGui::SetCursorScreenPos(ImVec2(kMargin, kMargin + kTitle));
  ImGui::BeginChild("figure", size);
  figure.draw(context, size);
  ImGui::EndChild();
}

}  // namespace descent::web
