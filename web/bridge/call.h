// SPDX-License-Identifier: MIT
// Call: what a method of the scripting interface gets and how it answers. Methods run on the page's main thread and
// only read arguments and post work; the work runs on a worker and settles the JavaScript promise from there. Queries
// answer at once, from snapshots and the interface's state.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/script/answer_blocks.h"
#include "engine/training/dataset_intake.h"
#include "web/bridge/bridge.h"
#include "web/bridge/message.h"

namespace descent::web::bridge {

// Waiting are the calls that started a training and are answered at its end. Touched on the trainer's thread only.
struct Waiting {
  std::vector<int> calls;
};

// The data set that is being handed over, if one is. Touched on the thread for jobs only.
struct Incoming {
  std::int64_t ticket = 0;  // of the hand-over that it belongs to
  std::unique_ptr<training::DatasetIntake> files;
};

struct Context {
  Host& host;
  UiState& ui;
  FrameStats& frames;
  PageActions actions;
  std::vector<std::string> figure_tabs;  // whose figure can be a picture
  DatasetProgress progress;
  std::optional<PictureRequest> picture;
  std::shared_ptr<Waiting> waiting = std::make_shared<Waiting>();
  std::shared_ptr<Incoming> incoming = std::make_shared<Incoming>();
  std::shared_ptr<const std::vector<std::uint8_t>> kept_run;  // a file that the page's keeper is copying
};

struct Call {
  int id = 0;
  std::shared_ptr<const Message> message;
  std::shared_ptr<const io::JsonValue> arguments;
};

using script::Answer;
using Outcome = core::Result<Answer>;

// Settles the promise of call `id`; from any thread.
void settle(int id, Outcome outcome);
[[nodiscard]] Outcome outcome_of(const core::Status& status);
// The sentence behind the call's name: "race.step: n is 0; …".
[[nodiscard]] core::Error named(const Call& call, std::string_view sentence);

// Runs `work` on the worker. The promise is settled only after the snapshot that shows what was done has been
// published: commands of one round are published before the next round's are taken. Made once for each core
// (bridge.cpp).
template <class Core>
void run_on(parallel::Worker<Core>& worker, int id, std::function<Outcome(Core&)> work);
extern template void run_on(parallel::Worker<race::Race>&, int, std::function<Outcome(race::Race&)>);
extern template void run_on(parallel::Worker<training::Trainer>&, int, std::function<Outcome(training::Trainer&)>);
extern template void run_on(parallel::Worker<sampling::Sampler>&, int, std::function<Outcome(sampling::Sampler&)>);

// One call's piece of work for a core.
template <class Core>
using Work = Outcome (*)(Core&, const Call&);
void work_on_trainer(Context& context, const Call& call, Work<training::Trainer> work);
void work_on_race(Context& context, const Call& call, Work<race::Race> work);

// Methods that are one piece of work for the trainer, or for the race.
template <Work<training::Trainer> work>
void on_trainer(Context& context, const Call& call) {
  work_on_trainer(context, call, work);
}
template <Work<race::Race> work>
void on_race(Context& context, const Call& call) {
  work_on_race(context, call, work);
}

// follow_trainings() arranges that the trainer answers the calls that wait for its training's end; once for each new
// trainer.
void follow_trainings(Context& context);

struct Method {
  std::string_view name;
  void (*run)(Context& context, const Call& call);
};
using QueryAnswer = core::Result<std::string>;  // JSON
struct Query {
  std::string_view name;
  QueryAnswer (*answer)(Context& context, const io::JsonValue& arguments);
};

// The methods and queries are listed by topic; bridge.cpp looks names up in all of them.
[[nodiscard]] std::span<const Method> surface_methods();
[[nodiscard]] std::span<const Method> race_methods();
[[nodiscard]] std::span<const Method> survey_methods();
[[nodiscard]] std::span<const Method> sampler_methods();
[[nodiscard]] std::span<const Method> network_methods();
[[nodiscard]] std::span<const Method> run_methods();
[[nodiscard]] std::span<const Method> inspect_methods();
[[nodiscard]] std::span<const Method> state_methods();
[[nodiscard]] std::span<const Method> page_methods();
[[nodiscard]] std::span<const Method> keep_methods();
[[nodiscard]] std::span<const Query> surface_queries();
[[nodiscard]] std::span<const Query> sampler_queries();
[[nodiscard]] std::span<const Query> state_queries();
[[nodiscard]] std::span<const Query> page_queries();
[[nodiscard]] std::span<const Query> keep_queries();

}  // namespace descent::web::bridge
