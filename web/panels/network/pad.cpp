// SPDX-License-Identifier: MIT
#include "web/panels/network/pad.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/center_digit.h"
#include "engine/data/dataset.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr int kSide = data::kDigitSize;
constexpr float kBrush = 5.5f;  // radius in pad pixels: about two pixels of the 28×28 picture
constexpr float kSeen = 56;     // side of the small picture, points
constexpr float kFrame = 1;

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

// The ink becomes the digit, centred as MNIST's are and in as many greys as theirs.
void take_ink(UiState& ui) {
  const auto centred = data::center_digit(ui.pad.ink, DrawPad::kSize, DrawPad::kSize);
  if (!centred.ok()) return;
  ui.pad.digit = data::to_bytes(*centred);
  ui.lens.digit = {.test_index = ui.lens.digit.test_index, .image = ui.pad.digit};
}

// The strokes on the pad are those of the digit that is looked at.
bool shows_ink(const UiState& ui) {
  return ui.pad.version > 0 && ui.lens.digit.own() && ui.lens.digit.image == ui.pad.digit;
}

void* digit_image(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  return seen.image.size() == kSide * kSide
             ? context.render.image("digit", seen.version, kSide, kSide, seen.image, 0, 1, Colormap::gray)
             : nullptr;
}

void draw_seen(PanelContext& context, ImVec2 corner) {
  void* image = digit_image(context);
  if (image == nullptr) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low(corner.x - kSeen - 4, corner.y - kSeen - 4);
  list->AddImage(image, low, ImVec2(low.x + kSeen, low.y + kSeen));
  list->AddRect(ImVec2(low.x - kFrame, low.y - kFrame), ImVec2(low.x + kSeen + kFrame, low.y + kSeen + kFrame),
                widgets::palette().text_faint);
}

// Drawing goes on while the button or finger is down, also when it leaves the square.
void follow_pen(PanelContext& context, ImVec2 origin, float side) {
  if (!ImGui::IsItemActive()) return;
  const ImGuiIO& io = ImGui::GetIO();
  const bool begins = ImGui::IsItemActivated();
  if (!begins && io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
  DrawPad& pad = context.ui.pad;
  if (begins && !shows_ink(context.ui)) clear_pad(pad);
  const float scale = static_cast<float>(DrawPad::kSize) / side;
  const auto to_pad = [&](ImVec2 p) { return ImVec2((p.x - origin.x) * scale, (p.y - origin.y) * scale); };
  const ImVec2 previous =
      begins ? io.MousePos : ImVec2(io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y);
  stroke(pad, to_pad(previous), to_pad(io.MousePos));
  take_ink(context.ui);
}

}  // namespace

void clear_pad(DrawPad& pad) {
  pad.ink.fill(0);
  pad.version = 0;
  pad.digit.clear();
}

void draw_pad(PanelContext& context, float side) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 end(origin.x + side, origin.y + side);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(origin, end, IM_COL32(0, 0, 0, 255));
  const bool ink = shows_ink(context.ui);
  void* image = ink ? context.render.image("pad", context.ui.pad.version + 1, DrawPad::kSize, DrawPad::kSize,
                                           context.ui.pad.ink, 0, 1, Colormap::gray)
                    : digit_image(context);
  if (image != nullptr) list->AddImage(image, origin, end);
  ImGui::InvisibleButton("Draw here", ImVec2(side, side));
  annotate_item("Draw here", "canvas");
  widgets::tooltip(
      "The digit that all lenses look at. Draw another one here, with the mouse or a finger, or drop or paste a picture "
      "of one.");
  list->AddRect(origin, end, ImGui::IsItemHovered() ? widgets::palette().accent : widgets::palette().separator);
  follow_pen(context, origin, side);
  if (ink && side > 2.5f * kSeen) draw_seen(context, end);
}

bool draw_digit_button(PanelContext& context, float side) {
  const widgets::Item item = widgets::submit_item("Digit", ImVec2(side, side), "button");
  if (!item.visible) return item.pressed;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, IM_COL32(0, 0, 0, 255));
  if (void* image = digit_image(context); image != nullptr) list->AddImage(image, item.box.Min, item.box.Max);
  list->AddRect(item.box.Min, item.box.Max, item.hovered ? widgets::palette().accent : widgets::palette().separator);
  widgets::draw_focus_ring(item);
  widgets::tooltip("Open the pad, to draw a digit of your own or to take a picture of one; once more closes it.");
  return item.pressed;
}

}  // namespace descent::web
