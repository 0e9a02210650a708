// SPDX-License-Identifier: MIT
// A weight's gradient as the sum of a product map, beside the maps of its kernel's other weights, and its way to the
// newest step with what each image of the batch had to say.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/fill.h"
#include "engine/data/dataset.h"
#include "web/model/words/number_format.h"
#include "web/model/words/weight_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/lenses/gradients/map_tiles.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kLargestMap = 190, kLeastTile = 52, kNote = 32;
constexpr float kBars = 56, kWidestBar = 16;
constexpr float kHovered = 84;  // side of the image that a bar is of

struct PlacePicture {
  const char* name;
  const char* caption;
  bool has_sign;
  std::vector<float> inspect::WeightTerms::*values;
};
constexpr std::array kPictures{
    PlacePicture{"weight inputs", "input, shifted", false, &inspect::WeightTerms::derivatives},
    PlacePicture{"weight deltas", "× ∂loss/∂output", true, &inspect::WeightTerms::deltas},
    PlacePicture{"weight terms", "= terms of the gradient", true, &inspect::WeightTerms::terms},
};

// The tooltip has the terms of the cell under the pointer.
void draw_map(PanelContext& context, const PlacePicture& picture, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const training::WeightStudy& weight = *seen.weight;
  const std::vector<float>& values = weight.*picture.values;
  const auto hit = draw_cells(context,
                              {.name = picture.name,
                               .caption = picture.caption,
                               .version = seen.version,
                               .width = weight.terms_shape[1],
                               .height = weight.terms_shape[0],
                               .pixels = values,
                               .map = picture.has_sign ? Colormap::diverging : Colormap::viridis,
                               .range = range_of(values, picture.has_sign)},
                              width, height);
  if (!hit) return;
  const auto i = static_cast<std::size_t>(hit->y * weight.terms_shape[1] + hit->x);
  const auto number = [](float value) { return display_number(static_cast<double>(value)); };
  widgets::tooltip(core::fill("Output at row {}, column {}: {} × {} = {}", hit->y, hit->x,
                              number(weight.derivatives[i]), number(weight.deltas[i]), number(weight.terms[i])));
}

// The product maps of all weights of the kernel's plane, as they lie in the kernel.
void draw_plane(PanelContext& context, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const std::vector<inspect::KernelWeight>& plane = seen.weight->plane;
  const auto count = static_cast<int>(plane.size());
  const auto side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(count))));
  const auto [rows, columns] = seen.weight->terms_shape;
  std::vector<float> all;
  double largest = 0;
  for (const inspect::KernelWeight& weight : plane) {
    all.insert(all.end(), weight.terms.begin(), weight.terms.end());
    largest = std::max(largest, std::abs(static_cast<double>(weight.gradient)));
  }
  const int exponent = shared_exponent(largest);
  const CellRange range = range_of(all, true);
  void* picture = context.render.image("kernel plane", seen.version, columns, rows * count, all, range.low, range.high,
                                       Colormap::diverging);
  const float tile =
      std::max(std::min(width, height - static_cast<float>(side) * kTileLabel) / static_cast<float>(side) - kTileGap,
               kLeastTile);
  const ImVec2 size(tile, tile * static_cast<float>(rows) / static_cast<float>(columns));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kTileGap, 0));
  widgets::push_font(widgets::Font::small);
  ImGui::BeginGroup();
  for (int k = 0; k < count; ++k) {
    if (k % side > 0) ImGui::SameLine(0, kTileGap);
    const inspect::KernelWeight& weight = plane[static_cast<std::size_t>(k)];
    const widgets::Item item = draw_tile({.name = core::fill("kernel {}, {}", k / side, k % side),
                                          .label = {},
                                          .value = weight.gradient,
                                          .exponent = exponent,
                                          .marked = weight.index == seen.weight_place.index},
                                         picture, k, count, size);
    widgets::tooltip(core::fill("Row {}, column {} of the kernel: its terms add up to {}. A click pins that weight.",
                                k / side, k % side, display_number(weight.gradient)));
    if (item.pressed) context.ui.lens.pin.index = weight.index;
  }
  ImGui::EndGroup();
  widgets::pop_font();
  ImGui::PopStyleVar();
  widgets::note(
      core::fill("Right: the products, one map for each weight of this filter and channel, all on one scale. Each adds "
                 "up to the gradient below it{}.",
                 in_powers(exponent)));
}

