// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/readout.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/geometry/view_math.h"
#include "web/model/words/number_format.h"
#include "web/model/words/point_words.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using surfaces::LocalModel;
using widgets::palette;

constexpr float kNumber = 50, kNarrowNumber = 34;  // the least room for a value
constexpr float kMarker = 18;                      // room for it
constexpr float kTitle = 130;                      // so that numbers keep their place from one title to another
constexpr float kLabelGap = 6, kFieldGap = 10;
constexpr float kChevron = 18;
constexpr float kColumn = 98, kKind = 200, kLine = 20;  // of the other numbers

// Numbers have kDigits digits, fewer where they would be wider than the room.
constexpr int kDigits = 4, kFewestDigits = 2;

// The value in decimals that differ by a pixel; far out only in as many digits as there is room for.
std::string fixed_decimals(double value, double unit, int digits) {
  if (digits < kDigits && std::abs(value) >= 1e4) return short_number_text(value, digits);
  return tick_label(value, std::pow(10.0, std::floor(std::log10(unit))));
}

float field_width(const std::string& label, const std::string& value, float number) {
  return widgets::text_width(label) + kLabelGap + std::max(number, widgets::text_width(value)) + kFieldGap;
}

void draw_field(ImVec2 at, const std::string& label, const std::string& value) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  widgets::draw_text(list, at, at.x + 400, palette().text_muted, label);
  widgets::draw_text(list, ImVec2(at.x + widgets::text_width(label) + kLabelGap, at.y), at.x + 400, palette().text,
                     value);
}

}  // namespace

bool Readout::read(const PanelContext& context, const std::optional<SurfaceFeed::Probe>& probe, std::string outcome) {
  outcome_ = std::move(outcome);
  reading_.reset();
  if (probe) {
    reading_ = Reading{"at the pointer", probe->point, probe->model, nullptr};
    return true;
  }
  const int i = context.ui.selected_runner;
  if (i < 0 || i >= static_cast<int>(context.race.runners.size())) return false;
  const race::RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(i)];
  if (runner.losses.empty()) return false;
  const std::size_t last = runner.losses.size() - 1;
  reading_ = Reading{core::fill("{}, step {}", shown_name(context, static_cast<std::size_t>(i)).brief(), last),
                     {runner.points[2 * last], runner.points[2 * last + 1]},
                     runner.head,
                     &runner};
  return true;
}

std::vector<Readout::Field> Readout::fields(double unit, int digits) const {
  const LocalModel& m = reading_->model;
  return {{"x", fixed_decimals(reading_->point[0], unit, digits)},
          {"y", fixed_decimals(reading_->point[1], unit, digits)},
          {"f", short_number_text(m.value, digits)},
          {"|∇f|", short_number_text(std::hypot(m.gradient[0], m.gradient[1]), digits)}};
}

std::vector<Readout::Field> Readout::more_fields() const {
  const LocalModel& m = reading_->model;
  const auto number = [](double value) { return short_number_text(value, kDigits); };
  return {{"κ", number(condition_number(m))}, {"λ₁", number(m.eigenvalues[0])}, {"λ₂", number(m.eigenvalues[1])},
          {"H₁₁", number(m.hessian[0])},      {"H₁₂", number(m.hessian[1])},    {"H₂₂", number(m.hessian[3])}};
}

std::string Readout::kind(const PanelContext& context) const {
  return kind_words(kind_of_point(context.race, reading_->model), reading_->model);
}

float Readout::marker_width() const {
  return reading_->runner != nullptr ? kMarker : 0;
}

float Readout::title_width() const {
  return std::max(kTitle, marker_width() + widgets::text_width(reading_->title) + kFieldGap);
}

// The fields with as many digits as there is room for. A line that is too wide leaves out the title, the place, and
// then the slope as well.
Readout::Line Readout::fitting_line(double unit, float room) const {
  constexpr std::array<std::pair<bool, std::size_t>, 4> kForms{{{true, 4}, {false, 4}, {false, 2}, {false, 1}}};
  Line line;
  for (const auto& [titled, count] : kForms)
    for (int digits = kDigits; digits >= kFewestDigits; --digits) {
      line = {titled, fields(unit, digits), titled ? title_width() : marker_width()};
      if (count < 4) line.fields.erase(line.fields.begin(), line.fields.begin() + 2);
      line.fields.resize(std::min(line.fields.size(), count));
      for (const Field& field : line.fields)
        line.width += field_width(field.label, field.value, titled ? kNumber : kNarrowNumber);
      if (line.width <= room) return line;
    }
  return line;
}

