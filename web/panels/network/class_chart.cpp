// SPDX-License-Identifier: MIT
#include "web/panels/network/class_chart.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
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

std::optional<int> draw_probabilities(ClassChart chart, float width, float height) {
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
  const widgets::Item item = widgets::submit_item(
      "probabilities", ImVec2(width, height), "chart",
      best < probabilities.size() ? std::optional<double>(chart.class_labels[best]) : std::optional<double>{});
  widgets::draw_focus_ring(item);
  if (!item.pressed) return {};
  const auto at = static_cast<std::size_t>(std::max(0.0f, (ImGui::GetIO().MousePos.y - origin.y) / row));
  return static_cast<int>(rows[std::min(at, rows.size() - 1)]);
}

void draw_probabilities(ClassChart chart, LookedAtDigit& digit, float width, float height) {
  const std::optional<int> pressed = draw_probabilities(chart, width, height);
  if (!digit.own()) return;
  if (pressed) digit.label = digit.label == *pressed ? -1 : *pressed;
  widgets::tooltip("Press the digit that you meant: the loss and its blame are then about that one.");
}

}  // namespace descent::web
