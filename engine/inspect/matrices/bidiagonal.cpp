// SPDX-License-Identifier: MIT
// The names f, g, h, c, s, r are those of Demmel & Kahan. A block that is larger at its end is chased from there: that
// is the same sweep on the block flipped along its other diagonal, J Bᵀ J, with left and right exchanged.
#include "engine/inspect/matrices/bidiagonal.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace descent::inspect {
namespace {

constexpr double kEpsilon = 0x1p-53;
constexpr double kTolerance = 10 * kEpsilon;  // relative error that may be left in a value
constexpr double kNegligible = 0x1p-800;      // beside the largest entry, around 1
constexpr int kSweepsAValue = 40;             // two are usual

struct Rotation {
  double c = 1, s = 0, r = 0;
};

// (c, s; −s, c) (f, g)ᵀ = (r, 0)ᵀ.
Rotation rotation(double f, double g) {
  if (g == 0) return {1, 0, f};
  if (f == 0) return {0, 1, g};
  constexpr double kSmall = 0x1p-450, kScale = 0x1p500;  // squares of smaller numbers would lose digits
  if (std::max(std::abs(f), std::abs(g)) < kSmall) {
    const Rotation scaled = rotation(f * kScale, g * kScale);
    return {scaled.c, scaled.s, scaled.r / kScale};
  }
  const double r = std::sqrt(f * f + g * g);
  return {f / r, g / r, r};
}

// The smaller singular value of (f, g; 0, h).
double smaller_value(double f, double g, double h) {
  const double low = std::min(std::abs(f), std::abs(h)), high = std::max(std::abs(f), std::abs(h));
  if (low == 0) return 0;
  const double sum = 1 + low / high, difference = (high - low) / high, corner = std::abs(g);
  if (corner < high) {
    const double q = corner / high * (corner / high);
    return low * 2 / (std::sqrt(sum * sum + q) + std::sqrt(difference * difference + q));
  }
  const double q = high / corner;
  const double a = sum * q, b = difference * q;
  return low * q * 2 / (std::sqrt(1 + a * a) + std::sqrt(1 + b * b));
}

class Iteration {
 public:
  Iteration(std::span<double> diagonal, std::span<double> above, double* left, double* right)
      : diagonal_(diagonal), above_(above), left_(left), right_(right) {}

  bool run() {
    const int n = static_cast<int>(diagonal_.size());
    end_ = n - 1;
    for (std::int64_t sweeps = std::int64_t{kSweepsAValue} * n; end_ > 0;) {
      if (std::abs(above_[static_cast<std::size_t>(end_ - 1)]) <= kNegligible) {
        above_[static_cast<std::size_t>(--end_)] = 0;
        continue;
      }
      choose_block();
      double smallest = 0;
      if (splits(smallest)) continue;
      if (--sweeps < 0) return false;
      const double wanted = shift(smallest);
      if (wanted == 0) {
        sweep_without_shift();
      } else {
        sweep(wanted);
      }
    }
    return true;
  }

 private:
  // The block's entries in the direction of the sweep.
  [[nodiscard]] std::size_t index(int i) const { return static_cast<std::size_t>(down_ ? begin_ + i : end_ - i); }
  double& d(int i) { return diagonal_[index(i)]; }
  double& e(int i) { return above_[static_cast<std::size_t>(down_ ? begin_ + i : end_ - 1 - i)]; }
  [[nodiscard]] int last() const { return end_ - begin_; }

  // The lowest block without a zero above its diagonal; a new one chooses its direction.
  void choose_block() {
    begin_ = end_ - 1;
    while (begin_ > 0 && std::abs(above_[static_cast<std::size_t>(begin_ - 1)]) > kNegligible) --begin_;
    if (begin_ > old_end_ || end_ < old_begin_)
      down_ =
          std::abs(diagonal_[static_cast<std::size_t>(begin_)]) >= std::abs(diagonal_[static_cast<std::size_t>(end_)]);
    old_begin_ = begin_;
    old_end_ = end_;
  }