std::string Readout::spoken(const PanelContext& context, const Line& line) const {
  std::string text = open_ ? core::fill("{}: {}", reading_->title, kind(context)) : reading_->title;
  for (const Field& field : line.fields) text += core::fill("  {} {}", field.label, field.value);
  if (open_)
    for (const Field& field : more_fields()) text += core::fill("  {} {}", field.label, field.value);
  return outcome_.empty() ? text : core::fill("{}: {}", text, outcome_);
}

void Readout::draw(const PanelContext& context, const ViewFrame& frame, const Rect& room, bool at_right,
                   bool can_open) {
  if (!reading_) return;
  widgets::push_font(widgets::Font::small);
  const float chevron = can_open ? kChevron : 0;
  const Line line = outcome_.empty() ? fitting_line(frame.unit(), room.width - chevron)
                                     : Line{false, {}, widgets::text_width(outcome_)};
  const float width = std::min(line.width + chevron, room.width);
  const ImVec2 low(at_right ? std::floor(room.x + room.width - width) : room.x, room.y);
  const ImVec2 high(low.x + width, room.y + room.height);
  const float middle = (low.y + high.y) / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (can_open) {
    ImGui::SetCursorScreenPos(low);
    const widgets::Item item = widgets::submit_item("Curvature numbers", ImVec2(width, room.height), "button");
    widgets::tooltip(
        "Shows or hides what the second derivatives say here: the kind of point, the Hessian H, its eigenvalues λ and "
        "its condition number κ = λmax / λmin.");
    if (item.pressed) open_ = !open_;
    if (item.hovered) list->AddRectFilled(low, high, palette().raised, widgets::kCorner);
    widgets::draw_focus_ring(item);
    const ImVec2 c(high.x - kChevron / 2, middle);
    const float turn = open_ ? -1 : 1;
    const ImVec2 points[]{{c.x - 4, c.y - 2 * turn}, {c.x, c.y + 2 * turn}, {c.x + 4, c.y - 2 * turn}};
    list->AddPolyline(points, 3, palette().text_muted, 0, 1.5F);
  }
  float x = low.x;
  if (!outcome_.empty()) widgets::draw_text(list, ImVec2(x, middle), high.x - chevron, palette().text, outcome_);
  if (reading_->runner != nullptr && outcome_.empty()) {
    const int slot = reading_->runner->config.slot;
    widgets::draw_marker(list, widgets::runner_marker(slot), ImVec2(x + 7, middle), 4.5F, widgets::runner_color(slot),
                         palette().rail);
  }
  if (line.titled)
    widgets::draw_text(list, ImVec2(x + marker_width(), middle), high.x, palette().text_muted, reading_->title);
  x += line.titled ? title_width() : marker_width();
  for (const Field& field : line.fields) {
    draw_field(ImVec2(x, middle), field.label, field.value);
    x += field_width(field.label, field.value, line.titled ? kNumber : kNarrowNumber);
  }
  widgets::pop_font();
  ImGui::ItemAdd(ImRect(low, high), 0);
  annotate_item("read-out", "text", {}, spoken(context, line));
}

float Readout::draw_more(const PanelContext& context, ImVec2 corner, float width) const {
  if (!open_ || !reading_) return 0;
  widgets::push_font(widgets::Font::small);
  const std::vector<Field> fields = more_fields();
  const float all = kColumn * static_cast<float>(fields.size());
  // The kind of point has a line of its own where the numbers need all of theirs.
  const bool beside = width >= kKind + all;
  const auto columns = static_cast<std::size_t>(std::clamp(width / kColumn, 1.0F, static_cast<float>(fields.size())));
  float y = corner.y + kLine / 2;
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(corner.x, y), corner.x + (beside ? kKind : width),
                     palette().text, kind(context));
  const float left = corner.x + (beside ? kKind : 0);
  if (!beside) y += kLine;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && i % columns == 0) y += kLine;
    draw_field(ImVec2(left + kColumn * static_cast<float>(i % columns), y), fields[i].label, fields[i].value);
  }
  widgets::pop_font();
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(ImVec2(width, y + kLine / 2 - corner.y));
  annotate_item("curvature numbers", "text", {}, kind(context));
  return y + kLine / 2 - corner.y;
}

}  // namespace descent::web
