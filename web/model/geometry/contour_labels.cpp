// SPDX-License-Identifier: MIT
#include "web/model/geometry/contour_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using surfaces::Domain;
using surfaces::Point;

constexpr double kAreaPerLabel = 40000;  // square points
constexpr std::size_t kMostLabels = 14;
constexpr double kApart = 84, kSameApart = 230;  // points between labels; of one value
constexpr double kGridSpacing = 30;              // points, at least
constexpr double kEdge = 5, kMark = 24;          // points from the picture's edge and from other marks
constexpr double kLineRoom = 11;                 // points to the next main line
constexpr double kBend = 3;                      // points by which a line may leave its text's middle
constexpr double kGap = 4;                       // points before and after the text

// A value may be a level plus rounding.
bool close(double a, double b, double step) {
  return std::abs(a - b) < 1e-6 * step;
}

class Placement {
 public:
  Placement(const race::HeightField& field, const LabelledView& view)
      : field_(field),
        view_(view),
        unit_(view.unit()),
        cell_(std::max((field.view.x1 - field.view.x0) / (field.width - 1),
                       (field.view.y1 - field.view.y0) / (field.height - 1))),
        most_(ContourLabels::most(view)) {}

  // Labels of the last view, as far as they still hold.
  void keep(const std::vector<ContourLabel>& old);
  void add_new();
  [[nodiscard]] std::vector<ContourLabel> take() { return std::move(labels_); }

 private:
  struct Candidate {
    int rank = 0;  // of the grid line: how often its number can be halved
    MainLine line;
    Point point{};
  };

  [[nodiscard]] Point gradient(Point at) const;
  [[nodiscard]] std::optional<ContourLabel> label_at(const MainLine& line, Point point) const;
  [[nodiscard]] bool straight(const ContourLabel& label, double slope) const;
  [[nodiscard]] bool has_room(const ContourLabel& label) const;
  void search(std::size_t axis, double spacing);
  void search_line(std::size_t axis, double fixed, int rank);

  const race::HeightField& field_;
  const LabelledView& view_;
  double unit_, cell_;
  std::size_t most_;
  std::vector<Candidate> candidates_;
  std::vector<ContourLabel> labels_;
};

Point Placement::gradient(Point at) const {
  const double h = 0.75 * cell_;
  const auto f = [&](double x, double y) { return sample_field(field_, {x, y}); };
  return {(f(at[0] + h, at[1]) - f(at[0] - h, at[1])) / (2 * h), (f(at[0], at[1] + h) - f(at[0], at[1] - h)) / (2 * h)};
}

std::optional<ContourLabel> Placement::label_at(const MainLine& line, Point point) const {
  const Point g = gradient(point);
  const double slope = std::hypot(g[0], g[1]);
  if (!(slope > 0) || !std::isfinite(slope)) return {};
  if (std::min(line.below, line.above) / slope < kLineRoom * unit_) return {};
  ContourLabel label;
  label.value = line.value;
  label.point = point;
  label.along = {-g[1] / slope, g[0] / slope};
  if (label.along[0] < 0 || (label.along[0] == 0 && label.along[1] < 0)) label.along = {g[1] / slope, -g[0] / slope};
  label.text = line.text;
  label.width = view_.measure(line.text);
  if (!straight(label, slope) || !has_room(label)) return {};
  return label;
}

// Under the ends of the text the line is still about where the text is.
bool Placement::straight(const ContourLabel& label, double slope) const {
  for (const double s : {-0.5, 0.5}) {
    const double reach = s * (label.width + 2 * kGap) * unit_;
    const double value =
        sample_field(field_, {label.point[0] + reach * label.along[0], label.point[1] + reach * label.along[1]});
    if (!(std::abs(value - label.value) < kBend * unit_ * slope)) return false;
  }
  return true;
}

bool Placement::has_room(const ContourLabel& label) const {
  const Domain& shown = view_.shown;
  const double reach = (0.5 * label.width + kEdge) * unit_;
  if (label.point[0] < shown.x0 + reach || label.point[0] > shown.x1 - reach || label.point[1] < shown.y0 + reach ||
      label.point[1] > shown.y1 - reach)
    return false;
  const auto distance = [&](Point other) {
    return std::hypot(other[0] - label.point[0], other[1] - label.point[1]) / unit_;
  };
  if (std::any_of(view_.taken.begin(), view_.taken.end(),
                  [&](Point mark) { return distance(mark) < kMark + 0.5 * label.width; }))
    return false;
  return std::none_of(labels_.begin(), labels_.end(), [&](const ContourLabel& other) {
    const double apart = other.text == label.text ? kSameApart : kApart;
    return distance(other.point) < std::max(apart, 0.5 * (label.width + other.width) + kApart / 4);
  });
}

