// SPDX-License-Identifier: MIT
#include "engine/inspect/posterior/posterior_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/kernels/gemm.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr std::uint64_t kStream = 0x706F7374206D616CULL;  // "post mal"
constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr int kVector = 4;
// Roberts & Rosenthal, "Optimal scaling of discrete approximations to Langevin diffusions", JRSS B 60 (1998): for
// N(0, I) in d dimensions this acceptance is the best, and 2η = 1.65² d^(−1/3) has it.
constexpr double kBestAcceptance = 0.574, kBestScale = 1.65;

// The cross-entropy of one row of logits, which become ∂loss/∂logit.
double row_loss(int classes, int label, float* z) {
  const float largest = *std::max_element(z, z + classes);
  const float of_label = z[label] - largest;
  double sum = 0;
  for (int c = 0; c < classes; ++c) {
    z[c] = std::exp(z[c] - largest);
    sum += static_cast<double>(z[c]);
  }
  for (int c = 0; c < classes; ++c) z[c] = static_cast<float>(static_cast<double>(z[c]) / sum);
  z[label] -= 1;
  return std::log(sum) - static_cast<double>(of_label);
}

}  // namespace

core::Result<PosteriorChain> PosteriorChain::start(std::shared_ptr<const Posterior> posterior,
                                                   std::span<const double> features, const ChainSettings& settings) {
  DESCENT_ASSERT(settings.samples >= 1 && settings.samples <= kMaxVotes);
  DESCENT_ASSERT(settings.burn_in >= 0 && settings.steps >= 1);
  const Curvature& curvature = posterior->curvature();
  const std::uint64_t bytes = static_cast<std::uint64_t>(curvature.images()) * sizeof(float) *
                              static_cast<std::uint64_t>(curvature.layer().inputs());
  if (bytes > kFeatureBytes)
    return core::Error{core::fill("the features of {} images take {} MB; MALA keeps {} MB at most: take fewer images",
                                  curvature.images(), (bytes + kMegabyte - 1) / kMegabyte, kFeatureBytes / kMegabyte)};
  if (!core::room_for(bytes))
    return core::Error{core::fill("the page has no memory for the features of {} images", curvature.images())};
  return PosteriorChain(std::move(posterior), features, settings);
}

PosteriorChain::PosteriorChain(std::shared_ptr<const Posterior> posterior, std::span<const double> features,
                               const ChainSettings& settings)
    : posterior_(std::move(posterior)),
      shown_(features.begin(), features.end()),
      settings_(settings),
      rng_(settings.seed, kStream),
      columns_((posterior_->curvature().layer().classes() + kVector - 1) / kVector * kVector),
      network_(posterior_->curvature().layer().matrix()),
      count_(posterior_->curvature().layer().classes()) {
  const Curvature& curvature = posterior_->curvature();
  const auto size = static_cast<std::size_t>(curvature.size());
  DESCENT_ASSERT(static_cast<int>(shown_.size()) == curvature.layer().features());
  rate_ = kBestScale * kBestScale / 2 / std::cbrt(static_cast<double>(size));
  features_.resize(static_cast<std::size_t>(curvature.images()) * static_cast<std::size_t>(curvature.layer().inputs()));
  matrix_.resize(shown_.size() * static_cast<std::size_t>(columns_));
  parts_.resize(static_cast<std::size_t>(chunks()));
  for (Part& part : parts_) part.gradient.resize(matrix_.size());
  at_.u.resize(size);
  noise_.resize(size);
}

int PosteriorChain::chunks() const {
  return static_cast<int>((posterior_->curvature().images() + kChunk - 1) / kChunk);
}

double PosteriorChain::progress() const {
  const Curvature& curvature = posterior_->curvature();
  const auto images = static_cast<double>(curvature.images());
  const double steps = settings_.burn_in + static_cast<double>(settings_.samples) * settings_.steps;
  constexpr double kReading = 100;  // steps that take about as long as reading the images
  return (static_cast<double>(read_) / images * kReading + static_cast<double>(step_)) / (kReading + steps);
}

double PosteriorChain::acceptance() const {
  const std::int64_t steps = step_ - settings_.burn_in;
  return steps > 0 ? static_cast<double>(accepted_) / static_cast<double>(steps)
                   : std::numeric_limits<double>::quiet_NaN();
}

bool PosteriorChain::advance(parallel::ThreadPool& pool, double seconds) {
  workers_.resize(std::max(workers_.size(), static_cast<std::size_t>(pool.threads())));
  const std::int64_t images = posterior_->curvature().images();
  const std::int64_t steps = settings_.burn_in + std::int64_t{settings_.samples} * settings_.steps;
  const double end = parallel::seconds_now() + seconds;
  do {
    if (step_ == steps) return false;
    if (read_ < images) {
      const int first = static_cast<int>(read_ / kChunk), count = std::min(pool.threads(), chunks() - first);
      pool.run(count,
               [&](int task, int worker) { read_chunk(first + task, workers_[static_cast<std::size_t>(worker)]); });
      read_ = std::min(images, read_ + std::int64_t{count} * kChunk);
      if (read_ == images) evaluate(at_, pool);
      continue;
    }
    step(pool);
  } while (parallel::seconds_now() < end);
  return step_ < steps;
}

