// SPDX-License-Identifier: MIT
// Loss against step for all optimizers of the race, on a log axis where that is honest: the axis shows f − f_min when
// the surface's lowest minimum is known (and says so when f_min is not 0), and f itself, linear, when the surface has
// none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/panels/panel.h"

namespace descent::web {

class SurfacesLossPlot {
 public:
  void draw(const PanelContext& context);

 private:
  // f − f_min of one run, extended as the run goes on.
  struct Curve {
    std::uint64_t generation = 0;
    double lowest = 0;
    std::string label;
    std::vector<double> excess;
  };
  void update(const train::RaceSnapshot& race, double lowest);

  std::vector<Curve> curves_;
};

}  // namespace descent::web
