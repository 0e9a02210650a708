// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/sheets_canvas.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/panels/network/lenses/sheet_names.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using training::Inspection;

constexpr float kHead = 36;  // points over the sheets, for two lines of text
constexpr float kSheetGap = 10;
constexpr float kBars = 74;      // width of the ten bars p − y at the right
constexpr float kReadable = 30;  // side of a cell, points, from which its number is written
constexpr float kWheelStep = 1.2f;
constexpr float kDragStart = 4;  // points
constexpr float kDoubleClickMargin = 12;

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
  sheets_ = lay_out_sheets(subjects, width - kBars, height, kSheetGap, kHead);
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
  if (side < kReadable) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
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
      const std::string text = display_number(static_cast<double>(values[static_cast<std::size_t>(*unit)]), 2);
      const ImVec2 size = ImGui::CalcTextSize(text.c_str());
      if (size.x > side - 2) continue;
      const ImVec2 at(box.x + (static_cast<float>(x) + 0.5f) * side - size.x / 2,
                      box.y + (static_cast<float>(y) + 0.5f) * side - size.y / 2);
      list->AddText(ImVec2(at.x + 1, at.y + 1), IM_COL32(0, 0, 0, 180), text.c_str());
      list->AddText(at, IM_COL32_WHITE, text.c_str());
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
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      const float most = std::max({std::fabs(*low), std::fabs(*high), 1e-30f});
      picture.low = backward ? -most : std::min(0.0f, *low);
      picture.high = backward ? most : std::max(*high, picture.low + 1e-30f);
      // A delta of exactly 0 is a gate that is shut, or a cell that lost: nothing is drawn there.
      if (backward)
        for (float& pixel : picture.pixels)
          if (pixel == 0) pixel = std::numeric_limits<float>::quiet_NaN();
    }
    const std::string key = core::fill("sheet {}", index);
    ImGui::GetWindowDrawList()->AddImage(
        context.render.image(key, 2 * seen.version + (backward ? 1 : 0), sheet.grid.width(), sheet.grid.height(),
                             picture.pixels, picture.low, picture.high,
                             backward ? Colormap::diverging : Colormap::viridis),
        ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height));
    draw_numbers(sheet, values);
  }
  draw_title(context, index);
}

