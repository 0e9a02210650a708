// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/weight_picture.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kLargestCell = 26;  // side of a cell, points
constexpr float kSmallCell = 4;     // below it one row is enlarged
constexpr float kRowHeight = 130;   // of the enlarged row, at most
constexpr float kLeastMark = 8;     // side of the pin's frame

}  // namespace

void WeightPicture::refill(Picture& picture, const WeightGrid& grid, const training::MatrixView& view) {
  if (picture.version == view.version && picture.grid == grid) return;
  picture.grid = grid;
  picture.version = view.version;
  ++picture.uploaded;
  picture.pixels = weight_pixels(grid, view.values);
}

std::optional<std::int64_t> WeightPicture::pinned(const PanelContext& context) const {
  const NetworkPin& pin = context.ui.lens.pin;
  if (pin.kind != PinKind::weight || pin.parameter != weight_.parameter || pin.index >= weight_.size()) return {};
  return pin.index;
}

void WeightPicture::pin(PanelContext& context, std::int64_t index) const {
  NetworkPin& pin = context.ui.lens.pin;
  pin = {};
  pin.kind = PinKind::weight;
  pin.parameter = weight_.parameter;
  pin.index = index;
}

// Arrows move the pin from cell to cell.
void WeightPicture::follow_keys(PanelContext& context, const WeightGrid& grid, widgets::ArrowSteps steps) const {
  const auto place = pinned(context);
  if (!place || !grid.shows(*place)) return pin(context, grid.first_row * grid.columns());
  const WeightGrid::Cell cell = grid.cell_of(*place);
  // A step leads over the gap between two blocks.
  for (int far = 1; far <= 1 + grid.block_gap; ++far)
    if (const auto index = grid.index_at(cell.x + far * steps.dx, cell.y + far * steps.dy)) return pin(context, *index);
}

void WeightPicture::draw_picture(PanelContext& context, Picture& picture, std::string_view name, float width,
                                 float height) {
  const WeightGrid& grid = picture.grid;
  const auto across = static_cast<float>(grid.width()), down = static_cast<float>(grid.height());
  picture.cell = std::min({width / across, height / down, kLargestCell});
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 size(picture.cell * across, picture.cell * down);
  const widgets::Item item = widgets::submit_item(name, size, "canvas");
  if (!item.visible) return;
  const float scale = std::max(most_, 1e-30f);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddImage(context.render.image(name, picture.uploaded, grid.width(), grid.height(), picture.pixels, -scale,
                                      scale, Colormap::diverging),
                 corner, ImVec2(corner.x + size.x, corner.y + size.y));
  if (const auto place = pinned(context); place && grid.shows(*place)) {
    const WeightGrid::Cell cell = grid.cell_of(*place);
    const float margin = std::max(0.0f, (kLeastMark - picture.cell) / 2) + 1;
    const ImVec2 low(corner.x + picture.cell * static_cast<float>(cell.x) - margin,
                     corner.y + picture.cell * static_cast<float>(cell.y) - margin);
    const ImVec2 high(low.x + picture.cell + 2 * margin, low.y + picture.cell + 2 * margin);
    list->AddRect(low, high, IM_COL32_BLACK, 0, 0, 3);
    list->AddRect(low, high, widgets::palette().accent, 0, 0, 2);
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto under = grid.index_at(static_cast<int>(std::floor((mouse.x - corner.x) / picture.cell)),
                                   static_cast<int>(std::floor((mouse.y - corner.y) / picture.cell)));
  if (item.hovered && under) {
    if (item.pressed) pin(context, *under);
    const std::vector<float>& values = context.trainer.matrices.values;
    widgets::tooltip(core::fill("{}, {}: {}.", weight_.parameter, weight_place(weight_, *under),
                                display_number(static_cast<double>(values[static_cast<std::size_t>(*under)]))));
  }
  if (const widgets::ArrowSteps steps = widgets::arrow_steps(item)) follow_keys(context, grid, steps);
  widgets::draw_focus_ring(item);
}

std::string WeightPicture::caption(std::int64_t enlarged) const {
  const auto& [outputs, maps, height, width] = weight_.extents;
  std::string text =
      height * width == 1 ? core::fill("Each block is one output: its {} weights, one for each input.", maps)
      : maps == 1
          ? core::fill("Each block is one output: its {}×{} weights as they lie on what it reads.", height, width)
          : core::fill("Each block is one output: {} tiles of {}×{}, one for each input channel.", maps, height, width);
  const std::string most = display_number(static_cast<double>(most_), 3);
  text += core::fill(" One scale for all: from −{} (blue) over 0 to +{} (orange).", most, most);
  if (whole_.cell < 1) text += " Cells are smaller than a point here, so that not every weight is seen.";
  if (enlarged >= 0) text += core::fill(" Output {} is enlarged: press a weight to see its output.", enlarged);
  return text;
}

void WeightPicture::draw(PanelContext& context, const nn::WeightOutline& weight, float height) {
  const training::MatrixView& view = context.trainer.matrices;
  if (view.parameter != weight.parameter || static_cast<std::int64_t>(view.values.size()) != weight.size()) return;
  const float width = ImGui::GetContentRegionAvail().x;
  if (weight_ != weight || width_ != width || height_ != height) {
    layout_ = fit_matrix(weight, width, height);
    weight_ = weight;
    width_ = width;
    height_ = height;
  }
  if (whole_.version != view.version) {
    most_ = 0;
    for (const float value : view.values)
      if (std::isfinite(value)) most_ = std::max(most_, std::fabs(value));
  }
  refill(whole_, layout_, view);
  widgets::section_title("Weights");
  draw_picture(context, whole_, "weights", width, height);
  std::int64_t enlarged = -1;
  if (whole_.cell < kSmallCell && weight.rows() > 1) {
    enlarged = pinned(context).value_or(0) / weight.columns();
    refill(row_, fit_row(weight, enlarged, width, kRowHeight), view);
    small_text(widgets::palette().text_muted, core::fill("Output {}", enlarged));
    draw_picture(context, row_, "weights of one output", width, kRowHeight);
  }
  const std::string text = caption(enlarged);
  widgets::note(text);
  annotate_item("weights caption", "text", {}, text);
}

}  // namespace descent::web
