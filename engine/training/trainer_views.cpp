// SPDX-License-Identifier: MIT
// Trainer: what the lenses look at. It is recomputed a few times a second while training, at most for a twentieth of
// the time, and at once when something else changed.
#include <algorithm>
#include <cmath>

#include "engine/inspect/lookup.h"
#include "engine/parallel/clock.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {
constexpr double kViewInterval = 0.25;  // seconds
constexpr double kViewShare = 0.05;     // of the time, at most, while training

double square(double v) {
  return v * v;
}

double norm(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(sum);
}

}  // namespace

void Trainer::Impl::refresh_views(double now) {
  const double interval = std::max(kViewInterval, views_cost / kViewShare);
  const bool due = views_step != step && (!active() || now - views_time >= interval);
  if (!views_stale && !wish_stale && !due) return;
  // Another wish alone costs no decomposition of what is decomposed already.
  if (views_stale || views_step != step) {
    truncation.reset();
    spectra_known = false;
  }
  refresh_figures();
  refresh_inspection();
  refresh_matrices();
  views_cost = parallel::seconds_now() - now;
  views_stale = wish_stale = false;
  views_step = step;
  views_time = now;
}

void Trainer::Impl::refresh_figures() {
  const std::span<const float> weights = std::as_const(*network).parameters();
  newest = {.weight_norm = norm(weights)};
  if (!update.applied()) return;
  newest.known = true;
  newest.loss = step_loss;
  newest.gradient_norm = norm(network->gradients());
  double sum = 0;
  const std::span<const float> before = update.previous();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double step_taken = static_cast<double>(weights[i]) - static_cast<double>(before[i]);
    sum += step_taken * step_taken;
  }
  newest.step_norm = std::sqrt(sum);
}

void Trainer::Impl::refresh_inspection() {
  batch_due = -1;
  const std::uint64_t version = inspection.version + 1;
  inspection = {.version = version};
  const Trainer::Digit digit{.test_index = wish.own_image() ? -1 : wish.test_index, .image = wish.image, .label = {}};
  core::Result<std::vector<float>> image = image_of(digit);
  if (!image.ok()) {
    inspection.refusal = image.message();
    return;
  }
  if (!wish.own_image()) {
    inspection.test_index = wish.test_index;
    inspection.label = split->test.labels[static_cast<std::size_t>(wish.test_index)];
  }
  if (wish.own_image() && wish.label < network->classes()) inspection.label = wish.label;
  core::Result<inspect::Pass> pass = inspect::make_pass(*network, *image, inspection.label);
  if (!pass.ok()) {
    inspection.refusal = pass.message();
    return;
  }
  inspection.image = std::move(image).value();
  inspection.probabilities = pass->probabilities;
  inspection.loss = pass->loss;
  inspection.judged = pass->label;
  refresh_pin(*pass);
  refresh_truncated(*pass);
  refresh_layers(*pass);
}

void Trainer::Impl::refresh_layers(const inspect::Pass& pass) {
  inspect::Explanation all = inspect::explain(*network, pass);
  inspection.layers.resize(all.layers.size());
  for (std::size_t i = 0; i < all.layers.size(); ++i) {
    LayerActivation& layer = inspection.layers[i];
    layer.type = std::move(all.layers[i].type);
    layer.shape = all.layers[i].shape;
    layer.values = std::move(all.layers[i].output);
    if (!wish.deltas) continue;
    layer.delta = std::move(all.layers[i].delta);
    layer.gradient_norm = all.layers[i].gradient_norm;
  }
  if (!wish.deltas) return;
  inspection.image_delta = std::move(all.image_delta);
  std::vector<double> weights(all.layers.size()), steps(all.layers.size());
  const std::span<const float> now = std::as_const(*network).parameters();
  const std::span<const float> before = update.previous();
  for (const nn::ParameterInfo& info : network->parameter_infos())
    for (std::int64_t i = info.offset; i < info.offset + info.size; ++i) {
      const auto k = static_cast<std::size_t>(i);
      const auto at = static_cast<std::size_t>(info.layer);
      weights[at] += square(static_cast<double>(now[k]));
      if (update.applied()) steps[at] += square(static_cast<double>(now[k]) - static_cast<double>(before[k]));
    }
  for (std::size_t i = 0; i < all.layers.size(); ++i) {
    inspection.layers[i].weight_norm = std::sqrt(weights[i]);
    inspection.layers[i].step_norm = std::sqrt(steps[i]);
  }
}

