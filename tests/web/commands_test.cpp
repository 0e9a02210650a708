// SPDX-License-Identifier: MIT
// Commands reach the workers, keep the controls in step, and bring inside its limits what is beyond them.
#include "web/commands/commands.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/script/config_json.h"
#include "web/commands/race_questions.h"
#include "web/state/strip_tabs.h"
#include "web/state/toast.h"
#include "web/workers/sampling_driver.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

// A page without a browser: what workers send to the main thread waits until settle().
class Page {
 public:
  Page() {
    ui.race = default_race();
    commands.configure_race(ui.race);
  }

  // settle() runs until the workers have answered everything, and the messages that came back have been run.
  const race::RaceSnapshot& settle() {
    bool again = true;
    while (again) {
      while (!host.settled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::vector<std::function<void()>> taken;
      {
        const std::scoped_lock lock(mutex_);
        taken.swap(messages_);
      }
      for (const auto& message : taken) message();
      again = !taken.empty() || !host.settled();
    }
    return host.race().snapshot();
  }

  UiState ui;
  std::string table_name, table;

 private:
  const PostToMain post_to_main_ = [this](std::function<void()> message) {
    const std::scoped_lock lock(mutex_);
    messages_.push_back(std::move(message));
  };
  std::mutex mutex_;
  std::vector<std::function<void()>> messages_;

 public:
  Host host;  // after what its threads use
  Commands commands{host, ui, post_to_main_, [this](std::string_view name, std::string_view text) {
                      table_name = name;
                      table = text;
                    }};
  RaceQuestions questions{host, post_to_main_};
};

}  // namespace

TEST_CASE("a start beyond its limit is brought to the limit") {
  Page page;
  page.commands.set_start({2e6, -std::numeric_limits<double>::infinity()});
  const surfaces::Point limit{race::kMaxStart, -race::kMaxStart};
  CHECK(page.ui.race.start == limit);
  CHECK(page.settle().config.start == limit);
  CHECK(page.settle().message.empty());
  race::RaceConfig far = default_race();
  far.start = {-3e6, 1};
  page.commands.configure_race(far);
  CHECK(page.ui.race.start == surfaces::Point{-race::kMaxStart, 1});
  CHECK(page.settle().config == page.ui.race);
}

TEST_CASE("hyper-parameters are brought inside their limits, and those that there are not do nothing") {
  Page page;
  page.commands.set_hyperparameter(2, 0, 0.25);
  page.commands.set_hyperparameter(2, 1, 7);  // beta1, below 1
  page.commands.set_hyperparameter(2, 99, 1);
  page.commands.set_hyperparameter(-1, 0, 1);
  page.commands.set_hyperparameter(3, 0, 1);
  CHECK(page.ui.race.runners[2].hyperparameters[0] == 0.25);
  CHECK(page.ui.race.runners[2].hyperparameters[1] < 1);
  CHECK(page.settle().config == page.ui.race);
  CHECK(page.settle().message.empty());
}

TEST_CASE("the race's course") {
  Page page;
  page.commands.step();
  page.commands.step();
  CHECK(page.settle().step == 2);
  page.commands.seek(1);
  CHECK(page.settle().step == 1);
  CHECK(page.settle().recorded == 2);
  page.commands.seek(2);
  CHECK(page.settle().step == 2);
  page.commands.seek_back();
  page.commands.seek_back();  // before the first one is seen
  CHECK(page.settle().step == 0);
  page.commands.branch(0, 1);
  CHECK(page.settle().runners.size() == 4);
  page.commands.seek(77);
  CHECK_FALSE(page.settle().message.empty());
  page.commands.set_speed(1e9);
  CHECK(page.settle().config.steps_per_second == race::kMaxRaceSpeed);
  page.commands.reset_race();
  CHECK(page.settle().recorded == 0);
}

TEST_CASE("runners come and go, sixteen at most") {
  Page page;
  page.commands.add_runner("newton");
  CHECK(page.ui.selected_runner == 3);
  page.commands.remove_runner(0);
  CHECK(page.ui.selected_runner == 2);
  CHECK(page.settle().runners.size() == 3);
  CHECK(page.settle().config == page.ui.race);
  for (int i = 0; i < 20; ++i) page.commands.add_runner("adam");
  CHECK(page.settle().runners.size() == race::kMaxRunners);
  CHECK(take_toast()->text == "At most 16 optimizers race at once.");
}

