// SPDX-License-Identifier: MIT
// Boltzmann's density exp(−f/T)/Z over a rectangle cut into bins × bins cells, and how far a histogram of visits is
// from it. Everything is conditional on being inside the rectangle: Z is the integral over it, visits outside do not
// count. Cells are (bins, bins), row 0 at y0.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/surfaces/surface.h"

namespace descent::sampling {

struct CellGrid {
  surfaces::Domain domain;
  int bins = 64;

  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(bins) * static_cast<std::size_t>(bins); }
  // The cell that holds (x, y), or -1 outside. A point on an inner border belongs to the upper cell.
  [[nodiscard]] std::int64_t cell_of(double x, double y) const;
};

// The logarithm of every cell's probability, by Gauss–Legendre quadrature with 4 × 4 nodes a cell and sums of
// exponentials taken relative to the largest: nothing under- or overflows at any temperature > 0. −infinity where f is
// not finite at any node: a hole. The probabilities sum to 1, unless all is a hole. A mode much narrower than a cell
// is known only as well as 4 nodes across a cell tell.
[[nodiscard]] std::vector<double> log_boltzmann(const surfaces::Surface& surface, const CellGrid& grid,
                                                double temperature);

struct Divergence {
  double kl = 0;  // Σ p ln(p/q) over cells with p > 0, p the visits' share; NaN before the first visit
  double bias =
      0;  // what kl is on average for that many independent draws from q itself: (visited cells − 1)/(2 draws)
};
// The Kullback–Leibler divergence of the histogram from the density, KL(histogram‖exact), by the plug-in estimator. Its
// bias is the leading term of Miller, "Note on the bias of information estimates" (1955); draws along a chain are
// correlated, so theirs is larger. visits, log_density: (cells). Visits to holes are left out.
[[nodiscard]] Divergence kl_divergence(std::span<const std::uint64_t> visits, std::span<const double> log_density);

// expected_divergence() is the mean divergence of `draws` independent draws from the density itself, in nats. With
// Poisson numbers c in the cells, λ = draws · q on average, and h(λ) = E[c ln c] − λ ln λ:  (Σ h(λ) − h(draws))/draws,
// which is Miller's (cells − 1)/(2 draws) where every cell has many draws, since h(λ) = 1/2 + 1/(12 λ) + 1/(12 λ²) +
// O(λ⁻³), and holds for few draws as well. For the limits of Miller's term: Paninski, "Estimation of entropy and mutual
// information", Neural Computation 15 (2003), 1191–1253. draws >= 1.
[[nodiscard]] double expected_divergence(std::span<const double> log_density, std::uint64_t draws);

}  // namespace descent::sampling
