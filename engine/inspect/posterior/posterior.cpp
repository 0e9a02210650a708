// SPDX-License-Identifier: MIT
#include "engine/inspect/posterior/posterior.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_text.h"
#include "engine/core/rng.h"

namespace descent::inspect {
namespace {

constexpr std::uint64_t kStream = 0x706F737465726972ULL;  // "posterir"

// Lower triangle L (n, n) with L Lᵀ = a. What rounding has made of a variance of 0 counts as 0.
std::vector<double> square_root(const std::vector<double>& a, std::size_t n) {
  std::vector<double> l(n * n);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = j; i < n; ++i) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
      if (i == j)
        l[j * n + j] = std::sqrt(std::max(sum, 0.0));
      else
        l[i * n + j] = l[j * n + j] > 0 ? sum / l[j * n + j] : 0;
    }
  return l;
}

}  // namespace

Votes draw_votes(const LogitDistribution& logits, int samples, std::uint64_t seed) {
  DESCENT_ASSERT(samples >= 1 && samples <= kMaxVotes);
  const std::size_t classes = logits.mean.size();
  const std::vector<double> root = square_root(logits.covariance, classes);
  core::Rng rng(seed, kStream);
  VoteCount count(static_cast<int>(classes));
  std::vector<double> normals(classes), drawn(classes);
  for (int sample = 0; sample < samples; ++sample) {
    for (double& x : normals) x = rng.normal();
    for (std::size_t c = 0; c < classes; ++c) {
      drawn[c] = logits.mean[c];
      for (std::size_t k = 0; k <= c; ++k) drawn[c] += root[c * classes + k] * normals[k];
    }
    count.add(drawn);
  }
  return count.votes();
}

core::Result<Posterior> Posterior::start(std::shared_ptr<const Curvature> curvature, double precision) {
  DESCENT_ASSERT(curvature->images_done() == curvature->images());
  if (!(precision >= kMinPrecision && precision <= kMaxPrecision))
    return core::Error{core::fill("precision is {}; it must be between {} and {}", core::short_number(precision),
                                  core::short_number(kMinPrecision), core::short_number(kMaxPrecision))};
  const int size = curvature->size();
  if (!core::room_for(TiledCholesky::bytes(size)))
    return core::Error{core::fill("the page has no memory for the covariance of {} weights", size)};
  return Posterior(std::move(curvature), precision);
}

Posterior::Posterior(std::shared_ptr<const Curvature> curvature, double precision)
    : curvature_(std::move(curvature)), precision_(precision), factor_(curvature_->size()) {}

bool Posterior::advance(parallel::ThreadPool& pool) {
  if (filled_) return factor_.advance(pool);
  pool.run(factor_.tiles(), [&](int task, int) { fill_rows(factor_.tiles() - 1 - task); });
  filled_ = true;
  return true;
}

void Posterior::fill_rows(int tile) {
  const int first = tile * TiledCholesky::kTile, last = std::min(first + TiledCholesky::kTile, factor_.size());
  for (int row = first; row < last; ++row)
    for (int column = 0; column <= row; ++column)
      factor_.at(row, column) = curvature_->at(row, column) + (row == column ? precision_ : 0);
}

core::Status Posterior::status() const {
  DESCENT_ASSERT(factor_.done() || factor_.failed());
  if (!factor_.failed()) return {};
  return core::Error{core::fill(
      "precision {} is too small for this network, or its weights are no numbers: the posterior has no covariance",
      core::short_number(precision_))};
}

LogitDistribution Posterior::logits(std::span<const double> features) const {
  DESCENT_ASSERT(factor_.done());
  const auto classes = static_cast<std::size_t>(curvature_->layer().classes()), width = features.size();
  DESCENT_ASSERT(classes * width == static_cast<std::size_t>(factor_.size()));
  const std::vector<double> matrix = curvature_->layer().matrix();
  LogitDistribution result{.mean = std::vector<double>(classes), .covariance = std::vector<double>(classes * classes)};
  // Column c of L⁻¹ (I ⊗ φ) is 0 before class c. C is the product of these columns with each other.
  std::vector<std::vector<double>> columns(classes, std::vector<double>(classes * width));
  for (std::size_t c = 0; c < classes; ++c) {
    std::copy(features.begin(), features.end(), columns[c].begin() + static_cast<std::ptrdiff_t>(c * width));
    factor_.solve(columns[c], static_cast<int>(c * width));
    for (std::size_t j = 0; j < width; ++j) result.mean[c] += matrix[c * width + j] * features[j];
    for (std::size_t d = 0; d <= c; ++d) {
      double sum = 0;
      for (std::size_t i = c * width; i < classes * width; ++i) sum += columns[c][i] * columns[d][i];
      result.covariance[c * classes + d] = result.covariance[d * classes + c] = sum;
    }
  }
  return result;
}

}  // namespace descent::inspect
