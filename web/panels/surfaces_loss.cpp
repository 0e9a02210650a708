// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/optim/optimizer.h"
#include "web/widgets/format.h"
#include "web/widgets/plot.h"

namespace descent::web {
namespace {

std::string title_of(const train::RunnerConfig& config) {
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  return entry != nullptr ? std::string(entry->info->title) : config.optimizer;
}

}  // namespace

void SurfacesLossPlot::update(const train::RaceSnapshot& race, double lowest) {
  curves_.resize(race.runners.size());
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    Curve& curve = curves_[i];
    const train::RunnerSnapshot& runner = race.runners[i];
    if (curve.generation != runner.generation || curve.lowest != lowest || curve.excess.size() > runner.losses.size()) {
      curve.generation = runner.generation;
      curve.lowest = lowest;
      curve.label = title_of(runner.config);
      curve.excess.clear();
    }
    for (std::size_t k = curve.excess.size(); k < runner.losses.size(); ++k)
      curve.excess.push_back(runner.losses[k] - lowest);
  }
}

void SurfacesLossPlot::draw(const PanelContext& context) {
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
  options.title = "Loss";
  options.y_label = axis;
  options.x_label = "step";
  options.log_y = bounded;
  options.empty_text = "Add an optimizer to see its loss.";
  widgets::plot(options, series);
}

}  // namespace descent::web
