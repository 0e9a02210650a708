// SPDX-License-Identifier: MIT
// Draw a digit: strokes by mouse or touch go into a 140×140 pad; the trainer's worker centres them as MNIST's digits
// were centred and runs the network; the probabilities come back with the snapshot.
#include "web/panels/network/tabs/draw_tab.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "engine/data/center_digit.h"
#include "web/panels/network/tabs/class_chart.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kBrush = 5.5f;  // radius in pad pixels: about two pixels of the 28×28 picture

// Inks every pixel near the segment a–b (pad pixels), with a soft edge one pixel wide.
void stroke(DrawPad& pad, ImVec2 a, ImVec2 b) {
  const float reach = kBrush + 1;
  const auto clamp = [](float v) { return std::clamp(static_cast<int>(v), 0, DrawPad::kSize - 1); };
  const float dx = b.x - a.x, dy = b.y - a.y;
  const float length2 = dx * dx + dy * dy;
  for (int y = clamp(std::min(a.y, b.y) - reach); y <= clamp(std::max(a.y, b.y) + reach); ++y)
    for (int x = clamp(std::min(a.x, b.x) - reach); x <= clamp(std::max(a.x, b.x) + reach); ++x) {
      const float px = static_cast<float>(x) + 0.5f - a.x, py = static_cast<float>(y) + 0.5f - a.y;
      const float t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0f, 1.0f) : 0.0f;
      const float distance = std::hypot(px - t * dx, py - t * dy);
      float& ink = pad.ink[static_cast<std::size_t>(y * DrawPad::kSize + x)];
      ink = std::max(ink, std::clamp(kBrush + 0.5f - distance, 0.0f, 1.0f));
    }
  ++pad.version;
}

// The pad itself: drawing goes on while the button or finger is down, also when it leaves the square.
void pad_area(PanelContext& context, float side) {
  DrawPad& pad = context.ui.pad;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImGui::Image(
      context.render.image("pad", pad.version + 1, DrawPad::kSize, DrawPad::kSize, pad.ink, 0, 1, Colormap::gray),
      ImVec2(side, side));
  ImGui::SetCursorScreenPos(origin);
  ImGui::InvisibleButton("Draw here", ImVec2(side, side));
  annotate_item("Draw here", "canvas");
  ImGui::GetWindowDrawList()->AddRect(origin, ImVec2(origin.x + side, origin.y + side),
                                      ImGui::IsItemHovered() ? widgets::palette().accent : widgets::palette().separator,
                                      widgets::kCorner);
  if (!ImGui::IsItemActive()) return;
  const ImGuiIO& io = ImGui::GetIO();
  const float scale = static_cast<float>(DrawPad::kSize) / side;
  const auto to_pad = [&](ImVec2 p) { return ImVec2((p.x - origin.x) * scale, (p.y - origin.y) * scale); };
  const bool fresh = ImGui::IsItemActivated();
  const ImVec2 previous =
      fresh ? io.MousePos : ImVec2(io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y);
  if (!fresh && io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
  stroke(pad, to_pad(previous), to_pad(io.MousePos));
  context.commands.inspect_drawing();
}

// Clear, and what the network sees of the drawing: `beside` one another or one below the other.
void draw_seen(PanelContext& context, bool mine, bool beside, float width) {
  const training::Inspection& inspection = context.trainer.inspection;
  if (widgets::button("Clear", widgets::Icon::eraser, "Wipe the pad and draw another digit.",
                      context.ui.pad.version > 0)) {
    context.ui.pad.ink.fill(0);
    context.ui.pad.version = 0;
  }
  if (mine) {
    if (beside) ImGui::SameLine(0, widgets::kGrid);
    const float side = beside ? widgets::control_height() : 56.0f;
    ImGui::Image(context.render.image("centred", inspection.version, 28, 28, inspection.image, 0, 1, Colormap::gray),
                 ImVec2(side, side));
    annotate_item("what the network sees", "image");
    widgets::tooltip(
        "What the network sees: scaled to 20×20 and centred by its centre of mass, as MNIST's digits are.");
    return;
  }
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width);
  ImGui::TextUnformatted("Draw here, with the mouse or a finger.");
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

class DrawTab : public Panel {
 public:
  void draw(PanelContext& context) override;
};

// The pad, what belongs to it, and the probabilities: from left to right, or where that is too narrow the first two
// below one another.
void DrawTab::draw(PanelContext& context) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  constexpr float kChart = 280, kLeastChart = 184, kHint = 160;
  constexpr float kGap = 2 * widgets::kGrid;
  const bool narrow = room.x < 2 * kHint + kChart + 2 * kGap;
  const float below = narrow ? widgets::control_height() + widgets::kGrid : 0;
  const float side = std::clamp(std::min(room.y - widgets::kGrid - below, room.x - kLeastChart - kGap), 120.0f, 320.0f);
  const training::Inspection& inspection = context.trainer.inspection;
  const bool mine = inspection.test_index < 0 && inspection.image.size() == 784 && context.ui.pad.version > 0;
  ImGui::BeginGroup();
  pad_area(context, side);
  if (!narrow) {
    ImGui::EndGroup();
    ImGui::SameLine(0, kGap);
    ImGui::BeginGroup();
  }
  draw_seen(context, mine, narrow, narrow ? side : kHint);
  ImGui::EndGroup();
  ImGui::SameLine(0, narrow ? kGap : 1.5f * kGap);
  const float chart = narrow ? std::min(room.x - side - kGap, kChart) : kChart;
  draw_probabilities(
      {.probabilities = mine ? std::span<const float>(inspection.probabilities) : std::span<const float>{},
       .class_labels = context.trainer.class_labels},
      chart, narrow ? std::clamp(room.y - widgets::kGrid, 120.0f, 240.0f) : side);
}

}  // namespace

std::unique_ptr<Panel> make_draw_tab() {
  return std::make_unique<DrawTab>();
}

}  // namespace descent::web
