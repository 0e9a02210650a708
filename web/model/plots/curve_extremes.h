// SPDX-License-Identifier: MIT
// CurveExtremes: a curve that grows by a value a step, with the lowest and the highest value of any stretch of it in a
// few look-ups. Blocks of 8, 64, 512, … values know theirs; a stretch is made of the largest blocks that fit, and of
// single values at its ends. So a plot finds the exact extent of every pixel column, however long the curve.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace descent::web {

class CurveExtremes {
 public:
  struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;  // of the finite values; low > high: none
    bool finite = true;                                                 // all values are
    void add(double value);
    void add(const Range& other);
  };

  void clear();
  void push_back(double value);
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] std::span<const double> values() const { return values_; }

  // The range of the values first … last − 1; last at most size().
  [[nodiscard]] Range over(std::size_t first, std::size_t last) const;

 private:
  std::vector<double> values_;
  std::vector<std::vector<Range>> blocks_;  // by level: of 8, 64, … values; the topmost level is one block
};

}  // namespace descent::web
