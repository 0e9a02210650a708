// SPDX-License-Identifier: MIT
#include "web/model/words/signal_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/network/inspected.h"
#include "web/model/words/place_words.h"

namespace descent::web {
namespace {

constexpr double kTooFar = 1e6;  // between the blame at one end and at the other
constexpr double kBarDecades = 6;

double norm(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(sum);
}

}  // namespace

SignalFigures signal_figures(const training::Inspection& seen, int layer) {
  SignalFigures figures{.activation = norm(values_of(seen, layer, false)), .delta = norm(values_of(seen, layer, true))};
  if (layer < 0) return figures;
  const training::LayerActivation& found = seen.layers[static_cast<std::size_t>(layer)];
  if (found.weight_norm > 0) figures.step = found.step_norm / found.weight_norm;
  return figures;
}

std::string signal_sentence(const training::Inspection& seen) {
  if (seen.layers.empty() || seen.layers.back().delta.empty()) return {};
  for (std::size_t i = 0; i < seen.layers.size(); ++i) {
    const training::LayerActivation& layer = seen.layers[i];
    if (layer.type != "relu" || layer.values.empty()) continue;
    if (std::any_of(layer.values.begin(), layer.values.end(), [](float v) { return v != 0; })) continue;
    return core::fill(
        "The signal dies: for this digit all {} units of layer {} ({}) are shut, so that nothing before "
        "them can learn from it.",
        core::grouped(static_cast<std::int64_t>(layer.values.size())), i, layer_words(seen, static_cast<int>(i)));
  }
  const double first = norm(seen.layers.front().delta), last = norm(seen.layers.back().delta);
  if (!(last > 0)) return {};
  const auto told = [&](core::FillPattern<std::string, std::string> pattern) {
    return core::fill(pattern, core::short_number(first), core::short_number(last));
  };
  if (first < last / kTooFar)
    return told("The blame vanishes on its way back: ‖∂loss/∂values‖ is {} at the first layer and {} at the last.");
  if (first > last * kTooFar)
    return told("The blame explodes on its way back: ‖∂loss/∂values‖ is {} at the first layer and {} at the last.");
  return {};
}

float log_share(double value, double most) {
  if (!(value > 0) || !(most > 0)) return 0;
  return static_cast<float>(std::clamp(1 + std::log10(value / most) / kBarDecades, 0.0, 1.0));
}

}  // namespace descent::web
