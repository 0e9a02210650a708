// SPDX-License-Identifier: MIT
// The host's list of workers: what is read of them, and that reading neither starts nor changes anything.
#include "web/workers/host.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "web/model/words/worker_words.h"
#include "web/state/race_defaults.h"
#include "web/state/strip_tabs.h"
#include "web/workers/drivers.h"

namespace descent::web {
namespace {

void settle(Host& host) {
  while (!host.settled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// The core of a worker that the page has no words of its own for.
struct SilentSnapshot {};
struct SpeakingSnapshot {
  std::string message;
  std::uint64_t message_number = 0;
  bool busy = false;
};

template <class View>
concept Posts = requires(View view) {
  view.template worker<race::Race>();
};

}  // namespace

TEST_CASE("snapshots stay as they were read until they are read again") {
  Host host;
  const Snapshots snapshots = host.snapshots();
  CHECK(snapshots.of<race::Race>().config_version == race::RaceSnapshot{}.config_version);
  host.race().post([race = default_race()](race::Race& core) { static_cast<void>(core.configure(race)); });
  CHECK_FALSE(snapshots.settled<race::Race>());
  settle(host);
  CHECK(snapshots.settled<race::Race>());
  CHECK(snapshots.of<race::Race>().config == default_race());
  host.race().post([](race::Race& core) { core.step(3); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(snapshots.of<race::Race>().step == 0);
  CHECK_FALSE(snapshots.settled<race::Race>());
  settle(host);
  CHECK(snapshots.of<race::Race>().step == 3);
  CHECK(&snapshots.of<race::Race>() == &host.snapshot<race::Race>());
}

TEST_CASE("reading starts no worker, and after a restart there is nothing to read of those that were started") {
  Host host;
  const Snapshots snapshots = host.snapshots();
  host.read_snapshots();
  CHECK(snapshots.of<sampling::Sampler>().points.empty());
  CHECK(host.snapshot<sampling::Sampler>().points.empty());
  CHECK(snapshots.settled<sampling::Sampler>());
  int workers = 0;
  snapshots.each([&](const auto&) { ++workers; });
  CHECK(workers == std::tuple_size_v<Workers>);

  host.sampler().post([](sampling::Sampler& sampler) { sampler.step(1); });
  settle(host);
  CHECK_FALSE(snapshots.of<sampling::Sampler>().points.empty());
  host.restart([](race::Race&) {}, [](training::Trainer&) {});
  CHECK(snapshots.of<sampling::Sampler>().points.empty());
  settle(host);
  CHECK(snapshots.of<sampling::Sampler>().points.empty());
}

TEST_CASE("who has a view of the snapshots can ask nothing of the workers") {
  static_assert(Posts<Host&>);
  static_assert(!Posts<const Snapshots&>);
}

TEST_CASE("drivers keep the sampler on what its tab shows") {
  Host host;
  UiState ui;
  ui.race = default_race();
  host.race().post([race = ui.race](race::Race& core) { static_cast<void>(core.configure(race)); });
  settle(host);
  Drivers drivers;
  drivers.follow(ui, host, 0);
  CHECK_FALSE(drivers.waiting());
  CHECK(host.snapshot<sampling::Sampler>().points.empty());
  ui.strip.tab = kSamplingTab;
  ui.sampling_runs = false;
  drivers.follow(ui, host, 1, true);
  settle(host);
  CHECK(host.snapshots().of<sampling::Sampler>().config.surface == ui.race.surface_choice());
}

TEST_CASE("every worker's refusal is a message, but for what is said elsewhere") {
  race::RaceSnapshot race;
  race.message = "No.";
  race.message_number = 7;
  CHECK(message_of(race).sentence == "No.");
  CHECK(message_of(race).number == 7);
  CHECK(message_of(race).is_error);
  training::TrainerSnapshot trainer;
  trainer.message = "Stopped.";
  CHECK(message_of(trainer).is_error);
  trainer.state = training::TrainerState::training;
  CHECK_FALSE(message_of(trainer).is_error);
  trainer.message_number = 8;
  CHECK(message_of(trainer).number == 8);
  trainer.message_is_remark = true;
  CHECK(message_of(trainer).sentence.empty());
  sampling::SamplerSnapshot sampled;
  sampled.message = "No.";
  CHECK(message_of(sampled).sentence.empty());
  CHECK(message_of(SilentSnapshot{}).sentence.empty());
  const SpeakingSnapshot speaking{"No.", 1, false};
  CHECK(message_of(speaking).sentence == "No.");
}

TEST_CASE("every worker that is busy is something to wait for") {
  race::RaceSnapshot race;
  CHECK(under_way(race).empty());
  race.playing = true;
  CHECK(under_way(race) == "the race, which plays");
  survey::SurveyorSnapshot surveys;
  CHECK(under_way(surveys).empty());
  surveys.tuning.busy = true;
  CHECK(under_way(surveys) == "a survey that is under way");
  CHECK(under_way(SilentSnapshot{}).empty());
  CHECK(under_way(SpeakingSnapshot{"", 0, true}) == "a computation that is under way");
  CHECK(under_way(SpeakingSnapshot{}).empty());
}

}  // namespace descent::web
