// SPDX-License-Identifier: MIT
// Throughput: images per second over about the last second of training time (pauses and evaluations do not count).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace descent::training {

class Throughput {
 public:
  void clear() { *this = {}; }

  void add(std::int64_t images, double seconds) {
    if (count_ == samples_.size()) drop_oldest();
    samples_[(first_ + count_++) % samples_.size()] = {images, seconds};
    images_ += images;
    seconds_ += seconds;
    while (count_ > 1 && seconds_ - samples_[first_].seconds >= kWindow) drop_oldest();
  }

  [[nodiscard]] double images_per_second() const { return seconds_ > 0 ? static_cast<double>(images_) / seconds_ : 0; }

 private:
  struct Sample {
    std::int64_t images = 0;
    double seconds = 0;
  };
  static constexpr double kWindow = 1;

  void drop_oldest() {
    images_ -= samples_[first_].images;
    seconds_ -= samples_[first_].seconds;
    first_ = (first_ + 1) % samples_.size();
    --count_;
  }

  std::array<Sample, 512> samples_{};  // a ring
  std::size_t first_ = 0, count_ = 0;
  std::int64_t images_ = 0;
  double seconds_ = 0;
};

}  // namespace descent::training