void PosteriorChain::read_chunk(int chunk, Worker& worker) {
  const Curvature& curvature = posterior_->curvature();
  const LastLayer& layer = curvature.layer();
  const auto pixels = static_cast<std::size_t>(layer.image_size());
  worker.images.resize(pixels * nn::kBlockImages);
  const std::int64_t last = std::min(curvature.images(), std::int64_t{chunk + 1} * kChunk);
  for (std::int64_t first = std::int64_t{chunk} * kChunk; first < last; first += nn::kBlockImages) {
    const int count = static_cast<int>(std::min<std::int64_t>(nn::kBlockImages, last - first));
    for (int i = 0; i < count; ++i)
      data::read_image(curvature.dataset(), curvature.layout(), first + i,
                       std::span(worker.images).subspan(static_cast<std::size_t>(i) * pixels, pixels));
    const float* from = layer.run(count, worker.images.data(), worker.memory);
    std::copy(from, from + std::ptrdiff_t{count} * layer.inputs(), features_.data() + first * layer.inputs());
  }
}

void PosteriorChain::evaluate_chunk(int chunk, Worker& worker) {
  const Curvature& curvature = posterior_->curvature();
  const int classes = curvature.layer().classes(), inputs = curvature.layer().inputs();
  const std::int64_t first = std::int64_t{chunk} * kChunk;
  const int count = static_cast<int>(std::min<std::int64_t>(kChunk, curvature.images() - first));
  worker.logits.resize(static_cast<std::size_t>(kChunk * columns_));
  float* logits = worker.logits.data();
  const float *from = features_.data() + first * inputs, *bias = matrix_.data() + std::ptrdiff_t{inputs} * columns_;
  kernels::gemm(count, columns_, inputs, from, inputs, kernels::plain_matrix(matrix_.data(), columns_),
                kernels::Start::bias, bias, logits, columns_);
  Part& part = parts_[static_cast<std::size_t>(chunk)];
  part.loss = 0;
  float* of_bias = part.gradient.data() + std::ptrdiff_t{inputs} * columns_;
  std::fill(of_bias, of_bias + classes, 0.0F);
  for (int i = 0; i < count; ++i) {
    float* row = logits + std::ptrdiff_t{i} * columns_;
    part.loss += row_loss(classes, curvature.dataset().labels[static_cast<std::size_t>(first + i)], row);
    for (int c = 0; c < classes; ++c) of_bias[c] += row[c];
  }
  kernels::gemm_transposed_a(inputs, columns_, count, from, inputs, kernels::plain_matrix(logits, columns_),
                             kernels::Start::zero, part.gradient.data(), columns_);
}

void PosteriorChain::evaluate(Point& point, parallel::ThreadPool& pool) {
  const auto columns = static_cast<std::size_t>(columns_);
  const std::size_t features = shown_.size();
  point.w = point.u;
  posterior_->factor().solve_transposed(point.w);
  for (std::size_t i = 0; i < point.w.size(); ++i) {
    point.w[i] += network_[i];
    matrix_[i % features * columns + i / features] = static_cast<float>(point.w[i]);
  }
  pool.run(chunks(), [&](int chunk, int worker) { evaluate_chunk(chunk, workers_[static_cast<std::size_t>(worker)]); });
  point.energy = 0;
  point.gradient.assign(point.w.size(), 0);
  for (const Part& part : parts_) {
    point.energy += part.loss;
    for (std::size_t i = 0; i < point.w.size(); ++i)
      point.gradient[i] += static_cast<double>(part.gradient[i % features * columns + i / features]);
  }
  double squares = 0;
  for (std::size_t i = 0; i < point.w.size(); ++i) {
    squares += point.w[i] * point.w[i];
    point.gradient[i] += posterior_->precision() * point.w[i];
  }
  point.energy += posterior_->precision() / 2 * squares;
  posterior_->factor().solve(point.gradient);
}

void PosteriorChain::step(parallel::ThreadPool& pool) {
  proposal_.u = at_.u;
  double before = 0, back = 0;  // ‖ξ‖², and ‖u − u' + η ∇U(u')‖²
  for (std::size_t i = 0; i < noise_.size(); ++i) {
    noise_[i] = rng_.normal();
    before += noise_[i] * noise_[i];
    proposal_.u[i] += std::sqrt(2 * rate_) * noise_[i] - rate_ * at_.gradient[i];
  }
  evaluate(proposal_, pool);
  for (std::size_t i = 0; i < noise_.size(); ++i) {
    const double way = at_.u[i] - proposal_.u[i] + rate_ * proposal_.gradient[i];
    back += way * way;
  }
  const double log_ratio = at_.energy - proposal_.energy + before / 2 - back / (4 * rate_);
  const double chance = std::isfinite(log_ratio) ? std::exp(std::min(log_ratio, 0.0)) : 0;
  const bool accepts = rng_.uniform() < chance;
  if (accepts) std::swap(at_, proposal_);
  if (step_++ < settings_.burn_in) {
    rate_ *= std::exp((chance - kBestAcceptance) / std::sqrt(static_cast<double>(step_)));
    return;
  }
  accepted_ += accepts ? 1 : 0;
  if ((step_ - settings_.burn_in) % settings_.steps != 0) return;
  const std::size_t features = shown_.size();
  std::vector<double> logits(network_.size() / features);
  for (std::size_t i = 0; i < network_.size(); ++i) logits[i / features] += at_.w[i] * shown_[i % features];
  count_.add(logits);
}

}  // namespace descent::inspect