TEST_CASE("choosing a surface sets rates that suit it, but for those that a person set or compares") {
  Page page;
  const auto rate = [&page](std::size_t i) { return page.settle().config.runners[i].hyperparameters[0]; };
  page.commands.set_surface("beale");
  CHECK(rate(0) != 0.001);
  CHECK(page.settle().tuning.suited);
  page.ui.race = page.settle().config;  // as App::sync()
  page.commands.set_hyperparameter(0, 0, 0.0123);
  page.commands.set_surface("booth");
  CHECK(rate(0) == 0.0123);
  CHECK(rate(1) != default_race().runners[1].hyperparameters[0]);
  page.ui.race = page.settle().config;
  NamedValues known;
  REQUIRE(page.commands.set_formula("50*x^2 + y^2", known, {}).ok());
  CHECK(rate(0) == 0.0123);
  CHECK(rate(2) != page.ui.race.runners[2].hyperparameters[0]);
  page.ui.race = page.settle().config;
  page.commands.add_runner("momentum");  // beside one with another rate
  CHECK(page.settle().tuning.rates[3].runs > 0);
  CHECK(page.settle().tuning.rates[1].runs == 0);
  page.ui.race = page.settle().config;
  page.ui.race.runners[1].hyperparameters[0] = 2 * page.ui.race.runners[3].hyperparameters[0];
  CHECK(runners_to_suit(page.ui.race, page.ui.own_rates) == 0b0100);
  page.ui.race.runners[1].hyperparameters[0] = page.ui.race.runners[3].hyperparameters[0];
  CHECK(runners_to_suit(page.ui.race, page.ui.own_rates) == 0b1110);
  // Another way to the same rate is no wish of the person.
  page.ui.race.runners[0].hyperparameters[0] = 0.5;
  CHECK(runners_to_suit(page.ui.race, page.ui.own_rates) == 0b1111);
}

TEST_CASE("formulas: refused at once, or by the race, or taken with the parameters that were known") {
  Page page;
  NamedValues known{{"k", 3}};
  std::string refused;
  const auto hear = [&](std::string text, std::string sentence) { refused = std::move(text) + ": " + sentence; };
  const core::Status wrong = page.commands.set_formula("x +", known, hear);
  CHECK_FALSE(wrong.ok());
  CHECK(wrong.error().column > 0);
  CHECK(page.ui.race.surface == "rosenbrock");
  CHECK(page.commands.set_formula("x^2 + k*y^2 + c", known, hear).ok());
  CHECK(page.ui.race.parameters == std::vector<double>{3, 1});
  CHECK(page.settle().config.expression == page.ui.race.expression);
  CHECK(refused.empty());
  CHECK(page.commands.set_formula("log(-1 - x^2)", known, hear).ok());
  CHECK(page.settle().config.expression.text() != "log(-1 - x^2)");
  CHECK(refused.starts_with("log(-1 - x^2): "));
}

TEST_CASE("a formula with a place of its own goes there, and parameters begin anew") {
  Page page;
  NamedValues known{{"a", 3}};
  const FormulaPlace place{{-2, 2, -2, 2}, {1.5, -1}};
  REQUIRE(page.commands.set_formula("x^2 + a*y^2", known, {}, place).ok());
  CHECK(page.ui.race.parameters == std::vector<double>{1});
  CHECK(page.settle().config.domain == place.domain);
  CHECK(page.settle().config.start == place.start);
  CHECK(page.ui.camera.view == place.domain);
  // Without one the same text changes nothing; with it the race goes back there.
  page.ui.race = page.settle().config;
  page.commands.set_start({0.5, 0.5});
  REQUIRE(page.commands.set_formula("x^2 + a*y^2", known, {}).ok());
  CHECK(page.settle().config.start == surfaces::Point{0.5, 0.5});
  REQUIRE(page.commands.set_formula("x^2 + a*y^2", known, {}, place).ok());
  CHECK(page.settle().config.start == place.start);
}

