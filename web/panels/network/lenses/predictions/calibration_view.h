// SPDX-License-Identifier: MIT
// Whether probabilities are what they say: the reliability diagram, and what a fitted temperature makes of it.
#pragma once

#include <vector>

#include "engine/training/lens.h"

namespace descent::web {

class CalibrationView {
 public:
  void draw(const training::AnswerView& view);

 private:
  struct Points {
    std::vector<double> confidence, accuracy;
  };
  static void take(const std::vector<inspect::CalibrationBin>& bins, Points& points);

  Points plain_, fitted_;
};

}  // namespace descent::web
