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
#include "web/panels/network/lenses/gradients/map_tiles.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr int kSize = data::kDigitSize;
constexpr int kMostMaps = 50;  // of classes: more would neither fit the region nor a texture
constexpr float kPushSide = 84, kComb = 44, kTooth = 10, kNote = 50;

void mark_pixel(const ImVec2& corner, float cell, const NetworkPin& pin) {
  const ImVec2 low(corner.x + static_cast<float>(pin.position[1]) * cell - 1,
                   corner.y + static_cast<float>(pin.position[0]) * cell - 1);
  const ImVec2 high(low.x + cell + 2, low.y + cell + 2);
  ImGui::GetWindowDrawList()->AddRect(low, high, IM_COL32_BLACK, 0, 0, 2);
  ImGui::GetWindowDrawList()->AddRect(low, high, widgets::palette().accent, 0, 0, 1);
}

// One class's row of the Jacobian. picture: all rows below one another.
void draw_map(PanelContext& context, void* picture, int c, int maps, int exponent, float side) {
  const inspect::Jacobian& jacobian = *context.trainer.inspection.jacobian;
  NetworkPin& pin = context.ui.lens.pin;
  const std::int32_t label = context.trainer.class_labels[static_cast<std::size_t>(c)];
  const auto pixel = static_cast<std::size_t>(pin.position[0] * kSize + pin.position[1]);
  const auto row = static_cast<std::size_t>(c);
  const widgets::Item item = draw_tile({.name = core::fill("logit {}", label),
                                        .label = std::to_string(label),
                                        .value = slope_at(jacobian, row, pixel),
                                        .exponent = exponent},
                                       picture, c, maps, ImVec2(side, side));
  const float cell = side / static_cast<float>(kSize);
  mark_pixel(item.box.Min, cell, pin);
  if (!item.hovered) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int x = std::clamp(static_cast<int>((mouse.x - item.box.Min.x) / cell), 0, kSize - 1);
  const int y = std::clamp(static_cast<int>((mouse.y - item.box.Min.y) / cell), 0, kSize - 1);
  const double there = slope_at(jacobian, row, static_cast<std::size_t>(y * kSize + x));
  widgets::tooltip(core::fill("∂z/∂pixel of {} at row {}, column {}: {}. A click pins that pixel.", label, y, x,
                              display_number(there)));
  if (item.pressed) pin.position = {y, x, 0};
}

void draw_jacobian(PanelContext& context, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const inspect::Jacobian& jacobian = *seen.jacobian;
  const int maps = std::min({jacobian.classes, static_cast<int>(context.trainer.class_labels.size()), kMostMaps});
  if (maps <= 0) return;
  const TileRoom room = fit_tiles(maps, width, height, kSize);
  const auto shown = std::span(jacobian.matrix).first(static_cast<std::size_t>(maps * kSize * kSize));
  const CellRange range = range_of(shown, true);
  void* picture = context.render.image("jacobian", seen.version, kSize, maps * kSize, shown, range.low, range.high,
                                       Colormap::diverging);
  const NetworkPin& pin = context.ui.lens.pin;
  const auto pixel = static_cast<std::size_t>(pin.position[0] * kSize + pin.position[1]);
  double largest = 0;
  for (int c = 0; c < maps; ++c)
    largest = std::max(largest, std::abs(slope_at(jacobian, static_cast<std::size_t>(c), pixel)));
  const int exponent = shared_exponent(largest);
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kTileGap, 0));
  for (int c = 0; c < maps; ++c) {
    if (c % room.columns > 0) ImGui::SameLine(0, kTileGap);
    draw_map(context, picture, c, maps, exponent, room.side);
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
  widgets::note(core::fill(
      "∂z/∂pixel of each class's logit, all on one scale: where a brighter pixel would lower it, blue, or raise it, "
      "orange. The number is that of the pinned pixel{}.",
      in_powers(exponent)));
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

constexpr core::ParamSpec kInk{.name = "add_ink",
                               .default_value = 0,
                               .minimum = -1,
                               .maximum = 1,
                               .doc =
                                   "Darkens the pinned pixel by so much ink, in units of full ink, or takes ink away. "
                                   "What the Jacobian predicts of it stands beside what it really does."};

// draw_ink() shows what the ink does to the logits: predicted, actual, and what lies between.
void draw_ink(PanelContext& context, float width) {
  widgets::param_slider("pixel", kInk, context.ui.lens.ink);
  const std::vector<InkRow> rows = ink_rows(context.trainer);
  if (rows.empty()) return widgets::note("Move it to see what more or less ink here does to the logits.");
  constexpr float kClass = 34;
  const float column = std::min((width - kClass) / 3, 84.0f);
  const widgets::Palette& p = widgets::palette();
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 2));
  const ImVec2 head = ImGui::GetCursorScreenPos();
  const float line = ImGui::GetTextLineHeight();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto write = [&](float left, float top, ImU32 color, std::string_view text) {
    widgets::draw_text(list, ImVec2(left, top + line / 2), left + column, color, text);
  };
  constexpr std::string_view kHeads[] = {"predicted", "actual", "gap"};
  write(head.x, head.y, p.text_muted, "logit");
  for (int k = 0; k < 3; ++k) write(head.x + kClass + static_cast<float>(k) * column, head.y, p.text_muted, kHeads[k]);
  ImGui::Dummy(ImVec2(width, line));
  for (const InkRow& row : rows) {
    const double values[] = {row.predicted, row.actual, row.gap()};
    ImGui::Dummy(ImVec2(kClass, line));
    write(ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y, p.text, std::to_string(row.label));
    for (int k = 0; k < 3; ++k) {
      ImGui::SameLine(0, 0);
      const std::string text = display_number(values[k], 3);
      const widgets::Item item = widgets::place_item(core::fill("ink {} {}", kHeads[k], row.label),
                                                     ImVec2(column, line), "text", values[k], text);
      if (item.visible) write(item.box.Min.x, item.box.Min.y, k == 2 ? p.text_muted : p.text, text);
    }
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
  draw_lines(gap_lines(context.trainer.inspection), width);
}

}  // namespace

void draw_pixel_part(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const PartRoom room = part_room(0.55f);
  begin_pictures(room);
  draw_jacobian(context, room.pictures, room.height - (room.beside ? kNote : 0));
  begin_words(room);
  const float width = ImGui::GetContentRegionAvail().x;
  draw_ink(context, width);
  draw_lines(push_lines(context.trainer), width);
  draw_push(context);
  draw_comb(seen.jacobian->singular_values, width);
  if (seen.jacobian->classes > kMostMaps)
    widgets::note(core::fill("Maps of the first {} of {} classes.", kMostMaps, seen.jacobian->classes));
  widgets::note("This digit alone, dropout off; the push is not kept within 0 … 1.");
  end_part(room);
}

}  // namespace descent::web
