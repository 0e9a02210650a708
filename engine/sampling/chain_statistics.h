// SPDX-License-Identifier: MIT
// Several chains say about one another how many independent draws theirs are worth, whether they agree, and where
// they gather when nothing moves them any more.
//   B = n Var(chain means),  W = mean of the chains' variances,  V = (n − 1)/n W + B/n,
//   n_eff = min(m n, m n V/B),  R̂ = sqrt(V/W),  for m chains of n draws each, coordinate by coordinate; the worse of
//   the two counts.
// Reference: Gelman, Carlin, Stern & Rubin, "Bayesian Data Analysis", 2nd ed. (2004), section 11.6. Chains that all
// began in one valley and never left it agree about that valley only: neither number knows of the others.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/sampling/langevin.h"
#include "engine/surfaces/surface.h"

namespace descent::sampling {

struct ChainAgreement {
  double effective = 0;  // n_eff; NaN with fewer than two living chains or two draws
  double r_hat = 0;      // NaN there, too
};

class ChainStatistics {
 public:
  void begin(std::size_t chains);
  // One draw of every living chain.
  void add(const Langevin& chains);
  [[nodiscard]] ChainAgreement agreement() const;

 private:
  // Running means and sums of squared deviations by Welford's recurrence, so that nothing cancels.
  struct Moments {
    std::vector<double> mean, squares;  // (chains)
  };

  std::uint64_t draws_ = 0;
  std::vector<std::uint64_t> counts_;  // (chains); lost chains have fewer
  std::array<Moments, 2> moments_;     // of x and y
};

struct Gathering {
  surfaces::Point point{};  // of its first chain
  int chains = 0;
};
// Living chains by place, the largest gathering first, at most `most` of them. A chain belongs to the first gathering
// that is within `radius`.
[[nodiscard]] std::vector<Gathering> gatherings(const Langevin& chains, double radius, std::size_t most);

}  // namespace descent::sampling
