// SPDX-License-Identifier: MIT
// SheetsCanvas: what mouse, fingers and keys do to it, and the pin.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/words/number_format.h"
#include "web/model/words/place_words.h"
#include "web/panels/network/lenses/gradients/sheets_canvas.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using training::Inspection;

constexpr float kWheelStep = 1.2f;
constexpr float kDragStart = 4;  // points
constexpr float kDoubleClickMargin = 12;

}  // namespace

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
    box = {box.x - kDoubleClickMargin, box.y - kSheetHead, box.width + 2 * kDoubleClickMargin,
           box.height + 1.5f * kSheetHead};
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
  std::string text =
      core::fill("{}, {}: {}.", layer_words(seen, layer), place_words(shapes_[place->sheet], place->unit),
                 display_number(static_cast<double>(forward[unit])));
  if (unit < back.size()) text += core::fill(" ∂loss/∂ of it: {}.", display_number(static_cast<double>(back[unit])));
  widgets::tooltip(text);
}

// Arrows move the pin from cell to cell, Page up and down from sheet to sheet.
void SheetsCanvas::follow_keys(PanelContext& context, widgets::ArrowSteps steps) {
  auto place = pinned(context.ui.lens.pin);
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
  const int ds = (pressed(ImGuiKey_PageDown) ? 1 : 0) - (pressed(ImGuiKey_PageUp) ? 1 : 0);
  if (!steps && ds == 0) return;
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
      if (const auto unit = grid.unit_at(cell.x + far * steps.dx, cell.y + far * steps.dy)) {
        place->unit = *unit;
        break;
      }
  }
  pin(context, *place);
}

}  // namespace descent::web
