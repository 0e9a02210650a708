// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/sheets_canvas.h"

#include <imgui.h>

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/words/place_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using training::Inspection;

constexpr float kSheetGap = 10;
constexpr float kLeastWithFigures = 210;  // lower than that, the sheets need all of the height
constexpr float kBars = 74;               // width of the ten bars p − y at the right

// Layers that move no value have no sheet of their own.
std::vector<SheetSubject> subjects_of(const Inspection& seen) {
  std::vector<SheetSubject> subjects{{-1, {data::kDigitSize, data::kDigitSize, 1}}};
  for (std::size_t i = 0; i < seen.layers.size(); ++i)
    if (seen.layers[i].type != "flatten") subjects.push_back({static_cast<int>(i), seen.layers[i].shape});
  return subjects;
}

}  // namespace

void SheetsCanvas::lay_out(PanelContext& context, float width, float height) {
  const Inspection& seen = context.trainer.inspection;
  const std::vector<SheetSubject> subjects = subjects_of(seen);
  std::vector<nn::Shape> shapes;
  for (const SheetSubject& subject : subjects) shapes.push_back(subject.shape);
  if (shapes == shapes_ && width == width_ && height == height_) return;
  if (shapes != shapes_) view_ = {};
  shapes_ = std::move(shapes);
  width_ = width;
  height_ = height;
  sheets_ = lay_out_sheets(subjects, width - kBars, height, kSheetGap, kSheetHead);
  pictures_.assign(sheets_.size(), {});
}

Rect SheetsCanvas::on_screen(const Rect& box) const {
  return {left_ + view_.to_window_x(box.x), top_ + view_.to_window_y(box.y), box.width * view_.zoom,
          box.height * view_.zoom};
}

std::optional<SheetsCanvas::Place> SheetsCanvas::place_at(float x, float y) const {
  const float px = view_.to_picture_x(x - left_), py = view_.to_picture_y(y - top_);
  for (std::size_t i = 0; i < sheets_.size(); ++i)
    if (const auto unit = sheets_[i].unit_at(px, py)) return Place{i, *unit};
  return {};
}

void SheetsCanvas::draw_numbers(const Sheet& sheet, std::span<const float> values) {
  const float side = sheet.cell * view_.zoom;
  if (side < kReadableCell) return;
  widgets::push_font(widgets::Font::small);
  // Only the cells in the window are gone through.
  const Rect box = on_screen(sheet.box);
  const auto first = [](float from, float low, float cell) {
    return std::max(static_cast<int>((from - low) / cell), 0);
  };
  const int x0 = first(left_, box.x, side), y0 = first(top_, box.y, side);
  const int x1 = std::min(first(left_ + width_, box.x, side) + 1, sheet.grid.width());
  const int y1 = std::min(first(top_ + height_, box.y, side) + 1, sheet.grid.height());
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) {
      const auto unit = sheet.grid.unit_at(x, y);
      if (!unit) continue;
      draw_cell_number({box.x + static_cast<float>(x) * side, box.y + static_cast<float>(y) * side, side, side},
                       values[static_cast<std::size_t>(*unit)]);
    }
  widgets::pop_font();
}

void SheetsCanvas::draw_sheet(PanelContext& context, std::size_t index) {
  const Inspection& seen = context.trainer.inspection;
  const Sheet& sheet = sheets_[index];
  const bool backward = context.ui.lens.backward;
  const std::span<const float> values = values_of(seen, sheet.layer, backward);
  const Rect box = on_screen(sheet.box);
  if (static_cast<std::int64_t>(values.size()) == shapes_[index].size()) {
    Picture& picture = pictures_[index];
    if (std::exchange(picture.version, seen.version) != seen.version ||
        std::exchange(picture.backward, backward) != backward) {
      picture.pixels = sheet_pixels(sheet.grid, values);
      picture.range = range_of(values, backward);
      // A delta of exactly 0 is a gate that is shut, or a cell that lost: nothing is drawn there.
      if (backward)
        for (float& pixel : picture.pixels)
          if (pixel == 0) pixel = std::numeric_limits<float>::quiet_NaN();
    }
    const std::string key = core::fill("sheet {}", index);
    ImGui::GetWindowDrawList()->AddImage(
        context.render.image(key, 2 * seen.version + (backward ? 1 : 0), sheet.grid.width(), sheet.grid.height(),
                             picture.pixels, picture.range.low, picture.range.high,
                             backward ? Colormap::diverging : Colormap::viridis),
        ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height));
    draw_numbers(sheet, values);
  }
  draw_title(context, index);
}

// names_fit() says whether the short names of all sheets fit: names of a few of them alone would look like gaps.
bool SheetsCanvas::names_fit(const Inspection& seen, float share) const {
  return std::all_of(sheets_.begin(), sheets_.end(), [&](const Sheet& sheet) {
    return widgets::text_width(layer_brief(seen, sheet.layer)) <= share + 4;
  });
}

