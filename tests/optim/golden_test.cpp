// SPDX-License-Identifier: MIT
// Trajectories against PyTorch's own (tests/golden/optimizers.json, torch 1.13, float64): every run, every recorded
// step, points and losses to 1e-9 relative.
#include <cmath>
#include <set>

#include "tests/optim/helpers.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"

using namespace descent;
using namespace descent::testing;

namespace {

constexpr double kTolerance = 1e-9;

struct Setup {
  std::unique_ptr<surfaces::Surface> surface;
  std::unique_ptr<optim::Optimizer<double>> optimizer;
  double learning_rate = 0;
  surfaces::Point start{};
};

Setup set_up(const Json& run) {
  const std::string name = run["optimizer"].get<std::string>();
  std::vector<core::NamedValue> given;
  for (const auto& [key, value] : run["parameters"].items()) given.push_back({key, value.get<double>()});
  const std::vector<double> values = values_for(name, given);
  return {surface_named(run["surface"].get<std::string>()),
          optimizer_named<double>(name, values),
          values[0],
          {run["start"][0].get<double>(), run["start"][1].get<double>()}};
}

}  // namespace

TEST_CASE("trajectories equal PyTorch's") {
  const Json golden = load_golden("optimizers.json");
  REQUIRE(golden["runs"].size() == 22);
  std::set<std::string> seen;
  for (const Json& run : golden["runs"]) {
    const Setup setup = set_up(run);
    seen.insert(std::string(setup.optimizer->info().name));
    CAPTURE(setup.optimizer->info().name);
    CAPTURE(setup.surface->info().name);
    setup.optimizer->reset(2);
    surfaces::Point point = setup.start;
    int step = 0;
    for (const Json& record : run["at"]) {
      const int target = record["step"].get<int>();
      const Run moved = descend(*setup.surface, *setup.optimizer, setup.learning_rate, point, target - step, step + 1);
      point = moved.point;
      step = target;
      CAPTURE(step);
      const double size = std::hypot(record["point"][0].get<double>(), record["point"][1].get<double>());
      for (std::size_t i = 0; i < 2; ++i)
        CHECK(close(point[i], record["point"][i].get<double>(), kTolerance, kTolerance * 1e-3 * size));
      CHECK(close(moved.loss, record["loss"].get<double>(), kTolerance, 0));
    }
  }
  CHECK(seen.size() == 12);  // every optimizer that PyTorch defines
}
