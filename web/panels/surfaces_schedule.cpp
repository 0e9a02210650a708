// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_schedule.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/optim/schedule.h"
#include "engine/train/text.h"
#include "web/panels/surfaces_text.h"
#include "web/widgets/controls.h"
#include "web/widgets/format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using train::Race;
using train::RunnerConfig;
using widgets::palette;

constexpr float kLabelColumn = 96;
constexpr float kCurveHeight = 44;
constexpr float kPad = 7;       // round the curve
constexpr float kSampling = 2;  // points of the screen between two samples

bool is_constant(const RunnerConfig& config) {
  return config.schedule == optim::schedule_catalog().front().info.name;
}

void send(PanelContext& context, int runner) {
  context.host.race().post([runner, settings = context.ui.race.runners[static_cast<std::size_t>(runner)].settings()](
                               Race& race) { static_cast<void>(race.change(runner, settings)); });
}

void draw_menu(PanelContext& context, int runner, const std::string& owner) {
  RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  std::vector<std::string_view> titles;
  int selected = 0;
  std::string help = "How the learning rate changes over the steps, laid out for the schedule length under Fair race.";
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    if (entry.info.name == config.schedule) {
      selected = static_cast<int>(titles.size());
      help += "\n" + std::string(entry.info.title) + ": " + std::string(entry.info.summary);
    }
    titles.push_back(entry.info.title);
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + widgets::control_height() / 2),
                     at.x + kLabelColumn - 4, palette().text_muted, "schedule");
  ImGui::SetCursorScreenPos(ImVec2(at.x + kLabelColumn, at.y));
  if (!widgets::combo("##" + widgets::display_name(owner) + " schedule", selected, titles, help)) return;
  const optim::ScheduleInfo& info = optim::schedule_catalog()[static_cast<std::size_t>(selected)].info;
  config.schedule = std::string(info.name);
  config.schedule_parameters = core::default_values(info.parameters);
  send(context, runner);
}

void draw_parameters(PanelContext& context, int runner, const std::string& owner, const optim::ScheduleInfo& info) {
  std::vector<double>& values = context.ui.race.runners[static_cast<std::size_t>(runner)].schedule_parameters;
  if (values.size() != info.parameters.size()) values = core::default_values(info.parameters);
  bool changed = false;
  for (std::size_t i = 0; i < values.size(); ++i)
    changed |= widgets::param_slider(owner + " schedule", info.parameters[i], values[i]);
  if (changed) send(context, runner);
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

void draw_curve(const PanelContext& context, int runner, const std::string& owner, const optim::Schedule& schedule) {
  const RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  const std::int64_t length = context.ui.race.schedule_steps;
  const auto i = static_cast<std::size_t>(runner);
  const std::int64_t step =
      i < context.race.runners.size() ? static_cast<std::int64_t>(context.race.runners[i].losses.size()) : 1;
  const double factor = schedule.scale(step, length);
  const double rate = config.hyperparameters[0];
  const auto number = [](double value) { return widgets::display_number(value, 3); };
  const std::string text = "step " + train::grouped(step) + " of " + train::grouped(length) + ": " + number(factor) +
                           " × " + number(rate) + " = " + number(factor * rate);
  const ImVec2 size(ImGui::GetContentRegionAvail().x, kCurveHeight);
  const auto item = widgets::place_item(widgets::display_name(owner) + " schedule curve", size, "plot", factor, text);
  widgets::tooltip(
      "The factor on the learning rate, 0 to 1 upwards, over the steps that it is laid out for. The mark is the step "
      "that comes next; after the last one the factor stays.");
  if (item.visible) {
    const ImVec2 low(item.box.Min.x + kPad, item.box.Min.y + kPad), high(item.box.Max.x - kPad, item.box.Max.y - kPad);
    const Figure figure{low, high, length};
    const ImU32 color = widgets::runner_color(config.slot);
    ImGui::GetWindowDrawList()->AddRectFilled(item.box.Min, item.box.Max, palette().raised, widgets::kCorner);
    draw_line(figure, schedule, color);
    draw_mark(figure, schedule, step, color);
  }
  widgets::push_font(widgets::Font::small);
  const std::string lines = wrap_words(text, size.x);
  widgets::pop_font();
  widgets::note(lines);
}

}  // namespace

std::string schedule_in_brief(const RunnerConfig& config) {
  return "schedule " + widgets::display_name(config.schedule);
}

void draw_schedule(PanelContext& context, int runner, const std::string& owner, bool unfolded) {
  const RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  if (unfolded) draw_menu(context, runner, owner);
  const optim::ScheduleEntry* entry = optim::find_schedule(config.schedule);
  if (entry == nullptr || is_constant(config)) return;
  if (unfolded) draw_parameters(context, runner, owner, entry->info);
  const auto schedule = optim::Schedule::make(config.schedule, config.schedule_parameters);
  if (schedule.ok()) draw_curve(context, runner, owner, *schedule);
}

}  // namespace descent::web