TEST_CASE("a typed formula is parsed once, whoever computes with it") {
  Page page;
  page.settle();
  NamedValues known;
  const auto parses = [before = autodiff::Expression::parse_count()] {
    return autodiff::Expression::parse_count() - before;
  };
  constexpr std::string_view kFormula = "(x^2 + y - 11)^2 + k*(x + y^2 - 7)^2";
  REQUIRE(page.commands.set_formula(kFormula, known, {}).ok());
  CHECK(page.settle().config.expression.text() == kFormula);
  page.commands.set_surface_parameters({2});  // as a slider does
  page.commands.step();
  CHECK(page.settle().config == page.ui.race);
  CHECK(page.settle().step == 1);

  page.ui.survey.steps = 3;
  page.ui.starts = {{-5, 5, -5, 5}, 4, 4, {-5, 5, -5, 5}};
  const auto sweep = sweep_of(page.ui);
  const auto map = heat_map_of(page.ui, *page.settle().surface_info);
  const auto basins = basins_of(page.ui);
  REQUIRE((sweep && map && basins));
  page.host.surveyor().post([sweep = *sweep, map = *map, basins = *basins](survey::Surveyor& surveyor) {
    static_cast<void>(surveyor.show(sweep));
    static_cast<void>(surveyor.show(map));
    static_cast<void>(surveyor.show(basins));
  });
  page.settle();
  CHECK(page.host.snapshot<survey::Surveyor>().message.empty());
  CHECK(page.host.snapshot<survey::Surveyor>().sweep.config.surface.expression.text() == kFormula);
  CHECK(page.host.snapshot<survey::Surveyor>().heat_map.config.surface.expression.text() == kFormula);
  CHECK(page.host.snapshot<survey::Surveyor>().basins.config.surface.expression.text() == kFormula);

  page.ui.strip.tab = kSamplingTab;
  SamplingDriver sampling;
  sampling.follow(page.ui, page.host);
  page.settle();
  CHECK(page.host.snapshot<sampling::Sampler>().message.empty());
  CHECK(page.host.snapshot<sampling::Sampler>().config.surface.expression.text() == kFormula);

  bool drawn = false;
  page.questions.gradient_graph<bool>(
      page.ui.race.surface_choice(), {1, 1}, [](surfaces::SurfaceGraph, surfaces::Point) { return true; },
      [&](core::Result<bool>&& made) { drawn = made.ok(); });
  page.settle();
  CHECK(drawn);
  const auto state = script::race_config_from_json(script::race_config_json(page.ui.race), page.ui.race);
  REQUIRE(state.ok());
  CHECK(*state == page.ui.race);
  CHECK(page.commands.set_formula(kFormula, known, {}).ok());
  CHECK(parses() == 1);

  // A formula typed anew is counted, also on the race's thread.
  REQUIRE(page.commands.set_formula("x^2 + k*y^2", known, {}).ok());
  page.settle();
  CHECK(parses() == 2);
  page.host.race().post([config = page.ui.race](race::Race& race) mutable {
    config.expression = surfaces::TypedFormula("x^2 + k*y^4");
    static_cast<void>(race.configure(config));
  });
  CHECK(page.settle().config.expression.text() == "x^2 + k*y^4");
  CHECK(parses() == 3);
}

TEST_CASE("tables and answers come by messages to the main thread") {
  Page page;
  page.commands.step();
  page.commands.download_race();
  int columns = 0, apart = 0;
  double value = 0;
  page.questions.apart<int>([] { return 42; }, [&](int&& answer) { apart = answer; });
  page.questions.heights({0, 1, 0, 1}, 5, 4, {0, 1, 0, 1}, {-1, 2, 0, 1},
                         [&](race::HeightField&& field, const surfaces::SurfaceChoice& surface) {
                           columns = field.width;
                           CHECK(surface.surface == "rosenbrock");
                         });
  page.questions.gradient_graph<std::string>(
      page.ui.race.surface_choice(), {1, 1},
      [](surfaces::SurfaceGraph graph, surfaces::Point) { return graph.expression; },
      [&](core::Result<std::string>&& made) { value = made.ok() ? static_cast<double>(made->size()) : -1; });
  page.settle();
  CHECK((columns == 5 && apart == 42));
  CHECK(value > 0);
  CHECK(page.table_name == "descent-rosenbrock.csv");
  CHECK(page.table.find("adam") != std::string::npos);
}

TEST_CASE("the network's configuration") {
  Page page;
  page.commands.set_network_hyperparameter(0, -1);
  page.commands.set_network_hyperparameter(99, 1);
  training::TrainerConfig config = page.ui.trainer;
  config.batch_size = 64;
  page.commands.configure_network(config);
  page.settle();
  CHECK(page.host.trainer().snapshot().config.batch_size == 64);
  CHECK(page.host.trainer().snapshot().config.hyperparameters[0] >= 0);
  CHECK(page.host.trainer().snapshot().config == page.ui.trainer);
}

}  // namespace descent::web