// Two lines over the sheet, at the top of the window whatever part of the picture is seen; short words where the sheets
// stand close together, and where they stand closer still every second name in a line of its own.
void SheetsCanvas::draw_title(PanelContext& context, std::size_t index) {
  const Inspection& seen = context.trainer.inspection;
  const Sheet& sheet = sheets_[index];
  const Rect box = on_screen(sheet.box);
  const float share = (width_ - kBars) / static_cast<float>(sheets_.size()) * view_.zoom;
  const float middle = box.x + box.width / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  widgets::push_font(widgets::Font::small);
  const auto fits = [&](const std::string& text) { return widgets::text_width(text) <= share; };
  const auto line = [&](float y, float room, ImU32 color, const std::string& text) {
    const float width = widgets::text_width(text);
    if (width > room + 4) return;
    const float left = std::max(middle - width / 2, left_);
    widgets::draw_text(list, ImVec2(left, y), left + width + 1, color, text);
  };
  const std::string title = layer_words(seen, sheet.layer), size = extents_text(shapes_[index]);
  const std::string below = fits(size) ? size : core::fill("×{}", sheet.grid.maps);
  if (names_fit(seen, share)) {
    line(top_ + 8, share, widgets::palette().text, fits(title) ? title : layer_brief(seen, sheet.layer));
    line(top_ + 24, share, widgets::palette().text_muted, below);
  } else {
    line(index % 2 == 0 ? top_ + 5 : top_ + 17, 2 * share, widgets::palette().text, layer_brief(seen, sheet.layer));
    line(top_ + 30, share, widgets::palette().text_muted, below);
  }
  widgets::pop_font();
}

// p − y of each class, the delta that everything behind it comes from.
void SheetsCanvas::draw_bars(PanelContext& context, float width) {
  const Inspection& seen = context.trainer.inspection;
  const std::vector<std::int32_t>& labels = context.trainer.class_labels;
  if (seen.layers.empty() || sheets_.empty()) return;
  const std::span<const float> delta = seen.layers.back().delta;
  if (delta.size() != labels.size() || delta.size() > 26) return;
  const Sheet& last = sheets_.back();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const widgets::Palette& p = widgets::palette();
  widgets::push_font(widgets::Font::small);
  const float middle = left_ + view_.to_window_x(width - kBars / 2 + 6);
  const float reach = (kBars / 2 - 14) * view_.zoom;
  widgets::draw_text(list, ImVec2(middle - widgets::text_width("p − y") / 2, top_ + 8), middle + 60, p.text, "p − y");
  for (std::size_t k = 0; k < delta.size(); ++k) {
    const Rect cell = on_screen(last.cell_box(static_cast<std::int64_t>(k)));
    const float low = cell.y + 0.2f * cell.height, high = cell.y + 0.8f * cell.height;
    const float length = reach * delta[k];
    const Rgb color = colormap(Colormap::diverging, delta[k] > 0 ? 1.0f : 0.0f);
    list->AddRectFilled(ImVec2(std::min(middle, middle + length), low), ImVec2(std::max(middle, middle + length), high),
                        ImGui::ColorConvertFloat4ToU32(ImVec4(color.r, color.g, color.b, 1)));
    const std::string label = std::to_string(labels[k]);
    if (cell.height > 10)
      widgets::draw_text(list, ImVec2(left_ + view_.to_window_x(width) - 10 * view_.zoom, (low + high) / 2),
                         left_ + width_ + 40, static_cast<int>(k) == seen.judged ? p.text : p.text_muted, label);
  }
  list->AddLine(ImVec2(middle, on_screen(last.box).y),
                ImVec2(middle, on_screen(last.box).y + on_screen(last.box).height), p.separator);
  widgets::pop_font();
}

// The bars stand under their sheets, whichever part of these is in sight.
void SheetsCanvas::draw_figures(PanelContext& context) {
  const float share = (width_ - kBars) / static_cast<float>(sheets_.size()) * view_.zoom - kSheetGap;
  std::vector<SheetFigures::Column> columns;
  for (const Sheet& sheet : sheets_) {
    const Rect box = on_screen(sheet.box);
    columns.push_back({sheet.layer, box.x + box.width / 2 - share / 2, share});
  }
  figures_.draw(context.trainer.inspection, columns, {left_, top_ + height_, width_, SheetFigures::kHeight}, kBars);
}

void SheetsCanvas::draw(PanelContext& context, float width, float height) {
  const bool figures = height >= kLeastWithFigures;
  if (figures) height -= SheetFigures::kHeight;
  lay_out(context, width, height);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  left_ = corner.x;
  top_ = corner.y;
  ImGui::PushClipRect(corner, ImVec2(corner.x + width, corner.y + height), true);
  for (std::size_t i = 0; i < sheets_.size(); ++i) {
    const Rect box = on_screen(sheets_[i].box);
    if (box.x > left_ + width || box.x + box.width < left_) continue;
    draw_sheet(context, i);
    ImGui::SetCursorScreenPos(ImVec2(std::max(box.x, left_), std::max(box.y, top_)));
    const ImVec2 size(std::min(box.x + box.width, left_ + width) - std::max(box.x, left_),
                      std::min(box.y + box.height, top_ + height) - std::max(box.y, top_));
    if (size.x > 0 && size.y > 0)
      widgets::place_item(
          core::fill("sheet {}", sheets_[i].layer), size, "image", {},
          core::fill("{} {}", layer_words(context.trainer.inspection, sheets_[i].layer), extents_text(shapes_[i])));
  }
  draw_bars(context, width);
  draw_pin(context);
  ImGui::PopClipRect();
  ImGui::SetCursorScreenPos(corner);
  const widgets::Item item = widgets::submit_item("network layers", ImVec2(width, height), "canvas");
  follow_mouse(context, width, height);
  if (item.focused) follow_keys(context, widgets::arrow_steps(item));
  widgets::draw_focus_ring(item);
  if (figures) draw_figures(context);
}

}  // namespace descent::web
