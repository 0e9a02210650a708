// SPDX-License-Identifier: MIT
// The history of the page: what becomes an entry and when, what it is called, and how far it goes back.
#include "web/model/history/history.h"

#include <doctest/doctest.h>

#include "engine/race/runner_names.h"

#include "web/state/race_defaults.h"

namespace descent::web {
namespace {

// A page without workers: the runs change when the test says so.
struct Page {
  Page() {
    ui.race = default_race();
    ui.camera = default_camera(ui.race);
    observe();
  }
  std::optional<PageChange> observe(bool gesture = false) { return history.observe(ui, runs, gesture, now); }
  // Time passes until what changed is noted; the name of the change.
  std::string rest() {
    static_cast<void>(observe());
    now += 2;
    const auto change = observe();
    return change ? change->name : std::string();
  }
  bool step(int direction) {
    const auto step = direction < 0 ? history.undo(ui, runs) : history.redo(ui, runs);
    if (!step) return false;
    show_page(step->to, step->from, ui);
    runs = step->to.runs;
    static_cast<void>(observe());
    return true;
  }
  double& rate(std::size_t runner) { return ui.race.runners[runner].hyperparameters[0]; }

  UiState ui;
  PageRuns runs;
  History history;
  double now = 100;
};

void stroke(Page& page, float ink) {
  page.ui.pad.strokes.push_back({ink, {{10, 10}, {90, 90}}});
  ++page.ui.pad.version;
  page.ui.pad.digit.assign(784, static_cast<std::uint8_t>(ink * 100));
  page.ui.lens.digit.image = page.ui.pad.digit;
}

TEST_CASE("a drag is one entry, noted when it has rested; undo and redo go there and back") {
  Page page;
  const surfaces::Point before = page.ui.race.start;
  for (int i = 1; i <= 20; ++i) {
    page.ui.race.start = {0.1 * i, 0};
    page.now += 0.5;
    CHECK_FALSE(page.observe(true));
    CHECK(page.history.undoable() == nullptr);
  }
  CHECK(page.rest() == "Start moved");
  REQUIRE(page.step(-1));
  CHECK(page.ui.race.start == before);
  CHECK_FALSE(page.step(-1));
  REQUIRE(page.step(1));
  CHECK(page.ui.race.start == surfaces::Point{2, 0});
  CHECK_FALSE(page.step(1));
}

TEST_CASE("a data set that comes before there is anything to lose is no entry, and gives the next one no name") {
  Page page;
  page.runs.dataset = "MNIST";
  CHECK(page.rest().empty());
  ++page.runs.training;
  CHECK(page.rest() == "Training reset");
  ++page.runs.training;
  page.runs.dataset = "Fashion-MNIST";
  CHECK(page.rest() == "Data set Fashion-MNIST");
}

TEST_CASE("what is only looked at, and what comes back by itself, is no entry (negative control)") {
  Page page;
  page.ui.camera.view.x0 -= 1;
  page.ui.camera.three_d = true;
  page.ui.strip.tab = "map";
  page.ui.workspace = kNetworkWorkspace;
  page.ui.theme = Theme::light;
  page.ui.lens.digit.test_index = 7;
  CHECK(page.rest().empty());
  const double rate = page.rate(0);
  page.rate(0) = 0.5;
  CHECK_FALSE(page.observe());
  page.rate(0) = rate;
  CHECK(page.rest().empty());
  CHECK(page.history.undoable() == nullptr);
}

TEST_CASE("changes of one value that follow each other closely are one, from the first to the last value") {
  Page page;
  page.rate(1) = 0.02;
  CHECK_FALSE(page.rest().empty());
  page.now += 2;
  for (const double rate : {0.03, 0.04, 0.05}) {
    page.rate(1) = rate;
    CHECK_FALSE(page.observe());
    page.now += History::kRest + 0.1;
    CHECK(page.observe());
  }
  const std::string title = race::optimizer_title(page.ui.race.runners[1].optimizer);
  CHECK(page.history.undoable()->name == title + ": learning rate 0.02 → 0.05");
  REQUIRE(page.step(-1));
  CHECK(page.rate(1) == 0.02);
}

TEST_CASE("a gesture that begins ends the one before, and undo takes what has not rested yet") {
  Page page;
  stroke(page, 0.5f);
  CHECK_FALSE(page.observe(true));
  CHECK_FALSE(page.observe(false));
  CHECK(page.observe(true)->name == "Stroke");  // the pen is down again
  stroke(page, 1);
  CHECK_FALSE(page.observe(true));
  REQUIRE(page.step(-1));
  CHECK(page.ui.pad.strokes.back().width == 0.5f);
  CHECK(page.ui.lens.digit.image == page.ui.pad.digit);
  REQUIRE(page.step(-1));
  CHECK(page.ui.pad.version == 0);
  CHECK_FALSE(page.ui.lens.digit.own());
  REQUIRE(page.step(1));
  REQUIRE(page.step(1));
  CHECK(page.ui.pad.strokes.back().width == 1);
}

TEST_CASE("a new change drops what could be done again") {
  Page page;
  page.rate(0) = 0.01;
  page.rest();
  REQUIRE(page.step(-1));
  CHECK(page.history.redoable() != nullptr);
  page.ui.race.seed = 77;
  CHECK(page.rest() == "Seed 1 → 77");
  CHECK(page.history.redoable() == nullptr);
}

TEST_CASE("changes have names, and those that take something away are told") {
  Page page;
  const std::string first = race::optimizer_title(page.ui.race.runners[0].optimizer);
  const auto change = [&] {
    static_cast<void>(page.observe());
    page.now += 2;
    return page.observe().value_or(PageChange{});
  };
  page.ui.race.runners.erase(page.ui.race.runners.begin());
  PageChange last = change();
  CHECK(last.name == first + " removed");
  CHECK(last.tell);
  page.ui.race.runners.push_back(new_runner(page.ui.race, "lion"));
  last = change();
  CHECK(last.name == "Lion added");
  CHECK_FALSE(last.tell);
  page.ui.race = race_on_surface(page.ui.race, "beale");
  ++page.runs.race;
  last = change();
  CHECK(last.name == "Surface Beale");
  CHECK(last.tell);
  ++page.runs.race;
  CHECK(change().name == "Race reset");
  ++page.runs.training;
  CHECK(change().name == "Training reset");
  ++page.runs.training;
  page.runs.dataset = "Fashion-MNIST";
  last = change();
  CHECK(last.name == "Data set Fashion-MNIST");
  CHECK_FALSE(last.tell);  // the section Data has its own way back
  page.ui.trainer.batch_size = 64;
  last = change();
  CHECK(last.name == "Batch size 32 → 64");
  CHECK_FALSE(last.tell);
  page.ui.trainer.optimizer = "momentum";
  ++page.runs.training;
  last = change();
  CHECK(last.name == "Optimizer Adam → Momentum");
  CHECK(last.tell);
  page.ui.show.arrows = true;
  CHECK(change().name == "Arrows on");
  page.ui.survey.steps = 500;
  CHECK(change().name == "Steps automatic → 500");
  page.ui.scene = "ravine";
  CHECK(change().name == "Scene: Momentum in a ravine");
}

TEST_CASE("another surface comes back with its view, another rate leaves the view alone") {
  Page page;
  page.ui.camera.view.x0 = -7;
  page.rate(0) = 0.01;
  page.rest();
  page.ui.camera.view.x0 = -8;
  REQUIRE(page.step(-1));
  CHECK(page.ui.camera.view.x0 == -8);
  page.ui.race = race_on_surface(page.ui.race, "beale");
  turn_to_surface(page.ui.camera, page.ui.race);
  page.rest();
  REQUIRE(page.step(-1));
  CHECK(page.ui.camera.view.x0 == -8);
}

TEST_CASE("the history is bounded in number and in bytes, and forgets the oldest") {
  Page page;
  for (int i = 1; i <= 150; ++i) {
    page.ui.race.seed = static_cast<std::uint64_t>(1000 + i);
    page.rest();
  }
  int steps = 0;
  while (page.step(-1)) ++steps;
  CHECK(steps == static_cast<int>(History::kMostEntries) - 1);
  CHECK(page.ui.race.seed == 1051);
  Page drawn;
  for (int i = 1; i <= 80; ++i) {
    stroke(drawn, static_cast<float>(i));
    drawn.rest();
  }
  std::size_t strokes = 0;
  while (drawn.step(-1)) ++strokes;
  CHECK(strokes > 30);
  CHECK(strokes * sizeof(DrawPad) < History::kMostBytes);
}

}  // namespace
}  // namespace descent::web
