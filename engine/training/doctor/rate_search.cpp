// SPDX-License-Identifier: MIT
// The rate finder, see rate_search.h.
#include "engine/training/doctor/rate_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/memory.h"

namespace descent::training {
namespace {

constexpr int kTrialImages = 640;       // of a trial, roughly
constexpr std::size_t kMostTrials = 8;  // the whole search goes through as many images as a second has
constexpr int kRungs = 12;              // from the usual rate, at most: six decades
constexpr double kSigmas = 3;           // standard errors
constexpr float kLeastShare = std::numeric_limits<float>::min();

// The mean of a − b over the images, and its standard error.
struct Difference {
  double mean = 0, error = 0;
};

Difference difference(std::span<const double> a, std::span<const double> b) {
  const auto n = static_cast<double>(a.size());
  Difference d;
  for (std::size_t i = 0; i < a.size(); ++i) d.mean += (a[i] - b[i]) / n;
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i] - d.mean) * (a[i] - b[i] - d.mean);
  d.error = std::sqrt(squares / std::max(1.0, n - 1) / n);
  return d;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The losses of the best constant answer on each of these labels.
std::vector<double> losses_of_guessing(const data::Dataset& train, std::size_t images) {
  std::vector<double> counts(static_cast<std::size_t>(std::max(train.classes, 1)));
  for (const std::uint16_t label : train.labels) counts[label] += 1 / static_cast<double>(train.size());
  std::vector<double> losses;
  for (std::size_t i = 0; i < images; ++i) losses.push_back(-std::log(counts[train.labels[i]]));
  return losses;
}

}  // namespace

int trial_steps(int batch_size) {
  return std::clamp(kTrialImages / batch_size, 10, 20);
}

RateSearch::RateSearch(const TrainerConfig& config, Data data, data::Layout layout, nn::Network<float> network)
    : config_(config),
      data_(std::move(data)),
      layout_(layout),
      network_(std::move(network)),
      batcher_(data_->train.size(), config.seed) {}

std::unique_ptr<RateSearch> RateSearch::make(const TrainerConfig& config, Data data, data::Layout layout,
                                             parallel::ThreadPool& pool) {
  auto network = nn::Network<float>::build(config.network);
  auto optimizer = optim::make_optimizer<float>(config.optimizer, config.hyperparameters);
  if (!network.ok() || !optimizer.ok()) return nullptr;
  const int largest = std::max(config.batch_size, kProbe);
  (*optimizer)->reset(1);
  std::size_t arenas = 2;  // the first weights and those of the step before
  for (const auto& span : (*optimizer)->state()) arenas += span.values.size();
  const std::size_t parameters = std::as_const(*network).parameters().size();
  const std::int64_t bytes = network->memory_for(largest, pool.threads()) +
                             static_cast<std::int64_t>(sizeof(float) * arenas * parameters) +
                             static_cast<std::int64_t>(sizeof(float)) * largest * network->input_size();
  if (!core::room_for(static_cast<std::uint64_t>(bytes))) return nullptr;
  std::unique_ptr<RateSearch> search(new RateSearch(config, std::move(data), layout, std::move(network).value()));
  search->optimizer_ = std::move(optimizer).value();
  search->network_.plan(largest);
  search->network_.initialize(config.seed);
  const auto weights = std::as_const(search->network_).parameters();
  search->first_weights_.assign(weights.begin(), weights.end());
  search->images_.resize(static_cast<std::size_t>(search->network_.input_size()) * static_cast<std::size_t>(largest));
  search->labels_.resize(static_cast<std::size_t>(largest));
  search->update_.resize(parameters);
  const data::Dataset& train = search->data_->train;
  const auto probe = static_cast<std::size_t>(std::min<std::int64_t>(kProbe, train.size()));
  search->guess_losses_ = losses_of_guessing(train, probe);
  const core::ParamSpec& rate = search->optimizer_->info().parameters[0];
  search->usual_ = rate.default_value;
  search->least_ = rate.minimum;
  search->most_ = rate.maximum;
  search->queue_ = {rate.default_value};
  search->range_.steps = trial_steps(config.batch_size);
  search->range_.images = static_cast<int>(probe);
  return search;
}

void RateSearch::go_on_from(const RateRange& range, double rate) {
  range_ = range;
  queue_ = {rate};
}

// 0: the usual rate, 1: three times as much, 2: ten times, …, and downwards.
double RateSearch::rung(int number) const {
  const int decades = (number - (number & 1)) / 2;
  return usual_ * std::pow(10.0, decades) * ((number & 1) != 0 ? 3 : 1);
}

const RateTrial* RateSearch::trial_at(double rate) const {
  for (const RateTrial& trial : range_.trials)
    if (std::abs(trial.learning_rate / rate - 1) < 1e-6) return &trial;
  return nullptr;
}

void RateSearch::begin_trial() {
  std::copy(first_weights_.begin(), first_weights_.end(), network_.parameters().begin());
  optimizer_->reset(first_weights_.size());
  batcher_.seek(0, 0);
}

