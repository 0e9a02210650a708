// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_loss.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "web/panels/surfaces_text.h"
#include "web/widgets/format.h"
#include "web/widgets/plot.h"

namespace descent::web {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kShownRise = 1e3;   // above the start: what a run that diverges adds to a log axis
constexpr double kShownFall = 1e12;  // below it: farther down lies rounding
constexpr double kShownRange = 100;  // of a linear axis: times the loss at the start, either way

// f − f_min of one run, extended as the run goes on.
struct Curve {
  std::uint64_t generation = 0;
  double lowest = 0;
  std::string label;
  widgets::CurveExtremes excess;
  // Of the excess: largest, smallest, smallest above 0.
  double high = -kInfinity, low = kInfinity, low_positive = kInfinity;

  void restart(const train::RunnerSnapshot& runner, double lowest_value) {
    generation = runner.generation;
    lowest = lowest_value;
    label = optimizer_title(runner.config.optimizer);
    excess.clear();
    high = -kInfinity;
    low = low_positive = kInfinity;
  }
  void add(double loss) {
    const double y = loss - lowest;
    excess.push_back(y);
    if (y > high) high = y;
    if (y < low) low = y;
    if (y > 0 && y < low_positive) low_positive = y;
  }
};

// The range of the axis: what the curves reach, within those limits.
void limit_axis(widgets::PlotOptions& options, std::span<const Curve> curves) {
  double start = options.log_y ? 0 : -kInfinity;
  for (const Curve& curve : curves)
    if (curve.excess.size() > 0) start = std::max(start, curve.excess.values()[0]);
  if (!std::isfinite(start) || (options.log_y && start <= 0)) return;
  const double room = kShownRange * std::max(1.0, std::abs(start));
  const double floor = options.log_y ? start / kShownFall : start - room;
  const double ceiling = options.log_y ? start * kShownRise : start + room;
  double low = start, high = start;
  for (const Curve& curve : curves) {
    high = std::max(high, std::min(curve.high, ceiling));
    low = std::min(low, std::max(options.log_y ? curve.low_positive : curve.low, floor));
  }
  const double margin = 0.05 * std::max(high - low, 1e-9 * std::max(1.0, std::abs(start)));
  options.y_minimum = options.log_y ? low / 1.6 : low - margin;
  options.y_maximum = options.log_y ? high * 1.6 : high + margin;
}

// How many values of each curve to draw. All of them; but while a long race plays, whole steps of half a pixel, so that
// the plot is the same picture from one frame to the next most of the time.
std::size_t drawn_values(std::span<const Curve> curves, bool playing, float width) {
  std::size_t longest = 0, step = 1;
  for (const Curve& curve : curves) longest = std::max(longest, curve.excess.size());
  while (playing && static_cast<float>(longest) > 4 * width * static_cast<float>(step)) step *= 2;
  return longest - longest % step;
}

class LossTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void update(const train::RaceSnapshot& race, double lowest);

  std::vector<Curve> curves_;
};

void LossTab::update(const train::RaceSnapshot& race, double lowest) {
  curves_.resize(race.runners.size());
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    Curve& curve = curves_[i];
    const train::RunnerSnapshot& runner = race.runners[i];
    if (curve.generation != runner.generation || curve.lowest != lowest || curve.excess.size() > runner.losses.size())
      curve.restart(runner, lowest);
    for (std::size_t k = curve.excess.size(); k < runner.losses.size(); ++k) curve.add(runner.losses[k]);
  }
}

void LossTab::draw(PanelContext& context) {
  double lowest = kInfinity;
  for (const surfaces::Minimum& minimum : context.race.minima) lowest = std::min(lowest, minimum.value);
  const bool bounded = !context.race.minima.empty();
  update(context.race, bounded ? lowest : 0);

  const std::size_t drawn = drawn_values(curves_, context.race.playing, std::max(context.width, 1.0F));
  std::vector<widgets::PlotSeries> series;
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    widgets::PlotSeries one;
    one.label = curves_[i].label;
    const int slot = context.race.runners[i].config.slot;
    one.color = widgets::runner_color(slot);
    one.marker = widgets::runner_marker(slot);
    one.y = curves_[i].excess.values().first(std::min(drawn, curves_[i].excess.size()));
    one.extremes = &curves_[i].excess;
    series.push_back(one);
  }
  std::string axis = "f";
  if (bounded && lowest != 0) axis = lowest < 0 ? "f + " : "f − ";
  if (bounded && lowest != 0) axis += widgets::display_number(std::abs(lowest), 6);
  axis += bounded ? ", log" : ", linear";

  widgets::PlotOptions options;
  options.id = "loss";
  options.y_label = axis;
  options.x_label = "step";
  options.log_y = bounded;
  options.legend = !context.named;
  limit_axis(options, curves_);
  options.empty_text = "Add an optimizer to see its loss.";
  widgets::plot(options, series);
}

}  // namespace

std::unique_ptr<Panel> make_loss_tab() {
  return std::make_unique<LossTab>();
}

}  // namespace descent::web
