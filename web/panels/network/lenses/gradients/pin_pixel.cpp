// SPDX-License-Identifier: MIT
// The Jacobian of the digit as a map for each class, its singular values as a comb, and the smallest push.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/data/dataset.h"
#include "web/model/words/number_format.h"
#include "web/model/words/pixel_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr int kSize = data::kDigitSize;
constexpr int kMostMaps = 50;  // of classes: more would neither fit the region nor a texture
constexpr float kGap = 6, kLabel = 18;
constexpr float kPushSide = 84, kComb = 44, kTooth = 10;

// The side of the maps, and how many stand in a row, so that they come out largest.
struct MapRoom {
  int columns = 1;
  float side = 0;
};
MapRoom fit_maps(int maps, float width, float height) {
  MapRoom best;
  for (int columns = 1; columns <= maps; ++columns) {
    const int rows = (maps + columns - 1) / columns;
    const float side = std::min(width / static_cast<float>(columns) - kGap, height / static_cast<float>(rows) - kLabel);
    if (side > best.side) best = {columns, side};
  }
  if (best.side < kSize) best = {std::max(static_cast<int>(width / (kSize + kGap)), 1), kSize};  // the region scrolls
  return best;
}

void mark_pixel(const ImVec2& corner, float cell, const NetworkPin& pin) {
  const ImVec2 low(corner.x + static_cast<float>(pin.position[1]) * cell - 1,
                   corner.y + static_cast<float>(pin.position[0]) * cell - 1);
  const ImVec2 high(low.x + cell + 2, low.y + cell + 2);
  ImGui::GetWindowDrawList()->AddRect(low, high, IM_COL32_BLACK, 0, 0, 2);
  ImGui::GetWindowDrawList()->AddRect(low, high, widgets::palette().accent, 0, 0, 1);
}

// One class's row of the Jacobian. picture: all rows below one another.
void draw_map(PanelContext& context, void* picture, int c, int maps, float side) {
  const inspect::Jacobian& jacobian = *context.trainer.inspection.jacobian;
  NetworkPin& pin = context.ui.lens.pin;
  const std::int32_t label = context.trainer.class_labels[static_cast<std::size_t>(c)];
  const auto pixel = static_cast<std::size_t>(pin.position[0] * kSize + pin.position[1]);
  const double slope = slope_at(jacobian, static_cast<std::size_t>(c), pixel);
  ImGui::BeginGroup();
  const widgets::Item item = widgets::submit_item(core::fill("logit {}", label), ImVec2(side, side), "image", slope);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float cell = side / static_cast<float>(kSize), share = 1 / static_cast<float>(maps);
  list->AddImage(picture, item.box.Min, item.box.Max, ImVec2(0, share * static_cast<float>(c)),
                 ImVec2(1, share * static_cast<float>(c + 1)));
  mark_pixel(item.box.Min, cell, pin);
  widgets::draw_focus_ring(item);
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(side, kLabel));
  const std::string text = core::fill("{}:", label);
  widgets::draw_text(list, ImVec2(below.x, below.y + kLabel / 2 - 2), below.x + side, widgets::palette().text, text);
  widgets::draw_text(list, ImVec2(below.x + widgets::text_width(text) + 4, below.y + kLabel / 2 - 2),
                     below.x + side + kGap, widgets::palette().text_muted, display_number(slope, 2));
  ImGui::EndGroup();
  if (!item.hovered) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int x = std::clamp(static_cast<int>((mouse.x - item.box.Min.x) / cell), 0, kSize - 1);
  const int y = std::clamp(static_cast<int>((mouse.y - item.box.Min.y) / cell), 0, kSize - 1);
  const double there = slope_at(jacobian, static_cast<std::size_t>(c), static_cast<std::size_t>(y * kSize + x));
  widgets::tooltip(core::fill("∂z/∂pixel of {} at row {}, column {}: {}. A click pins that pixel.", label, y, x,
                              display_number(there)));
  if (item.pressed) pin.position = {y, x, 0};
}

void draw_jacobian(PanelContext& context, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const inspect::Jacobian& jacobian = *seen.jacobian;
  const int maps = std::min({jacobian.classes, static_cast<int>(context.trainer.class_labels.size()), kMostMaps});
  if (maps <= 0) return;
  const MapRoom room = fit_maps(maps, width, height);
  const auto shown = std::span(jacobian.matrix).first(static_cast<std::size_t>(maps * kSize * kSize));
  const CellRange range = range_of(shown, true);
  void* picture = context.render.image("jacobian", seen.version, kSize, maps * kSize, shown, range.low, range.high,
                                       Colormap::diverging);
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kGap, 0));
  for (int c = 0; c < maps; ++c) {
    if (c % room.columns > 0) ImGui::SameLine(0, kGap);
    draw_map(context, picture, c, maps, room.side);
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
}

void draw_comb(const std::vector<double>& values, float width) {
  if (values.empty() || !(values.front() > 0)) return;
  const widgets::Palette& p = widgets::palette();
  widgets::note("Singular values of the Jacobian");
  const float tooth = std::min(kTooth, width / static_cast<float>(values.size()) - 2);
  if (tooth < 1) return;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, 2);
    const widgets::Item item =
        widgets::place_item(core::fill("singular value {}", i + 1), ImVec2(tooth, kComb), "bar", values[i]);
    widgets::tooltip(core::fill("Singular value {}: {}", i + 1, display_number(values[i])));
    const float share = static_cast<float>(values[i] / values.front());
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(item.box.Min, item.box.Max, p.raised, 2);
    list->AddRectFilled(ImVec2(item.box.Min.x, item.box.Max.y - kComb * share), item.box.Max, p.text_faint, 2);
  }
}

void draw_push(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const std::vector<float>& push = seen.jacobian->push;
  if (seen.jacobian->push_class < 0 || push.size() != seen.image.size()) return;
  std::vector<float> after = seen.image;
  for (std::size_t i = 0; i < after.size(); ++i) after[i] += push[i];
  CellPicture picture{.name = "digit after the push",
                      .caption = "after it",
                      .version = seen.version,
                      .width = kSize,
                      .height = kSize,
                      .pixels = after,
                      .map = Colormap::viridis,
                      .range = {0, 1}};
  static_cast<void>(draw_cells(context, picture, kPushSide, kPushSide));
  ImGui::SameLine(0, widgets::kGrid);
  picture.name = "push";
  picture.caption = "the push";
  picture.pixels = push;
  picture.map = Colormap::diverging;
  picture.range = range_of(push, true);
  static_cast<void>(draw_cells(context, picture, kPushSide, kPushSide));
}

}  // namespace

void draw_pixel_part(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const PartRoom room = part_room(0.55f);
  begin_pictures(room);
  draw_jacobian(context, room.pictures, room.height);
  begin_words(room);
  const float width = ImGui::GetContentRegionAvail().x;
  draw_lines(push_lines(context.trainer), width);
  draw_push(context);
  draw_comb(seen.jacobian->singular_values, width);
  if (seen.jacobian->classes > kMostMaps)
    widgets::note(core::fill("Maps of the first {} of {} classes.", kMostMaps, seen.jacobian->classes));
  widgets::note(
      "The maps are ∂z/∂pixel of each class's logit, all on one scale: where a brighter pixel would lower it, "
      "blue, or raise it, orange. The number is that of the pinned pixel. This digit alone, dropout off; the "
      "push is not kept within 0 … 1.");
  end_part(room);
}

}  // namespace descent::web