void draw_maps(PanelContext& context, float width, float height) {
  constexpr float kGap = 12;
  if (context.trainer.inspection.weight->plane.size() < 2) {
    for (const PlacePicture& picture : kPictures) {
      if (&picture != &kPictures.front()) ImGui::SameLine(0, kGap);
      draw_map(context, picture, (width - 2 * kGap) / 3, std::min(height, kLargestMap) - kCellCaption);
    }
    return;
  }
  height -= kNote;
  const float factors = std::floor(0.32f * width), each = height / 2 - kCellCaption;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginGroup();
  draw_map(context, kPictures[0], factors, each);
  draw_map(context, kPictures[1], factors, each);
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  ImGui::SameLine(0, kGap);
  draw_plane(context, width - factors - kGap, height);
}

// A bar for each image of the batch, the line is their mean.
void draw_batch(PanelContext& context, float width) {
  const training::Inspection& seen = context.trainer.inspection;
  const training::BatchImages& batch = seen.weight->batch;
  const std::string words = batch_words(context.trainer);
  if (words.empty()) return;
  widgets::note(words);
  if (batch.gradients.empty()) return ImGui::Dummy(ImVec2(width, kBars));
  const widgets::Palette& p = widgets::palette();
  const CellRange range = range_of(batch.gradients, false);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const auto y_of = [&](double value) {
    return corner.y + kBars * (range.high - static_cast<float>(value)) / (range.high - range.low);
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float step = std::min(width / static_cast<float>(batch.gradients.size()), kWidestBar);
  for (std::size_t i = 0; i < batch.gradients.size(); ++i) {
    const float value = batch.gradients[i], left = corner.x + step * static_cast<float>(i);
    const std::string text = batch_image_words(context.trainer, i);
    ImGui::SetCursorScreenPos(ImVec2(left, corner.y));
    const widgets::Item item = widgets::place_item(core::fill("batch image {}", i), ImVec2(step, kBars), "bar",
                                                   static_cast<double>(value), text);
    const bool pointed = ImGui::IsItemHovered();
    if (pointed) list->AddRectFilled(item.box.Min, item.box.Max, p.hover);
    const float zero = y_of(0), end = y_of(static_cast<double>(value));
    const Rgb color = colormap(Colormap::diverging, value > 0 ? 1.0f : 0.0f);
    list->AddRectFilled(ImVec2(left, std::min(zero, end)), ImVec2(left + std::max(step - 1, 1.0f), std::max(zero, end)),
                        ImGui::ColorConvertFloat4ToU32(ImVec4(color.r, color.g, color.b, 1)));
    if (!pointed || !ImGui::BeginTooltip()) continue;
    constexpr std::size_t kPixels = std::size_t{data::kDigitSize} * data::kDigitSize;
    std::vector<float> image(kPixels);
    data::to_floats(std::span(batch.pixels).subspan(i * kPixels, kPixels), image);
    ImGui::Image(context.render.image("batch image", seen.version << 7 | i, data::kDigitSize, data::kDigitSize, image,
                                      0, 1, Colormap::gray),
                 ImVec2(kHovered, kHovered));
    widgets::push_font(widgets::Font::small);
    ImGui::TextUnformatted(text.c_str());
    annotate_item("tooltip", "text", {}, text);
    widgets::pop_font();
    ImGui::EndTooltip();
  }
  const double mean = batch_mean(batch);
  const float right = corner.x + step * static_cast<float>(batch.gradients.size());
  list->AddLine(ImVec2(corner.x, y_of(0)), ImVec2(right, y_of(0)), p.separator);
  list->AddLine(ImVec2(corner.x, y_of(mean)), ImVec2(right, y_of(mean)), p.accent, 1.5f);
  ImGui::SetCursorScreenPos(ImVec2(corner.x, corner.y + kBars));
  const PinLine line{
      .name = "batch mean", .text = core::fill("Their mean: {}", display_number(mean)), .value = mean, .weight = {}};
  draw_lines(std::span(&line, 1), width);
}

}  // namespace

void draw_weight_part(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const bool maps = seen.weight->terms.size() > 1;
  const PartRoom room = part_room(maps ? 0.5f : 0.0f);
  begin_pictures(room);
  if (maps) draw_maps(context, room.pictures, room.height);
  begin_words(room);
  const float width = ImGui::GetContentRegionAvail().x;
  draw_lines(weight_lines(seen), width);
  draw_batch(context, width);
  draw_number_row("weight", weight_way(seen), width);
  widgets::note(weight_note(seen));
  end_part(room);
}

}  // namespace descent::web
