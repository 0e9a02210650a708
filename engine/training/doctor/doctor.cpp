// SPDX-License-Identifier: MIT
// Finds what is wrong with a training run, see doctor.h.
#include "engine/training/doctor/doctor.h"

#include <algorithm>
#include <cmath>

namespace descent::training {
namespace {

constexpr double kSigmas = 2, kSureSigmas = 3;  // standard errors: one-sided 2.3 % and 0.1 % of chance
constexpr double kMoved = 0.25;                 // of the mean loss, between the highest and the lowest point
constexpr double kHalf = 0.5;                   // of the loss of guessing
constexpr double kLost = 0.05;                  // of what was learned about the test set

using Points = std::span<const CurvePoint>;

// The least-squares line through losses.
struct Line {
  double slope = 0, error = 0;  // a step, and its standard error
  double first = 0, last = 0;   // the line at both ends
};

// points: three or more.
Line line_through(Points points) {
  const auto n = static_cast<double>(points.size());
  double mean_x = 0, mean_y = 0;
  for (const CurvePoint& p : points) mean_x += static_cast<double>(p.step) / n, mean_y += p.loss / n;
  double xx = 0, xy = 0, yy = 0;
  for (const CurvePoint& p : points) {
    const double dx = static_cast<double>(p.step) - mean_x, dy = p.loss - mean_y;
    xx += dx * dx, xy += dx * dy, yy += dy * dy;
  }
  Line line;
  line.slope = xy / xx;
  line.error = std::sqrt(std::max(0.0, yy - line.slope * xy) / (n - 2) / xx);
  line.first = mean_y + line.slope * (static_cast<double>(points.front().step) - mean_x);
  line.last = mean_y + line.slope * (static_cast<double>(points.back().step) - mean_x);
  return line;
}

// The newest points of a curve whose steps all came after `settled`; the one of step 1 stands for that step alone.
Points settled_points(const Curves& curves, std::int64_t settled) {
  const Points all = curves.train();
  const std::int64_t first = std::max<std::int64_t>(settled + curves.interval(), 2);
  const auto begin = std::find_if(all.begin(), all.end(), [first](const CurvePoint& p) { return p.step >= first; });
  return all.subspan(static_cast<std::size_t>(begin - all.begin()));
}

double standard_error(double share, double count) {
  return std::sqrt(share * (1 - share) / count);
}

// True where the loss was elsewhere, by more than noise does, before it came to where it is.
bool moved(const Curves& curves, std::int64_t settled, double now) {
  double low = now, high = now;
  for (const CurvePoint& p : curves.train())
    if (p.step > settled) low = std::min(low, p.loss), high = std::max(high, p.loss);
  return high - low > kMoved * now;
}

// The first step of the stretch up to the end in which no point was better than guessing.
std::int64_t at_chance_since(const RunFacts& facts, Points points, double images) {
  const double limit = facts.guess.accuracy + kSigmas * standard_error(facts.guess.accuracy, images);
  std::size_t i = points.size();
  while (i > 0 && points[i - 1].accuracy <= limit) --i;
  return i == 0 ? std::max<std::int64_t>(facts.settled, 0) + 1 : points[i - 1].step + 1;
}

Diagnosis at_chance(const RunFacts& facts, Points points) {
  const Points newest = points.last(kWindow);
  const double images = static_cast<double>(facts.curves.interval()) * facts.batch_size;
  AtChance found{.expected = facts.guess.accuracy,
                 .steps = facts.curves.interval() * static_cast<std::int64_t>(kWindow)};
  found.images = found.steps * facts.batch_size;
  for (const CurvePoint& p : newest) {
    found.accuracy += p.accuracy / static_cast<double>(kWindow);
    found.loss += p.loss / static_cast<double>(kWindow);
  }
  found.standard_error = standard_error(found.expected, static_cast<double>(found.images));
  const Line line = line_through(newest);
  const bool no_better = found.accuracy <= found.expected + kSigmas * found.standard_error;
  if (!no_better || line.slope < -kSigmas * line.error || !moved(facts.curves, facts.settled, found.loss)) return {};
  return {.kind = Trouble::chance, .since_step = at_chance_since(facts, points, images), .facts = found, .relus = {}};
}

Diagnosis no_progress(const RunFacts& facts, Points points) {
  const double half = kHalf * facts.guess.loss;
  const Line line = line_through(points);
  const double fall = (std::abs(line.slope) + kSigmas * line.error) * static_cast<double>(facts.laid_out);
  if (facts.held_back || line.last < half || !(fall < half)) return {};
  NoProgress found{.from = line.first, .to = line.last, .learning_rate = facts.learning_rate};
  found.steps = points.back().step - points.front().step;
  found.laid_out = facts.laid_out;
  found.forecast = line.first - fall;
  return {.kind = Trouble::no_progress, .since_step = facts.settled + 1, .facts = found, .relus = {}};
}

// The train loss of the point that ends at this step or is the first after it.
double train_loss_at(const Curves& curves, std::int64_t step) {
  for (const CurvePoint& p : curves.train())
    if (p.step >= step) return p.loss;
  return curves.train().back().loss;
}

Diagnosis overfits(const RunFacts& facts) {
  const Points test = facts.curves.test();
  const auto lower = [](const CurvePoint& a, const CurvePoint& b) { return a.loss < b.loss; };
  const auto best = std::min_element(test.begin(), test.end(), lower);
  if (test.end() - best < kRises || facts.curves.train().empty()) return {};
  const Points since = test.subspan(static_cast<std::size_t>(best - test.begin()));
  const Line line = line_through(since);
  const double now = since.back().loss;
  const bool rises =
      line.slope > kSureSigmas * line.error && now - best->loss > kLost * std::max(0.0, facts.guess.loss - best->loss);
  Overfitting found{.best_step = best->step, .best_epoch = best->epoch, .best_test = best->loss, .test = now};
  found.train_then = train_loss_at(facts.curves, best->step);
  found.train = facts.curves.train().back().loss;
  if (!rises || !(found.train < found.train_then)) return {};
  found.evaluations = static_cast<int>(since.size());
  found.repeatable = facts.settled == 0;
  return {.kind = Trouble::overfitting, .since_step = best->step + 1, .facts = found, .relus = {}};
}

}  // namespace

std::string_view to_string(Trouble trouble) {
  constexpr std::string_view kNames[] = {"none", "diverged", "dead_relus", "chance", "no_progress", "overfitting"};
  return kNames[static_cast<int>(trouble)];
}

Guessing guessing(const data::Dataset& train) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(std::max(train.classes, 1)));
  for (const std::uint16_t label : train.labels) ++counts[label];
  const auto all = static_cast<double>(train.size());
  Guessing guess;
  for (const std::int64_t count : counts) {
    const double share = static_cast<double>(count) / all;
    guess.accuracy = std::max(guess.accuracy, share);
    if (count > 0) guess.loss -= share * std::log(share);
  }
  return guess;
}

