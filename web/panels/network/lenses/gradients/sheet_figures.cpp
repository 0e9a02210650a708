// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/sheet_figures.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/words/number_format.h"
#include "web/model/words/place_words.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kRow = 15, kBar = 5;
constexpr float kWidest = 120;

struct Figure {
  std::string_view name;   // of the item
  std::string_view label;  // at the right end
  std::string_view what;   // in the tooltip
  double SignalFigures::*value;
};
constexpr std::array kFigures{
    Figure{"activation norm", "activation", "‖activations‖", &SignalFigures::activation},
    Figure{"delta norm", "∂loss", "‖∂loss/∂activations‖", &SignalFigures::delta},
    Figure{"step share", "step / w", "‖newest step‖ / ‖weights‖", &SignalFigures::step},
};

}  // namespace

void SheetFigures::refresh(const training::Inspection& seen) {
  if (std::exchange(version_, seen.version) == seen.version) return;
  figures_.clear();
  most_ = {};
  for (int layer = -1; has_layer(seen, layer); ++layer) {
    figures_.push_back(signal_figures(seen, layer));
    for (const Figure& figure : kFigures)
      most_.*figure.value = std::max(most_.*figure.value, figures_.back().*figure.value);
  }
}

void SheetFigures::draw(const training::Inspection& seen, std::span<const Column> columns, const Rect& box,
                        float names) {
  refresh(seen);
  const widgets::Palette& p = widgets::palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float right = box.x + box.width - names;
  ImGui::PushClipRect(ImVec2(box.x, box.y), ImVec2(right, box.y + box.height), true);
  for (const Column& column : columns) {
    const auto i = static_cast<std::size_t>(column.layer + 1);
    if (i >= figures_.size()) continue;
    const float width = std::min(column.width, kWidest), x = column.x + (column.width - width) / 2;
    const float from = std::max(x, box.x), to = std::min(x + width, right);
    if (to <= from) continue;
    float y = box.y + 3;
    for (const Figure& figure : kFigures) {
      const double value = figures_[i].*figure.value;
      ImGui::SetCursorScreenPos(ImVec2(from, y));
      widgets::place_item(core::fill("layer {} {}", column.layer, figure.name), ImVec2(to - from, kRow), "bar", value);
      widgets::tooltip(core::fill(
          "{}: {} = {}. The largest of all layers is {}; each factor of ten less is a sixth "
          "shorter.",
          layer_words(seen, column.layer), figure.what, display_number(value), display_number(most_.*figure.value)));
      const float top = y + (kRow - kBar) / 2;
      list->AddRectFilled(ImVec2(x, top), ImVec2(x + width, top + kBar), p.raised, 2);
      list->AddRectFilled(ImVec2(x, top), ImVec2(x + width * log_share(value, most_.*figure.value), top + kBar),
                          p.text_faint, 2);
      y += kRow;
    }
  }
  ImGui::PopClipRect();
  widgets::push_font(widgets::Font::small);
  float y = box.y + 3 + kRow / 2;
  for (const Figure& figure : kFigures) {
    widgets::draw_text(list, ImVec2(right + 6, y), box.x + box.width, p.text_muted, figure.label);
    y += kRow;
  }
  widgets::pop_font();
  ImGui::SetCursorScreenPos(ImVec2(box.x, box.y));
  ImGui::Dummy(ImVec2(box.width, box.height));
}

}  // namespace descent::web
