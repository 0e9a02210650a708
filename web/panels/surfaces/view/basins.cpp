// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/basins.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/geometry/view_math.h"
#include "web/model/plots/survey_colors.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/state/race_defaults.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using survey::BasinSnapshot;
using widgets::palette;

constexpr float kSwatch = 12, kNarrowSwatch = 8;
constexpr float kNarrowLegend = 60;
constexpr float kShadeHeight = 40;

ImU32 color_of(const BasinSnapshot& map, std::uint8_t basin, Theme theme) {
  if (basin < map.attractors.size()) return pixel_of(attractor_color(basin, theme));
  return pixel_of(basin == survey::kBasinDiverged ? escaped_color(theme) : unfinished_color(theme));
}

std::string place(surfaces::Point point, int digits) {
  return core::fill("{}, {}", display_number(point[0], digits), display_number(point[1], digits));
}

// Shares are what the legend lists: the map's values by how often they occur.
struct Share {
  std::uint8_t basin = 0;
  std::size_t count = 0;
};
std::vector<Share> shares_of(const BasinSnapshot& map) {
  std::array<std::size_t, 256> counts{};
  for (const std::uint8_t basin : map.basins) ++counts[basin];
  std::vector<Share> shares;
  for (std::size_t basin = 0; basin < counts.size(); ++basin)
    if (counts[basin] > 0 && basin != survey::kBasinUnknown && basin != survey::kBasinUndefined)
      shares.push_back({static_cast<std::uint8_t>(basin), counts[basin]});
  std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.count > b.count; });
  return shares;
}

std::string name_of(const BasinSnapshot& map, std::uint8_t basin) {
  if (basin == survey::kBasinDiverged) return "diverged";
  if (basin == survey::kBasinUnfinished) return "still moving";
  const survey::Attractor& attractor = map.attractors[basin];
  const std::string point = place(attractor.point, 4);
  return attractor.minimum ? core::fill("minimum at ({})", point) : core::fill("stationary point at ({})", point);
}

// The lines below a share; on small screens a line holds one number.
std::vector<std::string> words_of(const BasinSnapshot& map, std::uint8_t basin, bool narrow) {
  if (basin == survey::kBasinDiverged) return {narrow ? "∞" : "diverged"};
  if (basin >= map.attractors.size()) return {narrow ? "…" : "moving"};
  const surfaces::Point& point = map.attractors[basin].point;
  if (narrow) return {display_number(point[0], 2), display_number(point[1], 2)};
  return {place(point, 2)};
}

// Draws a row of the legend and returns its height.
float draw_share(const BasinSnapshot& map, const Share& share, ImVec2 at, float right, Theme theme) {
  const float line = ImGui::GetTextLineHeight();
  const bool attractor = share.basin < map.attractors.size(), narrow = right - at.x < kNarrowLegend;
  const std::vector<std::string> words = words_of(map, share.basin, narrow);
  const float height = line * static_cast<float>(1 + words.size()) + 5;
  const float swatch = narrow ? kNarrowSwatch : kSwatch, gap = narrow ? 4.0F : 6.0F;
  const double part = static_cast<double>(share.count) / static_cast<double>(std::max<std::size_t>(map.total, 1));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(ImVec2(at.x, at.y + 1 + (line - swatch) / 2),
                      ImVec2(at.x + swatch, at.y + 1 + (line + swatch) / 2), color_of(map, share.basin, theme), 3);
  widgets::draw_text(list, ImVec2(at.x + swatch + gap, at.y + line / 2 + 1), right, palette().text, percent(part));
  for (std::size_t i = 0; i < words.size(); ++i)
    widgets::draw_text(list, ImVec2(at.x, at.y + line * (1.5F + static_cast<float>(i)) + 2), right,
                       palette().text_muted, words[i]);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(ImVec2(right - at.x, height));
  const std::string name = name_of(map, share.basin);
  annotate_item(name, "legend", part);
  widgets::tooltip(attractor ? core::fill("{} of the starts in sight: {}, f = {}.", percent(part), name,
                                          short_number_text(map.attractors[share.basin].value))
                             : core::fill("{} of the starts in sight: {}.", percent(part), name));
  return height;
}

