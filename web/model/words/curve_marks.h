// SPDX-License-Identifier: MIT
// Settings that were changed while a network was trained, as marks on its curves.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/training/trainer.h"
#include "web/model/plots/plot_reading.h"

namespace descent::web {

// "learning rate 0.001 → 0.0003". Changes of one setting that follow each other within `least` epochs are one mark: a
// slider that is dragged leaves many.
[[nodiscard]] std::vector<PlotMark> curve_marks(std::span<const training::CurveChange> changes,
                                                std::string_view optimizer, double least);

}  // namespace descent::web
