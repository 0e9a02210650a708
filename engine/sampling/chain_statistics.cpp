// SPDX-License-Identifier: MIT
// Agreement of chains and their gatherings, see chain_statistics.h.
#include "engine/sampling/chain_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::sampling {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostPlaces = 256;  // looked at: chains that still wander are everywhere

}  // namespace

void ChainStatistics::begin(std::size_t chains) {
  draws_ = 0;
  counts_.assign(chains, 0);
  for (Moments& moments : moments_) {
    moments.mean.assign(chains, 0);
    moments.squares.assign(chains, 0);
  }
}

void ChainStatistics::add(const Langevin& chains) {
  ++draws_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (!chains.alive(i)) continue;
    const auto n = static_cast<double>(++counts_[i]);
    const std::array<double, 2> at{chains.x()[i], chains.y()[i]};
    for (std::size_t k = 0; k < 2; ++k) {
      const double before = at[k] - moments_[k].mean[i];
      moments_[k].mean[i] += before / n;
      moments_[k].squares[i] += before * (at[k] - moments_[k].mean[i]);
    }
  }
}

ChainAgreement ChainStatistics::agreement() const {
  std::vector<std::size_t> living;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (counts_[i] == draws_) living.push_back(i);
  if (living.size() < 2 || draws_ < 2) return {kNaN, kNaN};
  const auto m = static_cast<double>(living.size());
  const auto n = static_cast<double>(draws_);
  ChainAgreement worst{m * n, 0};
  for (const Moments& moments : moments_) {
    double mean = 0, within = 0, between = 0;
    for (const std::size_t i : living) {
      mean += moments.mean[i] / m;
      within += moments.squares[i] / ((n - 1) * m);
    }
    for (const std::size_t i : living) between += n * (moments.mean[i] - mean) * (moments.mean[i] - mean) / (m - 1);
    if (!(within > 0) || !std::isfinite(between)) return {kNaN, kNaN};  // nothing moves
    const double variance = (n - 1) / n * within + between / n;
    if (between > 0) worst.effective = std::min(worst.effective, m * n * variance / between);
    worst.r_hat = std::max(worst.r_hat, std::sqrt(variance / within));
  }
  return worst;
}

std::vector<Gathering> gatherings(const Langevin& chains, double radius, std::size_t most) {
  std::vector<Gathering> places;
  for (std::size_t i = 0; i < chains.x().size(); ++i) {
    if (!chains.alive(i)) continue;
    const surfaces::Point at{chains.x()[i], chains.y()[i]};
    const auto near = std::find_if(places.begin(), places.end(), [&](const Gathering& place) {
      return std::hypot(place.point[0] - at[0], place.point[1] - at[1]) <= radius;
    });
    if (near != places.end())
      ++near->chains;
    else if (places.size() < kMostPlaces)
      places.push_back({at, 1});
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Gathering& a, const Gathering& b) { return a.chains > b.chains; });
  if (places.size() > most) places.resize(most);
  return places;
}

}  // namespace descent::sampling
