// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_notes.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "web/panels/surfaces_text.h"
#include "web/ui_items.h"
#include "web/widgets/format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kPad = 10;
constexpr float kMargin = 8;
constexpr float kBannerWidth = 640;

ImU32 pill_color() {
  return widgets::with_alpha(palette().rail, 0.90F);
}

struct Field {
  std::string label, value;
  float width = 0;  // of the value's column
};

std::string fixed_decimals(double value, double unit) {
  std::string text = widgets::tick_label(value, std::pow(10.0, std::floor(std::log10(unit))));
  return text;
}

std::vector<Field> fields_of(surfaces::Point point, const surfaces::LocalModel& model, double unit, bool narrow) {
  const float place = narrow ? 44.0F : 58.0F;
  const float number = narrow ? 52.0F : 72.0F;
  const double slope = std::hypot(model.gradient[0], model.gradient[1]);
  return {{"x", fixed_decimals(point[0], unit), place},
          {"y", fixed_decimals(point[1], unit), place},
          {"f", brief(model.value), number},
          {"|∇f|", brief(slope), number},
          {"λ₁", brief(model.eigenvalues[0]), number},
          {"λ₂", brief(model.eigenvalues[1]), number}};
}

const train::RunnerSnapshot* selected_runner(const PanelContext& context) {
  const int i = context.ui.selected_runner;
  if (i < 0 || i >= static_cast<int>(context.race.runners.size())) return nullptr;
  const train::RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(i)];
  return runner.losses.empty() ? nullptr : &runner;
}

// The fields in rows of `columns`, in a box whose lower left corner is given. `lead` draws before the first field.
void draw_fields(const std::vector<Field>& fields, ImVec2 lower_left, std::size_t columns, std::string_view title,
                 const train::RunnerSnapshot* runner) {
  widgets::push_font(widgets::Font::small);
  const float line = ImGui::GetTextLineHeight() + 4;
  std::vector<float> widths(columns, 0);
  for (std::size_t i = 0; i < fields.size(); ++i)
    widths[i % columns] =
        std::max(widths[i % columns], widgets::text_width(fields[i].label) + 6 + fields[i].width + 10);
  float width = 2 * kPad - 8;
  for (const float w : widths) width += w;
  const std::size_t rows = (fields.size() + columns - 1) / columns;
  const float marker = runner != nullptr ? 18.0F : 0.0F;
  width = std::max(width, 2 * kPad + marker + widgets::text_width(title));
  const float height = line * static_cast<float>(rows + 1) + 10;
  const ImVec2 low(lower_left.x, lower_left.y - height);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, ImVec2(low.x + width, lower_left.y), pill_color(), widgets::kCorner);
  float y = low.y + 5 + line / 2;
  if (runner != nullptr)
    widgets::draw_marker(list, widgets::runner_marker(runner->config.slot), ImVec2(low.x + kPad + 5, y), 4.5F,
                         widgets::runner_color(runner->config.slot), palette().rail);
  widgets::draw_text(list, ImVec2(low.x + kPad + marker, y), low.x + width, palette().text_muted, title);
  std::string spoken(title);
  for (std::size_t row = 0, i = 0; row < rows; ++row) {
    y += line;
    float x = low.x + kPad;
    for (std::size_t column = 0; column < columns && i < fields.size(); ++column, ++i) {
      const float label = widgets::text_width(fields[i].label);
      widgets::draw_text(list, ImVec2(x, y), low.x + width, palette().text_muted, fields[i].label);
      widgets::draw_text(list, ImVec2(x + label + 6, y), low.x + width, palette().text, fields[i].value);
      x += widths[column];
      spoken += "  " + fields[i].label + " " + fields[i].value;
    }
  }
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(width, height));
  annotate_item("read-out", "text", {}, spoken);
  widgets::pop_font();
}

// A wrapped sentence in a box with its upper edge at `top`, centred; returns its lower edge.
float draw_sentence(const ViewFrame& frame, std::string_view label, const std::string& sentence, float top,
                    ImU32 stripe, const train::RunnerSnapshot* runner) {
  const float room = std::min(kBannerWidth, frame.scene.rect.width - 2 * kMargin);
  const float marker = runner != nullptr ? 20.0F : 0.0F;
  widgets::push_font(widgets::Font::small);
  const std::string text = wrap_words(sentence, room - 2 * kPad - marker);
  const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size());
  const float width = size.x + 2 * kPad + marker;
  const ImVec2 low(std::floor(frame.scene.rect.x + (frame.scene.rect.width - width) / 2), std::floor(top));
  const ImVec2 high(low.x + width, low.y + size.y + 14);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, high, pill_color(), widgets::kCorner);
  if (stripe != 0) list->AddRect(low, high, widgets::with_alpha(stripe, 0.7F), widgets::kCorner, 0, 1.2F);
  if (runner != nullptr)
    widgets::draw_marker(list, widgets::runner_marker(runner->config.slot),
                         ImVec2(low.x + kPad + 6, low.y + 7 + ImGui::GetTextLineHeight() / 2), 5,
                         widgets::runner_color(runner->config.slot), palette().rail);
  list->AddText(ImVec2(low.x + kPad + marker, low.y + 7), palette().text, text.data(), text.data() + text.size());
  widgets::pop_font();
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(width, high.y - low.y));
  annotate_item(label, "text", {}, sentence);
  return high.y;
}

}  // namespace

void draw_readout(const PanelContext& context, const ViewFrame& frame, const std::optional<SurfaceFeed::Probe>& probe) {
  const train::RunnerSnapshot* runner = nullptr;
  std::string title;
  surfaces::Point point{};
  surfaces::LocalModel model;
  if (probe) {
    title = "at the pointer";
    point = probe->point;
    model = probe->model;
  } else {
    runner = selected_runner(context);
    if (runner == nullptr) return;
    const std::size_t last = runner->losses.size() - 1;
    title = optimizer_title(runner->config.optimizer) + ", step " + std::to_string(last);
    point = {runner->points[2 * last], runner->points[2 * last + 1]};
    model = runner->head;
  }
  const bool narrow = frame.scene.rect.width < 700;
  const ImVec2 corner(frame.scene.rect.x + kMargin, frame.high().y - kMargin);
  draw_fields(fields_of(point, model, frame.unit(), narrow), corner, narrow ? 3 : 6, title, runner);
}

void draw_banner(const PanelContext& context, const ViewFrame& frame) {
  float top = frame.scene.rect.y + kMargin;
  if (context.race.step == 0) {
    const bool any = !context.race.runners.empty();
    draw_sentence(frame, "hint",
                  any ? "Press play to let them race. Drag the ring to start elsewhere." : "Add an optimizer to begin.",
                  top, 0, nullptr);
    return;
  }
  // Two at most in the picture, all of them on the cards.
  std::vector<const train::RunnerSnapshot*> diverged;
  for (const train::RunnerSnapshot& runner : context.race.runners)
    if (runner.status == train::RunStatus::diverged) diverged.push_back(&runner);
  const std::size_t most = frame.compact || diverged.size() > 2 ? 1 : 2;
  const std::size_t shown = std::min(diverged.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const train::RunnerSnapshot& runner = *diverged[i];
    const std::string text = optimizer_title(runner.config.optimizer) + " " + runner.reason + ".";
    top = draw_sentence(frame, "diverged", text, top, palette().danger, &runner) + 6;
  }
  if (diverged.size() > shown)
    draw_sentence(frame, "diverged", std::to_string(diverged.size() - shown) + " more diverged; the cards say why.",
                  top, palette().danger, nullptr);
}

}  // namespace descent::web
