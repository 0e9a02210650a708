// SPDX-License-Identifier: MIT
// Draw a digit: strokes by mouse or touch go into a 140×140 pad; the trainer's worker centres them as MNIST's digits
// were centred and runs the network; the probabilities come back with the snapshot.
#include "web/panels/network/drawing_pad.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/center_digit.h"
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

void send(PanelContext& context) {
  const DrawPad& pad = context.ui.pad;
  context.host.trainer().post([ink = std::vector<float>(pad.ink.begin(), pad.ink.end())](training::Trainer& trainer) {
    const auto digit = data::center_digit(ink, DrawPad::kSize, DrawPad::kSize);
    if (digit.ok()) trainer.inspect_image(digit.value());
  });
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
  send(context);
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

}  // namespace

// The pad, what belongs to it, and the probabilities: from left to right, or where that is too narrow the first two
// below one another.
void draw_pad(PanelContext& context) {
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

namespace {

constexpr std::size_t kAllRows = 12;   // so many classes are shown in their order
constexpr std::size_t kBestRows = 10;  // else so many of the most probable

// The classes to show, from top to bottom.
std::vector<std::size_t> rows_of(const ClassChart& chart) {
  std::vector<std::size_t> rows(chart.class_labels.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (rows.size() <= kAllRows) return rows;
  if (!chart.probabilities.empty())
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return chart.probabilities[a] > chart.probabilities[b]; });
  const auto last = rows.begin() + kBestRows;
  const auto truth = std::find(last, rows.end(), static_cast<std::size_t>(chart.label));
  if (chart.label >= 0 && truth != rows.end()) std::iter_swap(last - 1, truth);
  rows.erase(last, rows.end());
  return rows;
}

std::string label_of(const ClassChart& chart, std::size_t k) {
  return std::to_string(chart.class_labels[k]);
}

}  // namespace

void draw_probabilities(ClassChart chart, float width, float height) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const widgets::Palette& colors = widgets::palette();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  if (chart.probabilities.size() != chart.class_labels.size()) chart.probabilities = {};  // of another network
  const std::span<const float> probabilities = chart.probabilities;
  const std::vector<std::size_t> rows = rows_of(chart);
  const float row = height / static_cast<float>(rows.size());
  const auto best =
      static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
  widgets::push_font(widgets::Font::small);
  const float figure = std::ceil(ImGui::CalcTextSize("100.0 %").x) + widgets::kGrid;
  float name = 16;
  for (const std::size_t k : rows)
    name = std::max(name, std::ceil(ImGui::CalcTextSize(label_of(chart, k).c_str()).x) + widgets::kGrid);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t k = rows[i];
    const float y = origin.y + static_cast<float>(i) * row;
    const float text_y = y + (row - ImGui::GetFontSize()) / 2;
    const bool is_label = static_cast<int>(k) == chart.label;
    list->AddText(ImVec2(origin.x, text_y), is_label ? colors.text : colors.text_muted, label_of(chart, k).c_str());
    const float bar = width - name - figure;
    const ImVec2 low(origin.x + name, y + row * 0.2f);
    list->AddRectFilled(low, ImVec2(low.x + bar, y + row * 0.8f), colors.raised, 2);
    if (k >= probabilities.size()) continue;
    const bool largest = k == best;
    list->AddRectFilled(low, ImVec2(low.x + std::max(1.0f, bar * probabilities[k]), y + row * 0.8f),
                        largest ? colors.accent : colors.text_faint, 2);
    std::array<char, 16> percent{};
    std::snprintf(percent.data(), percent.size(), "%.1f %%", 100 * static_cast<double>(probabilities[k]));
    const float text_width = ImGui::CalcTextSize(percent.data()).x;
    list->AddText(ImVec2(origin.x + width - text_width, text_y), largest ? colors.text : colors.text_muted,
                  percent.data());
  }
  widgets::pop_font();
  ImGui::Dummy(ImVec2(width, height));
  annotate_item(
      "probabilities", "chart",
      best < probabilities.size() ? std::optional<double>(chart.class_labels[best]) : std::optional<double>{});
}

}  // namespace descent::web
