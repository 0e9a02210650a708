// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/readout.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/geometry/view_math.h"
#include "web/model/words/number_format.h"
#include "web/model/words/point_words.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using surfaces::LocalModel;
using widgets::palette;

constexpr float kPad = 10;
constexpr float kMargin = 8;
constexpr float kNumberWidth = 58, kNarrowNumber = 52, kRowNumber = 34;
constexpr float kMarker = 18;  // room for it
constexpr std::size_t kColumns = 5, kNarrowColumns = 3, kLowColumns = 4;
constexpr float kLowPicture = 240;  // below this height the picture matters more

struct Field {
  std::string label, value;
};

// The numbers that are read out, and whose they are.
struct Reading {
  std::string title;
  surfaces::Point point{};
  LocalModel model;
  const race::RunnerSnapshot* runner = nullptr;  // nullptr: at the pointer
};

std::optional<Reading> reading_of(const PanelContext& context, const std::optional<SurfaceFeed::Probe>& probe) {
  if (probe) return Reading{"at the pointer", probe->point, probe->model, nullptr};
  const int i = context.ui.selected_runner;
  if (i < 0 || i >= static_cast<int>(context.race.runners.size())) return {};
  const race::RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(i)];
  if (runner.losses.empty()) return {};
  const std::size_t last = runner.losses.size() - 1;
  return Reading{core::fill("{}, step {}", shown_name(context, static_cast<std::size_t>(i)).brief(), last),
                 {runner.points[2 * last], runner.points[2 * last + 1]},
                 runner.head,
                 &runner};
}

// Numbers have kDigits digits, fewer where they would be wider than the picture.
constexpr int kDigits = 4, kFewestDigits = 2;

// The value in decimals that differ by a pixel; far out only in as many digits as there is room for.
std::string fixed_decimals(double value, double unit, int digits) {
  if (digits < kDigits && std::abs(value) >= 1e4) return short_number_text(value, digits);
  return tick_label(value, std::pow(10.0, std::floor(std::log10(unit))));
}

// Beside the block of the 3-D view is room for a tall box; on small screens the Hessian's entries give way to the
// picture. Where κ has no field it stands in the title. Without the curvature every box is low;
// beside a small block, and in low pictures, it is one row.
enum class Shape { wide, tall, small, low, row };

// The fields of the box, in the order of reading.
std::vector<Field> fields_of(const Reading& reading, double unit, Shape shape, int digits = kDigits) {
  const LocalModel& m = reading.model;
  const auto number = [digits](double value) { return short_number_text(value, digits); };
  const Field x{"x", fixed_decimals(reading.point[0], unit, digits)};
  const Field y{"y", fixed_decimals(reading.point[1], unit, digits)};
  const Field f{"f", number(m.value)}, slope{"|∇f|", number(std::hypot(m.gradient[0], m.gradient[1]))};
  if (shape == Shape::low || shape == Shape::row) return {x, y, f, slope};
  const Field low{"λ₁", number(m.eigenvalues[0])}, high{"λ₂", number(m.eigenvalues[1])};
  const Field condition{"κ", number(condition_number(m))};
  if (shape == Shape::small) return {x, y, f, slope, low, high};
  const Field xx{"H₁₁", number(m.hessian[0])}, xy{"H₁₂", number(m.hessian[1])}, yy{"H₂₂", number(m.hessian[3])};
  if (shape == Shape::tall) return {x, y, f, slope, low, high, xx, xy, yy};
  return {x, y, f, slope, condition, low, high, xx, xy, yy};
}

Shape shape_for(const PanelContext& context, const ViewFrame& frame) {
  const bool narrow = frame.scene.rect.width < 500;
  if (frame.one_line()) return Shape::row;
  if (frame.scene.rect.height < kLowPicture || !context.ui.show.curvature)
    return narrow && frame.scene.camera.three_d ? Shape::row : Shape::low;
  if (narrow) return Shape::small;
  return frame.scene.camera.three_d ? Shape::tall : Shape::wide;
}

std::size_t columns_for(const ViewFrame& frame, Shape shape) {
  if (shape == Shape::row) return kLowColumns;
  if (shape == Shape::low) return frame.scene.rect.width < 500 ? 2 : kLowColumns;
  return shape == Shape::wide ? kColumns : kNarrowColumns;
}

