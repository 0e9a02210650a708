// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/view_png.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/geometry/view_math.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/view/basins.h"
#include "web/panels/surfaces/view/level_labels.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/panels/surfaces/view/view_frame.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kMargin = 16, kLeft = 58, kRight = 86, kBottom = 38, kTitle = 58;
constexpr float kLegendLine = 22, kLegendGap = 22, kMarkerRoom = 16;
constexpr float kBarWidth = 14, kBarHeight = 320;

struct LegendEntry {
  int slot = 0;
  std::string text;
  float width = 0;
};

// The entries of the legend, such as "Adam, η = 0.02".
std::vector<LegendEntry> legend(const PanelContext& context) {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < context.race.runners.size(); ++i) {
    const race::RunnerSnapshot& runner = context.race.runners[i];
    LegendEntry entry{runner.config.slot, shown_name(context, i).full(), 0};
    if (!runner.config.hyperparameters.empty() && !context.ui.hidden.has(Part::rail))
      entry.text = core::fill("{}, η = {}", entry.text, display_number(runner.config.hyperparameters[0], 3));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// Places entries in lines no wider than `width`, drawing them when `list` is given; returns the number of lines.
int lay_legend(std::vector<LegendEntry>& entries, float width, ImVec2 corner, ImDrawList* list) {
  int lines = entries.empty() ? 0 : 1;
  float x = 0;
  for (LegendEntry& entry : entries) {
    entry.width = kMarkerRoom + widgets::text_width(entry.text);
    if (x > 0 && x + entry.width > width) {
      x = 0;
      ++lines;
    }
    if (list != nullptr) {
      const float middle = corner.y + kLegendLine * (static_cast<float>(lines) - 0.5F);
      widgets::draw_marker(list, widgets::runner_marker(entry.slot), ImVec2(corner.x + x + 5, middle), 4.5F,
                           widgets::runner_color(entry.slot), palette().background);
      widgets::draw_text(list, ImVec2(corner.x + x + kMarkerRoom, middle), corner.x + width, palette().text_muted,
                         entry.text);
    }
    x += entry.width + kLegendGap;
  }
  return lines;
}

float legend_height(const PanelContext& context, float width) {
  widgets::push_font(widgets::Font::small);
  std::vector<LegendEntry> entries = legend(context);
  const int lines = lay_legend(entries, width, ImVec2(0, 0), nullptr);
  widgets::pop_font();
  return kLegendLine * static_cast<float>(lines);
}

void draw_title(const PanelContext& context, ImVec2 corner, float width) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float right = corner.x + width;
  const std::string title(context.race.surface_info->title);
  widgets::push_font(widgets::Font::heading);
  widgets::draw_text(list, ImVec2(corner.x, corner.y + 12), right, palette().text, title);
  widgets::pop_font();
  const std::string formula(context.race.surface_info->formula);
  const std::string step = core::fill("step {}", context.race.step);
  widgets::draw_text(list, ImVec2(corner.x, corner.y + 38), right - widgets::text_width(step) - kMargin,
                     palette().text_muted, formula);
  widgets::draw_text(list, ImVec2(right - widgets::text_width(step), corner.y + 38), right + 1, palette().text_muted,
                     step);
}

}  // namespace

PictureSize picture_size(const PanelContext& context, const render::SurfaceView& shown) {
  const float width = shown.rect.width + kLeft + kRight;
  return {width, kMargin + kTitle + legend_height(context, width - 2 * kMargin) + 6 + shown.rect.height + kBottom};
}

render::SurfaceView draw_picture(const PanelContext& context, const render::SurfaceView& shown) {
  const ImVec2 size = ImGui::GetWindowSize();
  const float width = size.x - 2 * kMargin;
  draw_title(context, ImVec2(kMargin, kMargin), width);
  widgets::push_font(widgets::Font::small);
  std::vector<LegendEntry> entries = legend(context);
  const ImVec2 corner(kMargin, kMargin + kTitle);
  const int lines = lay_legend(entries, width, corner, ImGui::GetWindowDrawList());
  widgets::pop_font();

  ViewFrame frame;
  frame.scene = shown;
  frame.scene.race = &context.race;
  frame.scene.rect = {kLeft, corner.y + kLegendLine * static_cast<float>(lines) + 6, shown.rect.width,
                      shown.rect.height};
  frame.shown = expand_to_aspect(shown.camera.view, static_cast<double>(shown.rect.width),
                                 static_cast<double>(shown.rect.height));
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_axes(context, frame);
  list->PushClipRect(frame.low(), frame.high(), true);
  ContourLabels labels;
  const std::vector<LabelBox> marks = marks_of(context, frame);
  frame.kept_free = marks;
  draw_contour_labels(context, frame, labels);
  draw_minima(context, frame);
  if (context.ui.show.curvature) draw_curvature(context, frame);
  draw_start(context, frame, false, false);
  draw_heads(context, frame);
  list->PopClipRect();
  const ImVec2 bar(frame.high().x + 8, frame.low().y);
  if (shows_basins(context.ui))
    draw_basin_legend(context, bar, ImVec2(size.x - 8, bar.y + std::min(kBarHeight, shown.rect.height)));
  else
    draw_color_bar(context, frame, bar, ImVec2(bar.x + kBarWidth, bar.y + std::min(kBarHeight, shown.rect.height)));
  return frame.scene;
}

}  // namespace descent::web
