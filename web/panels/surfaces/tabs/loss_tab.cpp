// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/loss_tab.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/plot.h"

namespace descent::web {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kShownRise = 1e3;   // above the start: what a run that diverges adds to a log axis
constexpr double kShownFall = 1e12;  // below it: farther down lies rounding
constexpr double kFlatRange = 0.01;
constexpr double kShownRange = 100;  // the range of a linear axis: times the loss at the start, either way

// f − f_min of one run's whole record, extended as the run goes on.
struct Curve {
  std::uint64_t generation = 0;
  double lowest = 0;
  race::RunnerName name;
  std::string label;
  CurveExtremes excess;
  // The largest and the smallest excess, and the smallest above 0.
  double high = -kInfinity, low = kInfinity, low_positive = kInfinity;

  void follow(const race::RunnerSnapshot& runner, double lowest_value) {
    const std::size_t steps = runner.losses.size(), recorded = steps + runner.later_losses.size();
    if (generation != runner.generation || lowest != lowest_value || excess.size() > recorded)
      restart(runner, lowest_value);
    for (std::size_t k = excess.size(); k < recorded; ++k)
      add(k < steps ? runner.losses[k] : runner.later_losses[k - steps]);
  }

 private:
  void restart(const race::RunnerSnapshot& runner, double lowest_value) {
    generation = runner.generation;
    lowest = lowest_value;
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
  if (!options.level.name.empty() && options.level.value > floor) low = std::min(low, options.level.value);
  // A hundredth of the start at least: the numbers beside the axis differ.
  const double margin = std::max(0.05 * (high - low), kFlatRange * std::max(std::abs(start), 1e-6));
  options.y_minimum = options.log_y ? low / 1.6 : low - margin;
  options.y_maximum = options.log_y ? high * 1.6 : high + margin;
}

// drawn_values() says how many values of each curve to draw: all up to the present; but while a long race plays, whole
// steps of half a pixel, so that the plot is the same picture from one frame to the next most of the time.
std::size_t drawn_values(const race::RaceSnapshot& race, float width) {
  std::size_t longest = 0, step = 1;
  for (const race::RunnerSnapshot& runner : race.runners) longest = std::max(longest, runner.losses.size());
  while (race.playing && static_cast<float>(longest) > 4 * width * static_cast<float>(step)) step *= 2;
  return longest - longest % step;
}

class LossTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void update(const PanelContext& context, double lowest);

  std::vector<Curve> curves_;
};

void LossTab::update(const PanelContext& context, double lowest) {
  const race::RaceSnapshot& race = context.race;
  curves_.resize(race.runners.size());
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    curves_[i].follow(race.runners[i], lowest);
    curves_[i].name = shown_name(context, i);
    curves_[i].label = curves_[i].name.brief();
  }
}

void LossTab::draw(PanelContext& context) {
  double lowest = kInfinity;
  for (const surfaces::Minimum& minimum : context.race.minima) lowest = std::min(lowest, minimum.value);
  const bool bounded = !context.race.minima.empty();
  update(context, bounded ? lowest : 0);

  const std::size_t drawn = drawn_values(context.race, std::max(context.width, 1.0F));
  std::vector<widgets::PlotSeries> series;
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    widgets::PlotSeries one;
    one.label = curves_[i].label;
    one.kept_end = curves_[i].name.brief_end();
    const race::RunnerSnapshot& runner = context.race.runners[i];
    const int slot = runner.config.slot;
    one.color = widgets::runner_color(slot);
    one.marker = widgets::runner_marker(slot);
    const std::size_t present = std::min(drawn, runner.losses.size());
    one.y = curves_[i].excess.values();
    if (runner.later_losses.empty()) one.y = one.y.first(present);
    one.later = one.y.size() - present;
    one.extremes = &curves_[i].excess;
    series.push_back(one);
  }
  double height = 0;
  for (const Curve& curve : curves_)
    if (curve.excess.size() > 0) height = std::max(height, curve.excess.values()[0]);
  const std::string axis = bounded ? above_words(lowest, height, 6) + ", log" : "f, linear";

  widgets::PlotOptions options;
  options.id = "loss";
  options.y_label = axis;
  options.x_label = "step";
  options.log_y = bounded;
  options.legend = !context.named;
  if (context.race.finish.known() && !curves_.empty())
    options.level = {context.race.finish.tolerance, "finish", widgets::palette().success};
  limit_axis(options, curves_);
  options.empty_text = "Add an optimizer to see its loss.";
  widgets::plot(options, series);
}

}  // namespace

std::unique_ptr<Panel> make_loss_tab() {
  return std::make_unique<LossTab>();
}

}  // namespace descent::web
