// SPDX-License-Identifier: MIT
// The line search alone: both Wolfe conditions hold at what it returns, on every surface, from seeded points and
// directions, for tight and loose c₂ and for first trials from much too short to much too long; the checker rejects
// steps that fail.
#include "engine/optim/line_search.h"

#include <array>
#include <cmath>

#include "engine/core/rng.h"
#include "tests/optim/helpers.h"

using namespace descent;
using namespace descent::testing;

namespace {

struct Line {
  const core::Objective& f;
  surfaces::Point x, direction;
  double value = 0, slope = 0;
};

double along(const core::Objective& f, surfaces::Point x, surfaces::Point d, double step, double& slope) {
  std::array<double, 2> gradient{};
  const double value = f.evaluate(std::array{x[0] + step * d[0], x[1] + step * d[1]}, gradient);
  slope = gradient[0] * d[0] + gradient[1] * d[1];
  return value;
}

// The strong Wolfe conditions, with room for rounding in the values.
bool wolfe(const Line& line, double step, double c1, double c2) {
  double slope = 0;
  const double value = along(line.f, line.x, line.direction, step, slope);
  const double room = 1e-12 * std::abs(line.value);
  return value <= line.value + c1 * step * line.slope + room && std::abs(slope) <= -c2 * line.slope * (1 + 1e-12);
}

}  // namespace

TEST_CASE("what the search returns satisfies the strong Wolfe conditions") {
  core::Rng rng(17);
  optim::LineSearch search;
  search.reset(2);
  int wolfe_steps = 0;
  int other_steps = 0;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    if (entry.info->name == "saddle" || entry.info->name == "monkey_saddle") continue;  // no minimum along most lines
    const auto f = surface_named(entry.info->name);
    const surfaces::Domain& d = entry.info->domain;
    for (int i = 0; i < 120; ++i) {
      Line line{*f, {rng.uniform(d.x0, d.x1), rng.uniform(d.y0, d.y1)}, {rng.normal(), rng.normal()}};
      std::array<double, 2> gradient{};
      line.value = f->evaluate(line.x, gradient);
      line.slope = gradient[0] * line.direction[0] + gradient[1] * line.direction[1];
      if (line.slope > 0) {
        line.slope = -line.slope;
        for (double& component : line.direction) component = -component;
      }
      const optim::LineSearchOptions options{.first_step = std::pow(10, rng.uniform(-2, 1)),
                                             .c2 = i % 2 == 0 ? 0.9 : 0.1};
      const optim::LineSearchResult found = search.search(*f, line.x, gradient, line.direction, options);
      CAPTURE(entry.info->name);
      CAPTURE(i);
      CHECK(found.step > 0);
      CHECK(found.evaluations < 60);
      if (found.wolfe) CHECK(wolfe(line, found.step, options.c1, options.c2));
      (found.wolfe ? wolfe_steps : other_steps)++;
      for (std::size_t k = 0; k < 2; ++k) CHECK(search.point()[k] == line.x[k] + found.step * line.direction[k]);
      std::array<double, 2> there{};
      f->evaluate(search.point(), there);
      CHECK(std::equal(there.begin(), there.end(), search.gradient().begin()));
    }
  }
  CHECK(wolfe_steps > 20 * other_steps);  // Beale falls for ever along some lines
}

TEST_CASE("negative control: the check of the conditions rejects short and long steps") {
  const auto bowl = surface_named("quadratic");
  Line line{*bowl, {1, 0}, {-1, 0}};
  line.value = along(*bowl, line.x, line.direction, 0, line.slope);
  CHECK(wolfe(line, 1, 1e-4, 0.1));
  CHECK_FALSE(wolfe(line, 0.5, 1e-4, 0.1));   // still steep
  CHECK_FALSE(wolfe(line, 2, 1e-4, 0.9));     // no decrease
  CHECK_FALSE(wolfe(line, 1e-3, 1e-4, 0.9));  // steep
}

TEST_CASE("directions that do not go down, and first trials that are no steps, are refused at once") {
  const auto bowl = surface_named("quadratic");
  optim::LineSearch search;
  search.reset(2);
  const surfaces::Point x{1, 1};
  const std::array<double, 2> gradient{1, 10};
  const auto step = [&](surfaces::Point direction, double first) {
    return search.search(*bowl, x, gradient, direction, {.first_step = first}).step;
  };
  CHECK(step({-1, -10}, 0.01) > 0);
  CHECK(step({1, 10}, 0.01) == 0);
  CHECK(step({10, -1}, 0.01) == 0);
  CHECK(step({0, 0}, 0.01) == 0);
  CHECK(step({-1, -10}, 0) == 0);
  CHECK(step({-1, -10}, -1) == 0);
  CHECK(step({std::nan(""), -10}, 1) == 0);
}