  // Demmel & Kahan, section 3.2: sets an entry to 0 that no value needs. smallest: a lower bound of the block's values,
  // a factor √n off at most.
  bool splits(double& smallest) {
    if (std::abs(e(last() - 1)) <= kTolerance * std::abs(d(last()))) {
      e(last() - 1) = 0;
      return true;
    }
    double mu = std::abs(d(0));
    smallest = mu;
    for (int i = 0; i < last(); ++i) {
      if (std::abs(e(i)) <= kTolerance * mu) {
        e(i) = 0;
        return true;
      }
      mu = std::abs(d(i + 1)) * (mu / (mu + std::abs(e(i))));
      smallest = std::min(smallest, mu);
    }
    return false;
  }

  // 0 where a shift would cost small values their digits, or makes no difference.
  double shift(double smallest) {
    double largest = std::abs(d(last()));
    for (int i = 0; i < last(); ++i) largest = std::max({largest, std::abs(d(i)), std::abs(e(i))});
    if (static_cast<double>(diagonal_.size()) * kTolerance * (smallest / largest) <= kEpsilon) return 0;
    const double wanted = smaller_value(d(last() - 1), e(last() - 1), d(last()));
    const double ratio = wanted / std::abs(d(0));
    return ratio * ratio < kEpsilon ? 0 : wanted;
  }

  void sweep_without_shift() {
    Rotation right{1, 0, 0}, left{1, 0, 0};
    for (int i = 0; i < last(); ++i) {
      right = rotation(d(i) * right.c, e(i));
      if (i > 0) e(i - 1) = left.s * right.r;
      left = rotation(left.c * right.r, d(i + 1) * right.s);
      d(i) = left.r;
      turn(i, right, left);
    }
    const double h = d(last()) * right.c;
    d(last()) = h * left.c;
    e(last() - 1) = h * left.s;
  }

  void sweep(double shift) {
    double f = (std::abs(d(0)) - shift) * (std::copysign(1.0, d(0)) + shift / d(0));
    double g = e(0);
    for (int i = 0; i < last(); ++i) {
      const Rotation right = rotation(f, g);
      if (i > 0) e(i - 1) = right.r;
      f = right.c * d(i) + right.s * e(i);
      e(i) = right.c * e(i) - right.s * d(i);
      g = right.s * d(i + 1);
      d(i + 1) *= right.c;
      const Rotation left = rotation(f, g);
      d(i) = left.r;
      f = left.c * e(i) + left.s * d(i + 1);
      d(i + 1) = left.c * d(i + 1) - left.s * e(i);
      if (i + 1 < last()) {
        g = left.s * e(i + 1);
        e(i + 1) *= left.c;
      }
      turn(i, right, left);
    }
    e(last() - 1) = f;
  }

  void turn(int i, const Rotation& right, const Rotation& left) {
    turn_rows(down_ ? right_ : left_, i, right);
    turn_rows(down_ ? left_ : right_, i, left);
  }

  void turn_rows(double* matrix, int i, const Rotation& by) {
    if (matrix == nullptr) return;
    const std::size_t n = diagonal_.size();
    double* a = matrix + index(i) * n;
    double* b = matrix + index(i + 1) * n;
    for (std::size_t j = 0; j < n; ++j) {
      const double x = a[j], y = b[j];
      a[j] = by.c * x + by.s * y;
      b[j] = by.c * y - by.s * x;
    }
  }

  std::span<double> diagonal_, above_;
  double *left_, *right_;
  int begin_ = 0, end_ = 0;           // the block, both included
  int old_begin_ = 0, old_end_ = -1;  // the last one
  bool down_ = true;
};

}  // namespace

bool diagonalize(std::span<double> diagonal, std::span<double> above, double* left, double* right) {
  return Iteration(diagonal, above, left, right).run();
}

}  // namespace descent::inspect