class ReadoutBox {
 public:
  // `number` is the least room for a value, `most` the largest width of the box. Untitled, the marker stands before the
  // fields. The small font is pushed.
  ReadoutBox(const Reading& reading, std::vector<Field> fields, std::string_view kind, std::size_t columns,
             float number, float most, bool titled)
      : reading_(reading),
        fields_(std::move(fields)),
        kind_(kind),
        columns_(columns),
        most_(most),
        titled_(titled),
        widths_(column_widths(number)) {}
  [[nodiscard]] bool fits() const { return fields_width() <= most_; }
  [[nodiscard]] float width() const;
  // True when the kind of point stands below the title, as both would be wider than the fields.
  [[nodiscard]] bool two_lines() const { return titled_ && columns_ == kNarrowColumns && !kind_.empty(); }
  // Draws the box and returns where it stands.
  LabelBox draw(ImVec2 lower_left) const;

 private:
  [[nodiscard]] std::vector<float> column_widths(float number) const;
  [[nodiscard]] float fields_width() const;
  [[nodiscard]] float marker_width() const { return reading_.runner != nullptr ? kMarker : 0.0F; }
  [[nodiscard]] float indent() const { return kPad + (titled_ ? 0 : marker_width()); }
  [[nodiscard]] int title_rows() const { return !titled_ ? 0 : two_lines() ? 2 : 1; }
  void draw_marker(ImVec2 middle) const;
  void draw_title(ImVec2 middle, float right) const;

  const Reading& reading_;
  std::vector<Field> fields_;
  std::string kind_;
  std::size_t columns_;
  float most_;
  bool titled_;
  std::vector<float> widths_;
  ImDrawList* list_ = ImGui::GetWindowDrawList();
};

std::vector<float> ReadoutBox::column_widths(float number) const {
  std::vector<float> widths(columns_, 0);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const float value = std::max(number, widgets::text_width(fields_[i].value));
    float& width = widths[i % columns_];
    width = std::max(width, widgets::text_width(fields_[i].label) + 6 + value + 10);
  }
  return widths;
}

void ReadoutBox::draw_marker(ImVec2 middle) const {
  if (reading_.runner == nullptr) return;
  const int slot = reading_.runner->config.slot;
  widgets::draw_marker(list_, widgets::runner_marker(slot), ImVec2(middle.x + 5, middle.y), 4.5F,
                       widgets::runner_color(slot), palette().rail);
}

void ReadoutBox::draw_title(ImVec2 middle, float right) const {
  float x = middle.x + marker_width();
  x += widgets::draw_text(list_, ImVec2(x, middle.y), right, palette().text_muted, reading_.title);
  if (!kind_.empty() && !two_lines())
    widgets::draw_text(list_, ImVec2(x, middle.y), right, palette().text, core::fill(": {}", kind_));
}

float ReadoutBox::fields_width() const {
  return std::accumulate(widths_.begin(), widths_.end(), indent() + kPad - 8);
}

// Title and kind are cut where the picture ends.
float ReadoutBox::width() const {
  if (!titled_) return std::min(fields_width(), most_);
  const float kind = widgets::text_width(two_lines() ? kind_ : core::fill(": {}", kind_));
  const float title = marker_width() + widgets::text_width(reading_.title);
  const float words = 2 * kPad + (two_lines() ? std::max(title, kind) : title + kind);
  return std::min(std::max(fields_width(), words), most_);
}

