// SPDX-License-Identifier: MIT
// Trajectories against PyTorch's own (tests/golden/optimizers.json, torch 1.13, float64), and against the papers' rules
// worked step by step in plain Python for the optimizers that PyTorch does not have (tests/golden/optimizers_more.json;
// make_optimizers_more.py beside it holds the derivations): every run, every recorded step, points and losses to 1e-9
// relative.
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

// Follows one run at `rate_factor` times its learning rate and compares every record.
Closeness follows(const Json& run, double rate_factor) {
  const Setup setup = set_up(run);
  setup.optimizer->reset(2);
  surfaces::Point point = setup.start;
  int step = 0;
  for (const Json& record : run["at"]) {
    const int target = record["step"].get<int>();
    const Run moved =
        descend(*setup.surface, *setup.optimizer, rate_factor * setup.learning_rate, point, target - step, step + 1);
    point = moved.point;
    step = target;
    const surfaces::Point expected{record["point"][0].get<double>(), record["point"][1].get<double>()};
    const double room = kTolerance * 1e-3 * std::hypot(expected[0], expected[1]);  // for a coordinate that is almost 0
    for (std::size_t i = 0; i < 2; ++i)
      if (Closeness c = close(point[i], expected[i], kTolerance, room); !c) return c;
    if (Closeness c = close(moved.loss, record["loss"].get<double>(), kTolerance, 0); !c) return c;
  }
  return {step >= 5, "followed to step " + std::to_string(step)};
}

}  // namespace

TEST_CASE("trajectories equal PyTorch's") {
  const Json golden = load_golden("optimizers.json");
  REQUIRE(golden["runs"].size() == 22);
  std::set<std::string> seen;
  for (const Json& run : golden["runs"]) {
    CAPTURE(run["optimizer"].get<std::string>());
    CAPTURE(run["surface"].get<std::string>());
    CHECK(follows(run, 1));
    seen.insert(run["optimizer"].get<std::string>());
  }
  CHECK(seen.size() == 12);  // every optimizer that PyTorch defines
}

TEST_CASE("trajectories equal the papers' rules") {
  const Json golden = load_golden("optimizers_more.json");
  REQUIRE(golden["runs"].size() >= 25);
  std::set<std::string> seen{"newton", "conjugate_gradient", "lbfgs"};  // second_order_test.cpp
  for (const Json& run : golden["runs"]) {
    CAPTURE(run["optimizer"].get<std::string>());
    CAPTURE(run["surface"].get<std::string>());
    CHECK(follows(run, 1));
    seen.insert(run["optimizer"].get<std::string>());
  }
  const Json torch = load_golden("optimizers.json");
  for (const Json& run : torch["runs"]) seen.insert(run["optimizer"].get<std::string>());
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    CHECK(seen.count(std::string(entry.info->name)) == 1);
  }
}

TEST_CASE("negative control: a learning rate that is off by 1e-7 is noticed in every run") {
  for (const char* file : {"optimizers.json", "optimizers_more.json"}) {
    const Json golden = load_golden(file);
    for (const Json& run : golden["runs"]) {
      CAPTURE(run["optimizer"].get<std::string>());
      CHECK_FALSE(follows(run, 1 + 1e-7));
    }
  }
}