// Two lines over the sheet, at the top of the window whatever part of the picture is seen; short words where the sheets
// stand close together.
void SheetsCanvas::draw_title(PanelContext& context, std::size_t index) {
  const Inspection& seen = context.trainer.inspection;
  const Sheet& sheet = sheets_[index];
  const Rect box = on_screen(sheet.box);
  const float share = (width_ - kBars) / static_cast<float>(sheets_.size()) * view_.zoom;
  const float middle = box.x + box.width / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  widgets::push_font(widgets::Font::small);
  const auto fits = [&](const std::string& text) { return widgets::text_width(text) <= share; };
  const auto line = [&](float y, ImU32 color, const std::string& text) {
    const float width = widgets::text_width(text);
    if (width > share + 4) return;
    const float left = std::max(middle - width / 2, left_);
    widgets::draw_text(list, ImVec2(left, y), left + width + 1, color, text);
  };
  const std::string title = title_of(seen, sheet.layer), size = extents(shapes_[index]);
  line(top_ + 8, widgets::palette().text, fits(title) ? title : brief_of(seen, sheet.layer));
  line(top_ + 24, widgets::palette().text_muted, fits(size) ? size : core::fill("×{}", sheet.grid.maps));
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

std::optional<SheetsCanvas::Place> SheetsCanvas::pinned(const NetworkPin& pin) const {
  if (pin.kind != PinKind::unit && pin.kind != PinKind::pixel) return {};
  const int layer = pin.kind == PinKind::pixel ? -1 : pin.layer;
  for (std::size_t i = 0; i < sheets_.size(); ++i) {
    if (sheets_[i].layer != layer) continue;
    const nn::Shape& shape = shapes_[i];
    const auto [y, x, c] = pin.position;
    if (y >= shape.height || x >= shape.width || c >= shape.channels) return {};
    return Place{i, (std::int64_t{y} * shape.width + x) * shape.channels + c};
  }
  return {};
}

void SheetsCanvas::pin(PanelContext& context, const Place& place) const {
  const nn::Shape& shape = shapes_[place.sheet];
  const auto channel = static_cast<int>(place.unit % shape.channels);
  const auto at = static_cast<int>(place.unit / shape.channels);
  NetworkPin& pin = context.ui.lens.pin;
  pin = {};
  pin.position = {at / shape.width, at % shape.width, channel};
  pin.kind = sheets_[place.sheet].layer < 0 ? PinKind::pixel : PinKind::unit;
  pin.layer = std::max(sheets_[place.sheet].layer, 0);
}

void SheetsCanvas::draw_pin(PanelContext& context) {
  const auto place = pinned(context.ui.lens.pin);
  if (!place) return;
  const Rect cell = on_screen(sheets_[place->sheet].cell_box(place->unit));
  const float margin = std::max(0.0f, (8 - cell.width) / 2);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low(cell.x - margin - 1, cell.y - margin - 1);
  const ImVec2 high(cell.x + cell.width + margin + 1, cell.y + cell.height + margin + 1);
  list->AddRect(low, high, IM_COL32_BLACK, 0, 0, 3);
  list->AddRect(low, high, widgets::palette().accent, 0, 0, 2);
}

void SheetsCanvas::follow_mouse(PanelContext& context, float width, float height) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  const float x = io.MousePos.x - left_, y = io.MousePos.y - top_;
  if (hovered && io.MouseWheel != 0) view_.zoom_at(x, y, std::pow(kWheelStep, io.MouseWheel), width, height);
  const Gesture& gesture = context.gesture;
  if (gesture.active) {
    view_.zoom_at(gesture.center_x - left_, gesture.center_y - top_, gesture.scale, width, height);
    view_.pan(gesture.pan_x, gesture.pan_y, width, height);
  } else if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, kDragStart)) {
    view_.pan(io.MouseDelta.x, io.MouseDelta.y, width, height);
  }
  const auto place = place_at(io.MousePos.x, io.MousePos.y);
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    if (view_.zoom > 1 || !place) return show_all();
    Rect box = sheets_[place->sheet].box;
    box = {box.x - kDoubleClickMargin, box.y - kHead, box.width + 2 * kDoubleClickMargin, box.height + 1.5f * kHead};
    return view_.show(box, width, height);
  }
  const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, kDragStart);
  if (ImGui::IsItemDeactivated() && hovered && moved.x == 0 && moved.y == 0 && place) pin(context, *place);
  if (!hovered || !place || held) return;
  const Inspection& seen = context.trainer.inspection;
  const int layer = sheets_[place->sheet].layer;
  const auto unit = static_cast<std::size_t>(place->unit);
  const std::span<const float> forward = values_of(seen, layer, false), back = values_of(seen, layer, true);
  if (unit >= forward.size()) return;
  std::string text = core::fill("{}, {}: {}.", title_of(seen, layer), place_words(shapes_[place->sheet], place->unit),
                                display_number(static_cast<double>(forward[unit])));
  if (unit < back.size()) text += core::fill(" ∂loss/∂ of it: {}.", display_number(static_cast<double>(back[unit])));
  widgets::tooltip(text);
}

// Arrows move the pin from cell to cell, Page up and down from sheet to sheet.
void SheetsCanvas::follow_keys(PanelContext& context) {
  auto place = pinned(context.ui.lens.pin);
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
  const int dx = (pressed(ImGuiKey_RightArrow) ? 1 : 0) - (pressed(ImGuiKey_LeftArrow) ? 1 : 0);
  const int dy = (pressed(ImGuiKey_DownArrow) ? 1 : 0) - (pressed(ImGuiKey_UpArrow) ? 1 : 0);
  const int ds = (pressed(ImGuiKey_PageDown) ? 1 : 0) - (pressed(ImGuiKey_PageUp) ? 1 : 0);
  if (dx == 0 && dy == 0 && ds == 0) return;
  if (!place) return pin(context, {0, 0});
  if (ds != 0) {
    const auto count = static_cast<int>(sheets_.size());
    place->sheet = static_cast<std::size_t>(std::clamp(static_cast<int>(place->sheet) + ds, 0, count - 1));
    place->unit = 0;
  } else {
    const SheetGrid& grid = sheets_[place->sheet].grid;
    SheetGrid::Cell cell = grid.cell_of(place->unit);
    // A step leads over the gap between two maps.
    for (int far = 1; far <= 1 + grid.gap; ++far)
      if (const auto unit = grid.unit_at(cell.x + far * dx, cell.y + far * dy)) {
        place->unit = *unit;
        break;
      }
  }
  pin(context, *place);
}

void SheetsCanvas::draw(PanelContext& context, float width, float height) {
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
          core::fill("{} {}", title_of(context.trainer.inspection, sheets_[i].layer), extents(shapes_[i])));
  }
  draw_bars(context, width);
  draw_pin(context);
  ImGui::PopClipRect();
  ImGui::SetCursorScreenPos(corner);
  const widgets::Item item = widgets::submit_item("network layers", ImVec2(width, height), "canvas");
  follow_mouse(context, width, height);
  if (item.focused) follow_keys(context);
  widgets::draw_focus_ring(item);
}

}  // namespace descent::web