LabelBox ReadoutBox::draw(ImVec2 lower_left) const {
  const float line = ImGui::GetTextLineHeight() + 4;
  const float width = this->width();
  const auto rows = static_cast<int>((fields_.size() + columns_ - 1) / columns_);
  const float height = line * static_cast<float>(rows + title_rows()) + 10;
  const ImVec2 low(lower_left.x, lower_left.y - height);
  list_->AddRectFilled(low, ImVec2(low.x + width, lower_left.y), widgets::with_alpha(palette().rail, 0.90F),
                       widgets::kCorner);
  float y = low.y + 5 + line / 2;
  const float right = low.x + width - kPad + 2;
  draw_marker(ImVec2(low.x + kPad, y));
  if (titled_)
    draw_title(ImVec2(low.x + kPad, y), right);
  else
    y -= line;
  if (two_lines()) {
    y += line;
    widgets::draw_text(list_, ImVec2(low.x + kPad, y), right, palette().text, kind_);
  }
  std::string spoken = kind_.empty() ? reading_.title : core::fill("{}: {}", reading_.title, kind_);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::size_t column = i % columns_;
    if (column == 0) y += line;
    if (fields_[i].label.empty()) continue;
    float x = low.x + indent();
    for (std::size_t k = 0; k < column; ++k) x += widths_[k];
    const float label = widgets::text_width(fields_[i].label);
    widgets::draw_text(list_, ImVec2(x, y), low.x + width, palette().text_muted, fields_[i].label);
    widgets::draw_text(list_, ImVec2(x + label + 6, y), low.x + width, palette().text, fields_[i].value);
    spoken += core::fill("  {} {}", fields_[i].label, fields_[i].value);
  }
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(width, height));
  annotate_item("read-out", "text", {}, spoken);
  return label_box(low, ImVec2(low.x + width, lower_left.y));
}

// The fields with as many digits as there is room for. A row that is wider than the picture with the fewest digits
// leaves out the place, and then the slope as well.
template <class Fits>
std::vector<Field> fitting_fields(const Reading& reading, double unit, Shape shape, const Fits& fits) {
  constexpr std::ptrdiff_t kValue = 2;  // its place among a row's fields
  std::vector<Field> fields;
  for (std::size_t least = 4; least > 0; least /= 2) {
    for (int digits = kDigits; digits >= kFewestDigits; --digits) {
      fields = fields_of(reading, unit, shape, digits);
      if (least < 4) fields.erase(fields.begin(), fields.begin() + kValue);
      if (least < 2) fields.resize(1);
      if (fits(fields)) return fields;
    }
    if (shape != Shape::row) break;
  }
  return fields;
}

}  // namespace

ImVec2 readout_room(const PanelContext& context, const ViewFrame& frame) {
  constexpr float kColumn = 98;      // at most, with label and value
  constexpr float kTitleRoom = 220;  // for the words above
  const Shape shape = shape_for(context, frame);
  const std::size_t columns = columns_for(frame, shape);
  const Reading nothing;
  const std::size_t rows = (fields_of(nothing, 1, shape).size() + columns - 1) / columns;
  if (shape == Shape::row) return ImVec2(frame.scene.rect.width, kMargin + 31);
  const std::size_t titles = columns == kNarrowColumns ? 2 : 1;
  return ImVec2(kMargin + std::max(kColumn * static_cast<float>(columns), kTitleRoom),
                kMargin + 21 * static_cast<float>(rows + titles) + 10);
}

void draw_readout(const PanelContext& context, const ViewFrame& frame, const std::optional<SurfaceFeed::Probe>& probe,
                  std::vector<LabelBox>& notes) {
  const std::optional<Reading> reading = reading_of(context, probe);
  if (!reading) return;
  const Shape shape = shape_for(context, frame);
  std::string kind;
  if (context.ui.show.curvature) kind = kind_words(kind_of_point(context.race, reading->model), reading->model);
  const double condition = condition_number(reading->model);
  if (!kind.empty() && !std::isnan(condition) && (shape == Shape::tall || shape == Shape::small))
    kind = core::fill("{}, κ {}", kind, short_number_text(condition));
  widgets::push_font(widgets::Font::small);
  const float number = shape == Shape::row ? kRowNumber : shape == Shape::small ? kNarrowNumber : kNumberWidth;
  const auto box_of = [&](std::vector<Field> fields) {
    const std::size_t columns = shape == Shape::row ? fields.size() : columns_for(frame, shape);
    return ReadoutBox(*reading, std::move(fields), kind, columns, number, frame.scene.rect.width - 2 * kMargin,
                      shape != Shape::row);
  };
  const auto fits = [&](const std::vector<Field>& fields) { return box_of(fields).fits(); };
  const ReadoutBox box = box_of(fitting_fields(*reading, frame.unit(), shape, fits));
  notes.push_back(box.draw(ImVec2(frame.scene.rect.x + kMargin, frame.high().y - kMargin)));
  widgets::pop_font();
}

}  // namespace descent::web
