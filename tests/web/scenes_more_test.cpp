// SPDX-License-Identifier: MIT
// The scenes that show more than a race: basins of attraction, chains at a temperature. Both do what their sentences
// say.
#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "engine/parallel/thread_pool.h"
#include "engine/sampling/sampler.h"
#include "engine/survey/basins.h"
#include "tests/web/scene_runs.h"

using namespace descent;
using namespace descent::testing;

TEST_CASE("scene basins: gradient descent's basins are simple, momentum's are not; the start lies where they differ") {
  const web::Scene& entry = scene("basins");
  const race::RaceConfig config = race_of(entry);
  const io::JsonValue state = state_of(entry);
  const io::JsonValue& view = *state.find("view");
  CHECK(view.find("basins")->as_bool());
  const auto edge = [&](std::string_view axis, std::size_t end) { return view.find(axis)->items()[end].as_number(); };
  const auto map_of = [&](std::size_t runner) {
    survey::BasinConfig wanted{.surface = config.surface_choice(), .runner = config.runners[runner]};
    wanted.domain = {edge("x", 0), edge("x", 1), edge("y", 0), edge("y", 1)};
    wanted.width = 84;
    wanted.height = 42;
    survey::BasinMap map;
    REQUIRE(map.configure(wanted).ok());
    parallel::ThreadPool pool(2);
    while (map.busy()) map.advance(pool);
    return map.result();
  };
  // Pairs of neighbours that end in different minima.
  const auto borders = [](const survey::BasinSnapshot& map) {
    int count = 0;
    const auto at = [&](int row, int column) {
      return map.basins[static_cast<std::size_t>(row * map.config.width + column)];
    };
    for (int row = 0; row + 1 < map.config.height; ++row)
      for (int column = 0; column + 1 < map.config.width; ++column)
        count += (at(row, column) != at(row, column + 1) ? 1 : 0) + (at(row, column) != at(row + 1, column) ? 1 : 0);
    return count;
  };
  const survey::BasinSnapshot plain = map_of(0);
  const survey::BasinSnapshot momentum = map_of(1);
  CHECK(plain.attractors.size() == 4);
  for (const std::uint8_t basin : plain.basins) CHECK(basin < 4);
  CHECK(borders(momentum) > 4 * borders(plain));
  CHECK(borders(plain) < 300);
  const RaceSnapshot race = run("basins", 300);
  CHECK(distance(end_of(race.runners[0]), {-2.805118, 3.131313}) < 1e-3);
  CHECK(distance(end_of(race.runners[1]), {3.584428, -1.848127}) < 1e-3);
}

TEST_CASE("scene sampling: chains at a temperature visit both wells as often, and their divergence falls") {
  const race::RaceConfig race = race_of(scene("sampling"));
  const io::JsonValue state = state_of(scene("sampling"));
  const io::JsonValue& settings = *state.find("sampling");
  const auto number = [&](std::string_view name) { return settings.find(name)->as_number(); };
  CHECK(settings.find("method")->as_string() == "mala");
  sampling::SamplerConfig config;
  config.surface = race.surface_choice();
  config.start = race.start;
  config.method = sampling::SamplingMethod::mala;
  config.learning_rate = number("learning_rate");
  config.chains = static_cast<int>(number("chains"));
  config.seed = static_cast<std::uint64_t>(number("seed"));
  config.bins = static_cast<int>(number("bins"));
  const auto after = [&](double temperature, std::int64_t steps) {
    config.temperature = temperature;
    auto sampled = sampling::sample(config, steps);
    REQUIRE(sampled.ok());
    return std::move(sampled).value();
  };
  const auto right_of_pass = [](const sampling::SamplerSnapshot& sampled) {
    int count = 0;
    for (std::size_t i = 0; i < sampled.points.size(); i += 2) count += sampled.points[i] > 0 ? 1 : 0;
    return count;
  };
  CHECK(says("sampling", 1, "0.4"));
  CHECK(number("temperature") == 0.4);
  const auto seconds = [&](double time) { return static_cast<std::int64_t>(time * number("steps_per_second")); };
  const sampling::SamplerSnapshot first = after(0.4, seconds(1));
  const sampling::SamplerSnapshot later = after(0.4, seconds(10));
  const sampling::SamplerSnapshot last = after(0.4, seconds(60));
  CHECK(later.kl < 0.3 * first.kl);
  CHECK(last.kl < 0.5 * later.kl);
  CHECK(right_of_pass(later) > 20);
  CHECK(right_of_pass(last) > 35);
  CHECK(right_of_pass(last) < 65);
  CHECK(last.acceptance > 0.5);
  // At temperature 0 no chain gets over the pass, and neither does gradient descent.
  CHECK(right_of_pass(after(0, seconds(10))) == 0);
  CHECK(distance(end_of(run("sampling", 300).runners[0]), {-3, 0}) < 1e-3);
}