Diagnosis examine(const RunFacts& facts) {
  const Points points = settled_points(facts.curves, facts.settled);
  if (points.size() >= kWindow) {
    if (Diagnosis found = at_chance(facts, points); found.kind != Trouble::none) return found;
    if (Diagnosis found = no_progress(facts, points); found.kind != Trouble::none) return found;
  }
  return overfits(facts);
}

std::vector<DeadUnits> probe_relus(const nn::Network<float>& network, const data::Dataset& train, data::Layout layout,
                                   parallel::ThreadPool& pool) {
  const auto& layers = network.spec().layers;
  const int images = static_cast<int>(std::min<std::int64_t>(kProbe, train.size()));
  std::vector<DeadUnits> found;
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i].type == "relu")
      found.push_back({.layer = static_cast<int>(i), .units = network.output_shape(static_cast<int>(i)).channels});
  // (images, units of all layers): whether the unit is on.
  std::size_t width = 0;
  for (const DeadUnits& layer : found) width += static_cast<std::size_t>(layer.units);
  if (width == 0) return found;
  std::vector<std::uint8_t> on(width * static_cast<std::size_t>(images));
  pool.run(images, [&](int image, int) {
    std::vector<float> pixels(train.image_size());
    data::read_image(train, layout, image, pixels);
    const nn::Trace<float> trace = network.trace(pixels);
    std::uint8_t* row = on.data() + width * static_cast<std::size_t>(image);
    for (const DeadUnits& layer : found) {
      const std::vector<float>& out = trace.outputs[static_cast<std::size_t>(layer.layer)];
      const auto units = static_cast<std::size_t>(layer.units);
      for (std::size_t i = 0; i < out.size(); ++i)
        if (!(out[i] == 0)) row[i % units] = 1;
      row += units;
    }
  });
  std::size_t at = 0;
  for (DeadUnits& layer : found)
    for (std::int64_t unit = 0; unit < layer.units; ++unit, ++at) {
      bool dead = true;
      for (std::size_t image = 0; image < static_cast<std::size_t>(images); ++image)
        dead = dead && on[width * image + at] == 0;
      layer.dead += dead ? 1 : 0;
    }
  return found;
}

}  // namespace descent::training
