// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/sharpness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/rng.h"
#include "engine/inspect/lookup.h"
#include "engine/inspect/loss/symmetric_eigen.h"
#include "engine/inspect/loss/vectors.h"

namespace descent::inspect {
namespace {

// A guess is mixed with this share of chance, so that an eigenvector that has become the largest is not missed.
constexpr double kChance = 0.1;
// So many iterations in a row the residual has to be small: a first vector with next to nothing of the largest
// eigenvalue's in it finds the second one's at first, and leaves it an iteration or two later.
constexpr int kSettled = 3;

}  // namespace

core::Result<Sharpness> Sharpness::start(const nn::Network<float>& network,
                                         std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                         std::int64_t images, const SharpnessOptions& options) {
  const std::size_t size = network.parameters().size();
  DESCENT_ASSERT(options.iterations >= 1 && options.iterations <= SharpnessOptions::kMaxIterations);
  DESCENT_ASSERT(options.preconditioner.empty() || options.preconditioner.size() == size);
  DESCENT_ASSERT(options.guess.empty() || options.guess.size() == size);
  for (std::size_t i = 0; i < options.preconditioner.size(); ++i) {
    if (options.preconditioner[i] > 0 && std::isfinite(options.preconditioner[i])) continue;
    const ParameterPlace place = place_of(network, static_cast<std::int64_t>(i));
    return core::Error{core::fill("the preconditioner is not above 0 at {}[{}]", place.parameter, place.index)};
  }
  core::Result<SubsetLoss<float>> loss = SubsetLoss<float>::build(network.spec(), std::move(dataset), layout, images);
  if (!loss.ok()) return loss.error();
  const int iterations = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(options.iterations), size));
  if (!core::room_for(sizeof(float) * size * static_cast<std::uint64_t>(iterations + 3)))
    return core::Error{core::fill("the page has no memory for {} vectors of {} weights", iterations, size)};
  Sharpness result(std::move(*loss));
  result.iterations_ = iterations;
  result.tolerance_ = options.tolerance;
  result.result_.images = images;
  result.loss_.set_weights(network.parameters());
  for (const float p : options.preconditioner) result.scale_.push_back(1 / std::sqrt(p));

  core::Rng rng(options.seed, 0x5A);
  core::AlignedVector<float> first(size);
  for (float& value : first) value = static_cast<float>(rng.normal());
  scale_by(1 / norm(first), first);
  if (!options.guess.empty()) {
    // d = P^-½ u, so u = P^½ d.
    std::vector<float> guess(options.guess.begin(), options.guess.end());
    for (std::size_t i = 0; i < result.scale_.size(); ++i) guess[i] /= result.scale_[i];
    const double length = norm(guess);
    if (length > 0 && std::isfinite(length)) {
      scale_by(kChance, first);
      add_scaled(1 / length, guess, first);
      scale_by(1 / norm(first), first);
    }
  }
  result.basis_.push_back(std::move(first));
  result.start_product(result.basis_.back());
  return result;
}

void Sharpness::start_product(std::span<const float> vector) {
  if (scale_.empty()) return loss_.start_product(vector);
  std::vector<float> scaled(vector.begin(), vector.end());
  for (std::size_t i = 0; i < scaled.size(); ++i) scaled[i] *= scale_[i];
  loss_.start_product(scaled);
}

void Sharpness::read_product() {
  product_.assign(loss_.result().begin(), loss_.result().end());
  for (std::size_t i = 0; i < scale_.size(); ++i) product_[i] *= scale_[i];
}

bool Sharpness::advance(parallel::ThreadPool& pool, double seconds) {
  if (done_) return false;
  if (loss_.advance(pool, seconds)) return true;
  read_product();
  if (last_) {
    finish();
  } else {
    iterate();
  }
  return !done_;
}

double Sharpness::progress() const {
  if (done_) return 1;
  const double products = last_ ? iterations_ : static_cast<double>(diagonal_.size());
  return (products + loss_.progress()) / (iterations_ + 1);
}

// One column of the tridiagonal matrix, whose largest eigenvalue approaches that of A from below.
void Sharpness::iterate() {
  diagonal_.push_back(dot(product_, basis_.back()));
  // Twice is enough: what rounding leaves of the old vectors after the first time is small.
  for (int round = 0; round < 2; ++round)
    for (const auto& vector : basis_) add_scaled(-dot(product_, vector), vector, product_);
  const double length = norm(product_);
  const auto n = diagonal_.size();
  std::vector<double> matrix(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    matrix[i * n + i] = diagonal_[i];
    if (i + 1 < n) matrix[i * n + i + 1] = matrix[(i + 1) * n + i] = beside_[i];
  }
  const SymmetricEigen eigen = symmetric_eigen(matrix, static_cast<int>(n));
  const double left = length * std::abs(eigen.vectors[n - 1]);
  result_.lambda_max = eigen.values[0];
  result_.residual = left;
  result_.iterations = static_cast<int>(n);
  settled_ = left <= tolerance_ * std::abs(eigen.values[0]) ? settled_ + 1 : 0;
  if (static_cast<int>(n) < iterations_ && std::isfinite(length) && length > 0 && settled_ < kSettled) {
    beside_.push_back(length);
    scale_by(1 / length, product_);
    basis_.push_back(product_);
    start_product(basis_.back());
    return;
  }
  find_vector(std::span(eigen.vectors).first(n));
  last_ = true;
  start_product(basis_.front());
}

// The vector found takes the place of the basis.
void Sharpness::find_vector(std::span<const double> parts) {
  core::AlignedVector<float> sum(basis_.front().size());
  for (std::size_t k = 0; k < basis_.size(); ++k) add_scaled(parts[k], basis_[k], sum);
  scale_by(1 / norm(sum), sum);
  basis_.clear();
  basis_.push_back(std::move(sum));
}

void Sharpness::finish() {
  const core::AlignedVector<float>& vector = basis_.front();
  result_.lambda_max = dot(product_, vector);
  add_scaled(-result_.lambda_max, vector, product_);
  result_.residual = norm(product_);
  result_.vector.assign(vector.begin(), vector.end());
  for (std::size_t i = 0; i < scale_.size(); ++i) result_.vector[i] *= scale_[i];
  scale_by(1 / norm(result_.vector), result_.vector);
  basis_ = {};
  product_ = {};
  done_ = true;
}

}  // namespace descent::inspect