void Trainer::Impl::refresh_pin(const inspect::Pass& pass) {
  if (wish.jacobian) refresh_jacobian(pass);
  if (wish.unit) refresh_unit(pass);
  if (!wish.weight) return;
  auto weight = study_weight(pass, *wish.weight, !wish_stale && (views_stale || views_step != step));
  if (weight.ok()) {
    inspection.weight = std::move(weight).value();
    inspection.weight->plane = inspect::kernel_plane(*network, pass, wish.weight->parameter, wish.weight->index);
    inspection.weight_place = *wish.weight;
  } else {
    inspection.pin_refusal = weight.message();
  }
}

void Trainer::Impl::refresh_unit(const inspect::Pass& pass) {
  auto unit = inspect::unit(*network, pass, wish.unit->layer, wish.unit->position);
  if (!unit.ok()) {
    inspection.pin_refusal = unit.message();
    return;
  }
  inspection.unit = std::move(unit).value();
  inspection.unit_place = *wish.unit;
  // All weights of one unit belong to the same parameter.
  for (const std::int64_t index : inspection.unit->inputs.parameters) {
    if (index < 0) return;
    inspect::ParameterPlace place = inspect::place_of(*network, index);
    inspection.unit_weights.push_back(place.index);
    inspection.unit_parameter = std::move(place.parameter);
  }
}

// The push's real effect takes one more pass.
void Trainer::Impl::refresh_jacobian(const inspect::Pass& pass) {
  refresh_ink(pass);
  inspection.jacobian = inspect::jacobian(*network, pass);
  if (inspection.jacobian->push_class < 0) return;
  std::vector<float> pushed = pass.trace.image;
  for (std::size_t i = 0; i < pushed.size(); ++i) pushed[i] += inspection.jacobian->push[i];
  auto there = inspect::make_pass(*network, pushed, pass.label);
  if (there.ok()) inspection.pushed_probabilities = std::move(there->probabilities);
}

void Trainer::Impl::refresh_truncated(const inspect::Pass& pass) {
  if (wish.rank <= 0 && !wish.product) return;
  if (!truncation || truncated != wish.matrix) {
    auto made = inspect::Truncation::start(*network, wish.matrix);
    if (!made.ok()) return;
    truncation = std::move(made).value();
    truncated = wish.matrix;
  }
  if (wish.rank > 0)
    inspection.rank_probabilities =
        truncation->probabilities(*network, pass.trace, std::min(wish.rank, truncation->ranks()));
  if (wish.product) inspection.product = inspect::product(*network, pass.trace, *truncation);
}

// The history begins with the run's first weights, also where it is looked at later than they were.
void Trainer::Impl::refresh_spectra() {
  std::vector<SpectraPoint>& history = matrices.history;
  if (!wish.spectra || (spectra_known && matrices_run == number)) return;
  if (std::exchange(matrices_run, number) != number || (!history.empty() && history.back().step > step))
    history.clear();
  if (history.empty()) {
    auto first = nn::Network<float>::build(network->spec());
    if (!first.ok()) return;
    first->initialize(config.seed);
    if (auto spectra = inspect::spectrum(*first); spectra.ok()) history.push_back({0, std::move(spectra).value()});
  }
  auto spectra = inspect::spectrum(*network);
  if (!spectra.ok()) return;
  if (history.size() > 1 && history.back().step == step) history.pop_back();
  if (history.size() >= kMaxSpectra) {
    std::vector<SpectraPoint> kept;
    for (std::size_t i = 0; i < history.size(); i += 2) kept.push_back(std::move(history[i]));
    history = std::move(kept);
  }
  history.push_back({step, std::move(spectra).value()});
  spectra_known = true;
}

void Trainer::Impl::refresh_matrices() {
  if (!wish.spectra && wish.matrix.empty() && matrices.parameter.empty()) return;
  ++matrices.version;
  refresh_spectra();
  matrices.parameter.clear();
  matrices.values.clear();
  matrices.bias.clear();
  int layer = -1;
  for (const nn::ParameterInfo& info : network->parameter_infos()) {
    if (info.layer == layer && info.shape.size() == 1) {
      matrices.bias.resize(static_cast<std::size_t>(info.size));
      network->export_parameter(info, std::as_const(*network).parameters(), matrices.bias);
    }
    if (info.name != wish.matrix) continue;
    layer = info.layer;
    matrices.parameter = info.name;
    matrices.shape = info.shape;
    matrices.initialization = network->initialization(info);
    matrices.values.resize(static_cast<std::size_t>(info.size));
    network->export_parameter(info, std::as_const(*network).parameters(), matrices.values);
  }
}

}  // namespace descent::training