void Placement::keep(const std::vector<ContourLabel>& old) {
  for (const ContourLabel& label : old) {
    if (labels_.size() >= most_) return;
    const std::optional<MainLine> line = main_line(view_.scale, label.value);
    const double step = line ? std::min(line->below, line->above) : 0;
    if (!line || !close(line->value, label.value, step)) continue;
    // The samples may be others now: the line is where they say, to within a part of a cell.
    const double value = sample_field(field_, label.point);
    const Point g = gradient(label.point);
    const double slope = std::hypot(g[0], g[1]);
    if (!(std::abs(value - label.value) < (0.5 * cell_ + unit_) * slope)) continue;
    if (step < kLineRoom * unit_ * slope || !has_room(label)) continue;
    ContourLabel kept = label;
    kept.text = line->text;
    labels_.push_back(std::move(kept));
  }
}

// Crossings of main lines with one line of the grid, from sample to sample.
void Placement::search_line(std::size_t axis, double fixed, int rank) {
  const Domain& shown = view_.shown;
  const double low = axis == 0 ? shown.y0 : shown.x0, high = axis == 0 ? shown.y1 : shown.x1;
  const auto at = [&](double moving) { return axis == 0 ? Point{fixed, moving} : Point{moving, fixed}; };
  const double step = std::max(cell_, 2 * unit_);
  double before = sample_field(field_, at(low));
  for (double s = low; s + step <= high; s += step) {
    const double value = sample_field(field_, at(s + step));
    if (const auto line = main_line(view_.scale, 0.5 * (before + value))) {
      const double t = (line->value - before) / (value - before);
      if (t >= 0 && t < 1) candidates_.push_back({rank, *line, at(s + t * step)});
    }
    before = value;
  }
}

void Placement::search(std::size_t axis, double spacing) {
  const Domain& shown = view_.shown;
  const double low = axis == 0 ? shown.x0 : shown.y0, high = axis == 0 ? shown.x1 : shown.y1;
  for (double k = std::ceil(low / spacing); k * spacing <= high; ++k) {
    int rank = 0;
    for (double half = std::abs(k) / 2; rank < 3 && half == std::floor(half); half /= 2) ++rank;
    search_line(axis, k * spacing, rank);
  }
}

void Placement::add_new() {
  if (labels_.size() >= most_) return;
  const double spacing = std::exp2(std::ceil(std::log2(kGridSpacing * unit_)));
  search(0, spacing);
  search(1, spacing);
  std::stable_sort(candidates_.begin(), candidates_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.rank > b.rank; });
  for (const Candidate& candidate : candidates_) {
    if (labels_.size() >= most_) return;
    if (auto label = label_at(candidate.line, candidate.point)) labels_.push_back(std::move(*label));
  }
}

}  // namespace

std::optional<MainLine> main_line(const ValueScale& scale, double value) {
  if (!std::isfinite(value)) return {};
  MainLine line;
  if (!scale.log) {
    const ContourLevels levels = contour_levels(scale);
    const double step = levels.minor * levels.major_every;
    line.value = std::round(value / step) * step;
    line.below = line.above = step;
    line.text = tick_label(line.value, step);
    return line;
  }
  if (!(value > scale.low)) return {};
  const double exponent = std::round(std::log10(value - scale.low)), power = std::pow(10.0, exponent);
  line.value = scale.low + power;
  line.below = 0.9 * power;
  line.above = 9 * power;
  const auto tens = static_cast<int>(exponent);
  if (std::abs(scale.low) > 1e-6 * power)
    line.text = tick_label(line.value, power);
  else
    line.text = std::abs(tens) > 3 ? power_of_ten(tens) : display_number(power, 4);
  return line;
}

bool ContourLabels::Key::equals(const Key& other) const {
  const auto same = [](const Domain& a, const Domain& b) {
    return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
  };
  return config_version == other.config_version && same(sampled, other.sampled) && same(shown, other.shown) &&
         width == other.width && height == other.height && low == other.low && high == other.high &&
         moving == other.moving;
}

std::size_t ContourLabels::most(const LabelledView& view) {
  return std::min(kMostLabels, static_cast<std::size_t>(std::ceil(view.width * view.height / kAreaPerLabel)));
}

const std::vector<ContourLabel>& ContourLabels::update(const race::HeightField& field, const LabelledView& view) {
  const Key key{field.config_version, field.view,     view.shown,      view.width,
                view.height,          view.scale.low, view.scale.high, view.moving};
  if (key_ && key_->equals(key)) return labels_;
  key_ = key;
  if (field.width < 2 || field.height < 2) {
    labels_.clear();
    return labels_;
  }
  Placement placement(field, view);
  placement.keep(labels_);
  if (!view.moving) placement.add_new();
  labels_ = placement.take();
  return labels_;
}

}  // namespace descent::web
