// SPDX-License-Identifier: MIT
#include "web/widgets/schedule_controls.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/schedule.h"
#include "web/model/words/number_format.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kLabelColumn = 96;
constexpr float kCurveHeight = 44;
constexpr float kPad = 7;       // round the curve
constexpr float kSampling = 2;  // points of the screen between two samples

bool draw_menu(const ScheduledRate& rate, std::string& schedule, std::vector<double>& parameters) {
  std::vector<std::string_view> titles;
  int selected = 0;
  std::string help =
      core::fill("How the learning rate changes over the steps. A schedule runs over {}.", rate.laid_out_for);
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    if (entry.info.name == schedule) {
      selected = static_cast<int>(titles.size());
      help += core::fill("\n{}: {}", entry.info.title, entry.info.summary);
    }
    titles.push_back(entry.info.title);
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + widgets::control_height() / 2),
                     at.x + kLabelColumn - 4, palette().text_muted, "schedule");
  ImGui::SetCursorScreenPos(ImVec2(at.x + kLabelColumn, at.y));
  if (!widgets::combo("##" + display_name(rate.owner) + " schedule", selected, titles, help)) return false;
  const optim::ScheduleInfo& info = optim::schedule_catalog()[static_cast<std::size_t>(selected)].info;
  schedule = std::string(info.name);
  parameters = core::default_values(info.parameters);
  return true;
}

// The plot's rectangle with the factor 0 … 1 upwards and the steps 1 … length to the right.
struct Figure {
  ImVec2 low, high;
  std::int64_t length;

  [[nodiscard]] std::int64_t step_at(float x) const {
    const double u = static_cast<double>((x - low.x) / (high.x - low.x));
    return 1 + std::llround(u * static_cast<double>(length - 1));
  }
  [[nodiscard]] float x_of(std::int64_t step) const {
    const double u = length > 1 ? static_cast<double>(step - 1) / static_cast<double>(length - 1) : 0;
    return low.x + static_cast<float>(std::clamp(u, 0.0, 1.0)) * (high.x - low.x);
  }
  [[nodiscard]] float y_of(double factor) const { return high.y - static_cast<float>(factor) * (high.y - low.y); }
};

void draw_line(const Figure& figure, const optim::Schedule& schedule, ImU32 color) {
  std::vector<ImVec2> points;
  for (float x = figure.low.x; x <= figure.high.x; x += kSampling)
    points.emplace_back(x, figure.y_of(schedule.scale(figure.step_at(x), figure.length)));
  ImGui::GetWindowDrawList()->AddPolyline(points.data(), static_cast<int>(points.size()), color, ImDrawFlags_None,
                                          1.8F);
}

// The next step's place on the curve: what stands there is what acts.
void draw_mark(const Figure& figure, const optim::Schedule& schedule, std::int64_t step, ImU32 color) {
  const ImVec2 at(std::floor(figure.x_of(step)) + 0.5F, figure.y_of(schedule.scale(step, figure.length)));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(ImVec2(at.x, figure.low.y - 3), ImVec2(at.x, figure.high.y + 3), palette().text_faint);
  list->AddCircleFilled(at, 4, color, 16);
  list->AddCircle(at, 4, palette().rail, 16, 1.2F);
}

void draw_curve(const ScheduledRate& rate, const optim::Schedule& schedule) {
  const double factor = schedule.scale(rate.step, rate.length);
  const auto number = [](double value) { return display_number(value, 3); };
  const std::string text =
      core::fill("step {} of {}: {} × {} = {}", core::grouped(rate.step), core::grouped(rate.length), number(factor),
                 number(rate.base), number(factor * rate.base));
  const ImVec2 size(ImGui::GetContentRegionAvail().x, kCurveHeight);
  const auto item = widgets::place_item(display_name(rate.owner) + " schedule curve", size, "plot", factor, text);
  widgets::tooltip(core::fill(
      "The curve shows the factor on the learning rate, from 0 to 1, over the steps of the schedule. The mark is "
      "the next step; {}.",
      rate.afterwards));
  if (item.visible) {
    const ImVec2 low(item.box.Min.x + kPad, item.box.Min.y + kPad), high(item.box.Max.x - kPad, item.box.Max.y - kPad);
    const Figure figure{low, high, rate.length};
    ImGui::GetWindowDrawList()->AddRectFilled(item.box.Min, item.box.Max, palette().raised, widgets::kCorner);
    draw_line(figure, schedule, rate.color);
    draw_mark(figure, schedule, rate.step, rate.color);
  }
  widgets::push_font(widgets::Font::small);
  const std::string lines = widgets::wrap_words(text, size.x);
  widgets::pop_font();
  widgets::note(lines);
}

}  // namespace

bool draw_schedule_controls(const ScheduledRate& rate, bool unfolded, std::string& schedule,
                            std::vector<double>& parameters) {
  bool changed = unfolded && draw_menu(rate, schedule, parameters);
  const optim::ScheduleEntry* entry = optim::find_schedule(schedule);
  if (entry == nullptr || schedule == optim::kConstantSchedule) return changed;
  const std::span<const core::ParamSpec> specs = entry->info.parameters;
  if (parameters.size() != specs.size()) parameters = core::default_values(specs);
  for (std::size_t i = 0; unfolded && i < specs.size(); ++i)
    changed |= widgets::param_slider(rate.owner + " schedule", specs[i], parameters[i]);
  if (const auto made = optim::Schedule::make(schedule, parameters); made.ok()) draw_curve(rate, *made);
  return changed;
}

}  // namespace descent::web
