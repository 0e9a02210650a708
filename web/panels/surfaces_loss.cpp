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

constexpr double kShownRise = 1e3;   // above the start: what a run that diverges adds to a log axis
constexpr double kShownFall = 1e12;  // below it: farther down lies rounding
constexpr double kShownRange = 100;  // of a linear axis: times the loss at the start, either way

// The range of the axis: what the curves reach, within those limits.
void limit_axis(widgets::PlotOptions& options, std::span<const widgets::PlotSeries> series) {
  double start = options.log_y ? 0 : -std::numeric_limits<double>::infinity();
  for (const widgets::PlotSeries& one : series)
    if (!one.y.empty()) start = std::max(start, one.y[0]);
  if (!std::isfinite(start) || (options.log_y && start <= 0)) return;
  const double room = kShownRange * std::max(1.0, std::abs(start));
  const double floor = options.log_y ? start / kShownFall : start - room;
  const double ceiling = options.log_y ? start * kShownRise : start + room;
  double low = start, high = start;
  for (const widgets::PlotSeries& one : series)
    for (const double y : one.y) {
      if (y > high) high = std::min(y, ceiling);
      if (y < low && (y > 0 || !options.log_y)) low = std::max(y, floor);
    }
  const double margin = 0.05 * std::max(high - low, 1e-9 * std::max(1.0, std::abs(start)));
  options.y_minimum = options.log_y ? low / 1.6 : low - margin;
  options.y_maximum = options.log_y ? high * 1.6 : high + margin;
}

class LossTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // f − f_min of one run, extended as the run goes on.
  struct Curve {
    std::uint64_t generation = 0;
    double lowest = 0;
    std::string label;
    std::vector<double> excess;
  };
  void update(const train::RaceSnapshot& race, double lowest);

  std::vector<Curve> curves_;
};

void LossTab::update(const train::RaceSnapshot& race, double lowest) {
  curves_.resize(race.runners.size());
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    Curve& curve = curves_[i];
    const train::RunnerSnapshot& runner = race.runners[i];
    if (curve.generation != runner.generation || curve.lowest != lowest || curve.excess.size() > runner.losses.size()) {
      curve.generation = runner.generation;
      curve.lowest = lowest;
      curve.label = optimizer_title(runner.config.optimizer);
      curve.excess.clear();
    }
    for (std::size_t k = curve.excess.size(); k < runner.losses.size(); ++k)
      curve.excess.push_back(runner.losses[k] - lowest);
  }
}

void LossTab::draw(PanelContext& context) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const surfaces::Minimum& minimum : context.race.minima) lowest = std::min(lowest, minimum.value);
  const bool bounded = !context.race.minima.empty();
  update(context.race, bounded ? lowest : 0);

  std::vector<widgets::PlotSeries> series;
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    widgets::PlotSeries one;
    one.label = curves_[i].label;
    const int slot = context.race.runners[i].config.slot;
    one.color = widgets::runner_color(slot);
    one.marker = widgets::runner_marker(slot);
    one.y = curves_[i].excess;
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
  limit_axis(options, series);
  options.empty_text = "Add an optimizer to see its loss.";
  widgets::plot(options, series);
}

}  // namespace

std::unique_ptr<Panel> make_loss_tab() {
  return std::make_unique<LossTab>();
}

}  // namespace descent::web