// False when the trial has left the finite numbers.
bool RateSearch::step(parallel::ThreadPool& pool) {
  const data::Batcher::Batch batch = batcher_.next(config_.batch_size);
  const std::size_t n = batch.indices.size(), size = data_->train.image_size();
  const std::span<float> images = std::span<float>(images_).first(n * size);
  const std::span<std::uint16_t> labels = std::span<std::uint16_t>(labels_).first(n);
  data::gather(data_->train, layout_, batch.indices, images, labels);
  const nn::BatchLoss result = network_.loss_and_gradients(images, labels, static_cast<std::uint64_t>(step_), pool);
  if (!std::isfinite(result.loss)) return false;
  const optim::StepContext context{step_ + 1, queue_.front(), nullptr};
  return update_.apply(*optimizer_, network_.parameters(), network_.gradients(), context, pool);
}

std::vector<double> RateSearch::probe_losses(parallel::ThreadPool& pool) {
  const auto n = static_cast<std::size_t>(range_.images), size = data_->train.image_size();
  const auto classes = static_cast<std::size_t>(network_.classes());
  std::vector<std::uint32_t> in_order(n);
  std::iota(in_order.begin(), in_order.end(), 0U);
  std::vector<float> shares(n * classes);
  const std::span<float> images = std::span<float>(images_).first(n * size);
  data::gather(data_->train, layout_, in_order, images, std::span<std::uint16_t>(labels_).first(n));
  network_.evaluate(images, {}, shares, pool);
  std::vector<double> losses;
  for (std::size_t i = 0; i < n; ++i)
    losses.push_back(-std::log(static_cast<double>(std::max(shares[i * classes + labels_[i]], kLeastShare))));
  return losses;
}

void RateSearch::advance(parallel::ThreadPool& pool) {
  if (done()) return;
  if (first_losses_.empty()) {
    begin_trial();
    first_losses_ = probe_losses(pool);
    range_.first_loss = mean(first_losses_);
    return;
  }
  if (step_ == 0) begin_trial();
  const bool finite = step(pool);
  if (finite && ++step_ < range_.steps) return;
  end_trial(finite, pool);
}

void RateSearch::end_trial(bool finite, parallel::ThreadPool& pool) {
  RateTrial trial{.learning_rate = queue_.front(), .loss = std::numeric_limits<double>::quiet_NaN()};
  bool worse = false;
  if (finite) {
    const std::vector<double> losses = probe_losses(pool);
    trial.loss = mean(losses);
    const Difference fall = difference(first_losses_, losses), learned = difference(guess_losses_, losses);
    trial.trains = fall.mean > kSigmas * fall.error && learned.mean > kSigmas * learned.error;
    worse = !(fall.mean > -kSigmas * fall.error);
  }
  trial.worse = !finite || worse;
  step_ = 0;
  const auto above = [&](const RateTrial& other) { return other.learning_rate > trial.learning_rate; };
  range_.trials.insert(std::find_if(range_.trials.begin(), range_.trials.end(), above), trial);
  queue_.erase(queue_.begin());
  if (!queue_.empty() || range_.known) return;
  choose_next();
  if (range_.trials.size() < kMostTrials) return;
  queue_.clear();
  range_.known = true;
}

// The next rung while none trains: a decade up from those that did no harm, or down from those that did, and between
// the two; none: there is nothing between them.
std::optional<int> RateSearch::rung_towards_training() const {
  std::optional<int> harmless, worse;
  for (int i = -kRungs; i <= kRungs; ++i) {
    const RateTrial* trial = trial_at(rung(i));
    if (trial == nullptr) continue;
    if (!trial->worse) harmless = i;
    if (trial->worse && !worse) worse = i;
  }
  if (!worse) return *harmless + 2;
  if (!harmless) return *worse - 2;
  return *worse - *harmless == 2 ? std::optional(*worse - 1) : std::nullopt;
}

// The rung above the highest that trains or, while none does, one on the way there; last the rate between.
void RateSearch::choose_next() {
  const auto tryable = [this](double rate) { return rate >= least_ && rate <= most_ && rate > 0; };
  int trains = -kRungs;
  const auto fits = [this](int i) {
    const RateTrial* trial = trial_at(rung(i));
    return trial != nullptr && trial->trains;
  };
  while (trains <= kRungs && !fits(trains)) ++trains;
  if (trains > kRungs) {
    const std::optional<int> towards = rung_towards_training();
    if (towards && tryable(rung(*towards))) return add(rung(*towards));
    range_.known = true;
    return;
  }
  const RateTrial* next = trial_at(rung(trains));
  while (next != nullptr && next->trains) next = trial_at(rung(++trains));
  range_.largest = rung(trains - 1);
  if (next == nullptr && trains <= kRungs && tryable(rung(trains))) return add(rung(trains));
  if (next != nullptr) {
    const double between = range_.largest * ((trains & 1) != 0 ? 2 : 5.0 / 3);
    const RateTrial* tried = trial_at(between);
    if (tried == nullptr) return add(between);
    if (tried->trains) range_.largest = between;
  }
  range_.known = true;
}

}  // namespace descent::training
