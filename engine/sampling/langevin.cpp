// SPDX-License-Identifier: MIT
// Steps of Langevin chains, see langevin.h. All chains are evaluated in one call, which is fast for typed formulas too.
#include "engine/sampling/langevin.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/race/outcome/divergence.h"

namespace descent::sampling {
namespace {

constexpr std::uint64_t kStream = 0x6C616E676576696EULL;  // "langevin"

double square(double value) {
  return value * value;
}

}  // namespace

std::string_view to_string(SamplingMethod method) {
  return method == SamplingMethod::mala ? "mala" : "ula";
}

Langevin::Langevin(const surfaces::Surface& surface, surfaces::Point start, int chains, std::uint64_t seed)
    : Langevin(surface, std::vector<surfaces::Point>(static_cast<std::size_t>(std::max(chains, 0)), start), seed) {}

Langevin::Langevin(const surfaces::Surface& surface, std::span<const surfaces::Point> starts, std::uint64_t seed)
    : surface_(surface), limit_(race::far_limit(surface.info().domain)) {
  DESCENT_ASSERT(!starts.empty());
  const std::size_t n = starts.size();
  const std::uint64_t key = core::Rng(seed, kStream).next();
  for (std::size_t i = 0; i < n; ++i) generators_.emplace_back(key, i + 1);
  alive_.assign(n, 1);
  for (const surfaces::Point& start : starts) {
    x_.push_back(start[0]);
    y_.push_back(start[1]);
  }
  for (std::vector<double>* values : {&f_, &fx_, &fy_, &nx_, &ny_, &nf_, &nfx_, &nfy_, &xi2_}) values->assign(n, 0);
  surface_.evaluate_many(x_, y_, f_, fx_, fy_);
}

void Langevin::propose(const LangevinStep& how) {
  const double spread = std::sqrt(2 * how.learning_rate * how.temperature);
  for (std::size_t i = 0; i < x_.size(); ++i) {
    nx_[i] = x_[i];
    ny_[i] = y_[i];
    if (alive_[i] == 0) continue;
    const double a = generators_[i].normal();
    const double b = generators_[i].normal();
    xi2_[i] = a * a + b * b;
    nx_[i] += spread * a - how.learning_rate * fx_[i];
    ny_[i] += spread * b - how.learning_rate * fy_[i];
  }
}

bool Langevin::in_the_world(std::size_t i) const {
  return std::abs(nx_[i]) <= limit_ && std::abs(ny_[i]) <= limit_ && std::isfinite(nf_[i]) && std::isfinite(nfx_[i]) &&
         std::isfinite(nfy_[i]);
}

bool Langevin::accepts(std::size_t i, const LangevinStep& how) {
  if (how.method == SamplingMethod::ula) return true;
  const double chance = generators_[i].uniform();  // drawn in any case: the stream's position is a count of steps
  if (!in_the_world(i)) return false;
  const double scale = 4 * how.learning_rate * how.temperature;
  if (scale == 0) return nf_[i] <= f_[i];
  const double back =
      square(x_[i] - nx_[i] + how.learning_rate * nfx_[i]) + square(y_[i] - ny_[i] + how.learning_rate * nfy_[i]);
  // ‖y − x + η∇f(x)‖²/(4ηT) is ‖ξ‖²/2.
  const double log_ratio = (f_[i] - nf_[i]) / how.temperature + 0.5 * xi2_[i] - back / scale;
  return std::log(1 - chance) < log_ratio;
}

void Langevin::step(const LangevinStep& how) {
  propose(how);
  surface_.evaluate_many(nx_, ny_, nf_, nfx_, nfy_);
  for (std::size_t i = 0; i < x_.size(); ++i) {
    if (alive_[i] == 0) continue;
    ++proposed_;
    if (!accepts(i, how)) continue;
    if (!in_the_world(i)) {
      alive_[i] = 0;
      ++lost_;
      continue;
    }
    ++accepted_;
    x_[i] = nx_[i];
    y_[i] = ny_[i];
    f_[i] = nf_[i];
    fx_[i] = nfx_[i];
    fy_[i] = nfy_[i];
  }
}

}  // namespace descent::sampling
