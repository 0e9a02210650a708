// SPDX-License-Identifier: MIT
// Arrays for kernel tests. Guarded<float> begins at any offset from 16-byte alignment and has NaN canaries before and
// after: a kernel that reads outside spoils its result, one that writes outside is found by intact().
// excess() compares a float result with a double reference: the error in units of what rounding may cause, the float's
// epsilon times the number of additions times the sum of the terms' magnitudes. At most 1 is right.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/rng.h"

namespace descent::testing {

template <class T>
class Guarded {
 public:
  explicit Guarded(std::int64_t size, int misalignment = 0)
      : size_(static_cast<std::size_t>(size)), begin_(kMargin + static_cast<std::size_t>(misalignment)) {
    storage_.assign(begin_ + size_ + kMargin, std::numeric_limits<T>::quiet_NaN());
    std::fill(data(), data() + size, T{0});
  }

  T* data() { return storage_.data() + begin_; }
  const T* data() const { return storage_.data() + begin_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  [[nodiscard]] std::span<const T> span() const { return {data(), size_}; }

  [[nodiscard]] bool intact() const {
    for (std::size_t i = 0; i < storage_.size(); ++i)
      if ((i < begin_ || i >= begin_ + size_) && storage_[i] == storage_[i]) return false;
    return true;
  }

 private:
  static constexpr std::size_t kMargin = 16;
  std::size_t size_;
  std::size_t begin_;
  core::AlignedVector<T> storage_;
};

inline Guarded<float> random_array(core::Rng& rng, std::int64_t size, int misalignment = 0) {
  Guarded<float> array(size, misalignment);
  for (std::size_t i = 0; i < array.size(); ++i) array[i] = static_cast<float>(rng.uniform(-1, 1));
  return array;
}

inline std::vector<double> as_double(const Guarded<float>& array) {
  return {array.data(), array.data() + array.size()};
}

inline std::vector<double> magnitudes(const Guarded<float>& array) {
  std::vector<double> result = as_double(array);
  for (double& value : result) value = std::abs(value);
  return result;
}

// magnitude: the same computation with every term replaced by its absolute value. NaN counts as infinitely wrong.
inline double excess(std::span<const float> actual, std::span<const double> expected, std::span<const double> magnitude,
                     int additions) {
  if (actual.size() != expected.size() || actual.size() != magnitude.size())
    return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const double error = std::abs(static_cast<double>(actual[i]) - expected[i]);
    const double allowed = double{std::numeric_limits<float>::epsilon()} * (additions + 2) * magnitude[i] + 1e-30;
    if (!(error <= allowed * 1e30)) return std::numeric_limits<double>::infinity();
    worst = std::max(worst, error / allowed);
  }
  return worst;
}

}  // namespace descent::testing