// Draws the shades from light to dark: few steps to many.
void draw_shades(const BasinSnapshot& map, ImVec2 at, float right, Theme theme) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  constexpr int kStrips = 12;
  const float width = std::min(right - at.x, 60.0F);
  for (int i = 0; i < kStrips; ++i) {
    const double t = step_share(i, kStrips - 1);
    const auto x = [&](int k) { return at.x + width * static_cast<float>(k) / kStrips; };
    list->AddRectFilled(ImVec2(x(i), at.y), ImVec2(x(i + 1), at.y + 8),
                        pixel_of(shaded(attractor_color(0, theme), t, theme)));
  }
  widgets::draw_text(
      list, ImVec2(at.x, at.y + 18), right, palette().text_muted,
      right - at.x < kNarrowLegend ? core::fill("≤ {}", map.config.steps) : core::fill("0 – {}", map.config.steps));
  widgets::draw_text(list, ImVec2(at.x, at.y + 33), right, palette().text_muted, "steps");
}

}  // namespace

void BasinLayer::update(PanelContext& context, ViewFrame& frame) {
  frame.scene.places = false;
  if (!shows_basins(context.ui)) return;
  const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
  const auto [width, height] = start_grid(static_cast<double>(frame.scene.rect.width * ratio),
                                          static_cast<double>(frame.scene.rect.height * ratio));
  // While the view is dragged the map goes along; the starts that came into view follow when it rests.
  if (!frame.scene.moving || !same_size(context.ui.starts.domain, frame.shown))
    context.ui.starts = {frame.shown, width, height, surface_domain(context.ui.race)};
  const BasinSnapshot& map = context.surveys.basins;
  if (map.basins.empty() || !(map.config.surface == context.race.config.surface_choice())) return;
  frame.scene.places = true;
  if (context.render.has_overlay_image() && version_ == map.version && progress_ == map.progress &&
      theme_ == context.ui.theme)
    return;
  version_ = map.version;
  progress_ = map.progress;
  theme_ = context.ui.theme;
  context.render.set_overlay_image(map.config.domain, map.config.width, map.config.height, basin_pixels(map, theme_));
}

void draw_basin_legend(const PanelContext& context, ImVec2 low, ImVec2 high) {
  const BasinSnapshot& map = context.surveys.basins;
  widgets::push_font(widgets::Font::small);
  const std::vector<Share> shares = shares_of(map);
  // The shades and the line that counts what is left out keep their place.
  const float row = static_cast<float>(high.x - low.x < kNarrowLegend ? 3 : 2) * ImGui::GetTextLineHeight() + 8;
  const float last = high.y - kShadeHeight - ImGui::GetTextLineHeight() - row;
  const float line = ImGui::GetTextLineHeight();
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(low.x, low.y + line / 2), high.x, palette().text_faint,
                     "ends in");
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(high.x - low.x, line));
  annotate_item("ends in", "text");
  float y = low.y + line + 4;
  std::size_t shown = 0;
  for (; shown < shares.size() && y <= last; ++shown)
    y += draw_share(map, shares[shown], ImVec2(low.x, y), high.x, context.ui.theme) + 3;
  if (const std::size_t left = shares.size() - shown; left > 0)
    widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(low.x, y + 6), high.x, palette().text_faint,
                       high.x - low.x < kNarrowLegend ? core::fill("+ {}", left) : core::fill("{} more", left));
  if (!map.attractors.empty()) draw_shades(map, ImVec2(low.x, high.y - kShadeHeight), high.x, context.ui.theme);
  widgets::pop_font();
}

std::string basin_words(const PanelContext& context, const ViewFrame& frame) {
  const BasinSnapshot& map = context.surveys.basins;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!frame.inside(mouse) || map.basins.empty()) return {};
  const surfaces::Domain& d = map.config.domain;
  const surfaces::Point at = frame.at(mouse);
  const auto column = std::lround((at[0] - d.x0) / (d.x1 - d.x0) * (map.config.width - 1));
  const auto row = std::lround((at[1] - d.y0) / (d.y1 - d.y0) * (map.config.height - 1));
  if (column < 0 || row < 0 || column >= map.config.width || row >= map.config.height) return {};
  const auto i =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(map.config.width) + static_cast<std::size_t>(column);
  const std::uint8_t basin = map.basins[i];
  if (basin == survey::kBasinUnknown) return {};
  if (basin < map.attractors.size())
    return core::fill("ends at the {} after {} steps", name_of(map, basin), map.steps[i]);
  if (basin == survey::kBasinDiverged) return core::fill("diverges after {} steps", map.steps[i]);
  if (basin == survey::kBasinUndefined) return "has no value or no gradient here";
  return core::fill("is still moving after {} steps", map.config.steps);
}

}  // namespace descent::web
