// SPDX-License-Identifier: MIT
#include "engine/training/studies/posterior_study.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/kernels/softmax.h"
#include "engine/parallel/clock.h"

namespace descent::training {
namespace {

// Shares of the progress: the curvature's, where the factor and the votes are the rest; and of the chain.
constexpr double kCurvatureShare = 0.9, kChainShare = 0.7;

// The precision of the prior whose variance is the mean square of these weights.
double own_precision(const std::vector<double>& weights) {
  double squares = 0;
  for (const double w : weights) squares += w * w;
  const double precision = static_cast<double>(weights.size()) / squares;
  return std::isfinite(precision) ? std::clamp(precision, inspect::kMinPrecision, inspect::kMaxPrecision) : 1;
}

}  // namespace

double PosteriorStudy::progress() const {
  if (asked_.dropout) return asked_.dropout->progress();
  const double before = asked_.settings.method == PosteriorMethod::mala ? 1 - kChainShare : 1;
  if (chain_) return before + kChainShare * chain_->progress();
  const double factor = posterior_ ? (1 - kCurvatureShare) / 2 : 0;
  return before * (kCurvatureShare * asked_.ground->curvature->progress() + factor);
}

bool PosteriorStudy::advance(parallel::ThreadPool& pool, double seconds) {
  credit_ = std::min(credit_ + seconds, seconds);
  if (credit_ <= 0) return true;
  began_ = parallel::seconds_now();
  const bool more = work(pool, seconds);
  const double used = parallel::seconds_now() - began_;
  credit_ -= used;
  seconds_ += used;
  return more;
}

bool PosteriorStudy::work(parallel::ThreadPool& pool, double seconds) {
  if (asked_.dropout) {
    if (asked_.dropout->advance(pool, seconds)) return true;
    tell(asked_.dropout->votes());
    return false;
  }
  PosteriorGround& ground = *asked_.ground;
  if (ground.curvature->images_done() < ground.curvature->images()) {
    ground.curvature->advance(pool, seconds);
    ground.seconds += parallel::seconds_now() - began_;
    return true;
  }
  if (!factored_) return factorize(pool, seconds);
  if (asked_.settings.method == PosteriorMethod::mala) {
    if (!chain_) {
      auto chain = inspect::PosteriorChain::start(posterior_, features_,
                                                  {.samples = asked_.settings.samples, .seed = asked_.settings.seed});
      if (!chain.ok()) {
        cancel(chain.message());
        return false;
      }
      chain_.emplace(std::move(chain).value());
    }
    if (chain_->advance(pool, seconds)) return true;
    tell(chain_->votes());
    return false;
  }
  const inspect::LogitDistribution logits = posterior_->logits(features_);
  std::vector<double> own(logits.mean);
  kernels::softmax(static_cast<int>(own.size()), own.data(), own.data());
  network_.assign(own.begin(), own.end());
  tell(inspect::draw_votes(logits, asked_.settings.samples, asked_.settings.seed));
  return false;
}

// The factor for the precision that is asked for, unless it is there. False when there is none.
bool PosteriorStudy::factorize(parallel::ThreadPool& pool, double seconds) {
  PosteriorGround& ground = *asked_.ground;
  if (!posterior_) {
    const inspect::LastLayer& layer = ground.curvature->layer();
    features_ = layer.features_of(asked_.image);
    const double wanted = asked_.settings.precision, precision = wanted > 0 ? wanted : own_precision(layer.matrix());
    factored_ = ground.posterior && ground.posterior->precision() == precision;
    if (factored_) {
      posterior_ = ground.posterior;
      return true;
    }
    auto posterior = inspect::Posterior::start(ground.curvature, precision);
    if (!posterior.ok()) {
      cancel(posterior.message());
      return false;
    }
    posterior_ = std::make_shared<inspect::Posterior>(std::move(posterior).value());
  }
  while (posterior_->advance(pool))
    if (parallel::seconds_now() - began_ >= seconds) return true;
  if (const core::Status status = posterior_->status(); !status.ok()) {
    cancel(status.message());
    return false;
  }
  ground.posterior = posterior_;
  factored_ = true;
  return true;
}

void PosteriorStudy::tell(inspect::Votes votes) {
  PosteriorAnswer answer{.method = asked_.settings.method, .step = asked_.step, .votes = std::move(votes)};
  if (posterior_) {
    answer.precision = posterior_->precision();
    answer.weight_decay = posterior_->weight_decay();
    answer.images = asked_.ground->curvature->images();
    answer.network = std::move(network_);
    answer.curvature_seconds = asked_.ground->seconds;
  }
  if (chain_) answer.acceptance = chain_->acceptance();
  answer.seconds = seconds_ + parallel::seconds_now() - began_;
  asked_.done(std::move(answer));
}

}  // namespace descent::training
