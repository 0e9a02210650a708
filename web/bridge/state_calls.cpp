// SPDX-License-Identifier: MIT
// The calls about the whole configuration: descent.state() and apply(), scenes, and the parts of the page that can be
// hidden.
#include <array>
#include <memory>
#include <utility>

#include "engine/core/fill.h"
#include "engine/io/json_reader.h"
#include "web/bridge/call.h"
#include "web/browser/main_thread.h"
#include "web/model/history/page_state.h"
#include "web/state/race_defaults.h"
#include "web/state/redraw.h"
#include "web/state/state_json.h"

namespace descent::web::bridge {
namespace {

using io::JsonValue;

// Run says what becomes of a race that is what is asked for already: it goes on, or it stands at its start.
enum class Run { goes_on, anew };

// The newest accepted configurations are the engine's; the rest is the interface's, and so is the race that the page
// starts with until the engine has answered.
SharedState present_state(Context& context) {
  SharedState state = context.ui.shared();
  const race::RaceSnapshot& race = context.host.race().snapshot();
  if (race.config_version > race::kFirstConfigVersion) state.race = race.config;
  // A script may have chosen another surface: the picture turns to it with the next frame.
  if (!same_domain(state.race, context.ui.race)) turn_to_surface(state.camera, state.race);
  const training::TrainerSnapshot& trainer = context.host.trainer().snapshot();
  state.trainer = trainer.config;
  state.dataset = trainer.catalog_name;
  return state;
}

Outcome configure(race::Race& race, const race::RaceConfig& wanted, Run run) {
  if (run == Run::goes_on && race.config() == wanted) return Answer{};
  const core::Status status = race.configure(wanted);
  if (status.ok() && run == Run::anew) {
    race.pause();
    race.reset();
  }
  return outcome_of(status);
}

// The page takes all or nothing: a copy of the race tries its part, then the trainer takes its own or refuses; only
// then does anything else change. `runs`: come back with the state, where they are kept.
void show_and_race(Context& context, int id, const SharedState& wanted, Run run, const std::optional<PageRuns>& runs) {
  context.ui.show_shared(wanted);
  request_redraw(0.2);  // the race may have nothing new to show
  run_on<race::Race>(context.host.race(), id, [race = wanted.race, run, runs](race::Race& core) -> Outcome {
    return runs ? outcome_of(core.go_to(runs->race, race)) : configure(core, race, run);
  });
}

void apply_state(Context& context, int id, core::Result<SharedState> read, Run run,
                 const std::optional<PageRuns>& runs = {}) {
  if (!read.ok()) return settle(id, read.error());
  auto wanted = std::make_shared<const SharedState>(std::move(read).value());
  context.host.jobs().post([&context, id, wanted, run, runs](parallel::Jobs&) {
    race::Race probe;
    if (core::Status raced = probe.configure(wanted->race); !raced.ok())
      return settle(id, core::Error{core::fill("race: {}", raced.message())});
    context.host.trainer().post([&context, id, wanted, run, runs](training::Trainer& trainer) {
      // A link from a page with other data brings its network, not its number of classes.
      if (runs) {
        static_cast<void>(trainer.go_to(runs->training, wanted->trainer, runs->layout));
      } else if (core::Status trained = trainer.configure(trainer.fitted(wanted->trainer)); !trained.ok()) {
        return settle(id, core::Error{core::fill("network: {}", trained.message())});
      }
      // With its next command, before which the trainer has shown what this one did: the answer is read of that.
      context.host.trainer().post([&context, id, wanted, run, runs](training::Trainer&) {
        post_to_main([&context, id, wanted, run, runs] { show_and_race(context, id, *wanted, run, runs); });
      });
    });
  });
}

void apply(Context& context, const Call& call) {
  const JsonValue* value = call.arguments->find("state");
  if (value == nullptr) return settle(call.id, core::Error{"apply: state is missing"});
  apply_state(context, call.id, read_state(*value, present_state(context)), Run::goes_on);
}

// The same with the runs that stood there, as runs() gave them, for Back and Forward.
void come_back(Context& context, const Call& call) {
  const JsonValue* value = call.arguments->find("state");
  std::array<double, 3> numbers{};
  io::JsonReader reader(*call.arguments, "come_back");
  if (value == nullptr || !reader.read_numbers("runs", numbers))
    return settle(call.id, core::Error{"the page from before is not known any more"});
  const PageRuns there{static_cast<std::uint64_t>(numbers[0]),
                       static_cast<std::uint64_t>(numbers[1]),
                       numbers[2] == 0 ? data::Layout::upright : data::Layout::transposed,
                       {}};
  apply_state(context, call.id, read_state(*value, present_state(context)), Run::goes_on, there);
}

// A scene is asked for as {name, play}; its race stands at its start, paused. `play` says whether chains run.
void scene(Context& context, const Call& call) {
  std::vector<std::string_view> names;
  for (const Scene& entry : scenes()) names.push_back(entry.name);
  int index = 0;
  io::JsonReader reader(*call.arguments, "scene");
  reader.require({"name"});
  reader.read_choice("name", index, names);
  bool play = true;
  reader.read("play", play);
  reader.refuse_others();
  if (!reader.status().ok()) return settle(call.id, core::Error{core::fill("scene: {}", reader.status().message())});
  context.ui.sampling_runs = play;
  apply_state(context, call.id, scene_state(scenes()[static_cast<std::size_t>(index)], present_state(context)),
              Run::anew);
}

// A first visit, with no link to say otherwise, shows another race than the one that links are laid over, without what
// only experts read. It is asked for as {}, before anything else was done; the race stands at its start.
void first_visit(Context& context, const Call& call) {
  SharedState state = context.ui.shared();
  state.race = first_race();
  state.camera = default_camera(state.race);
  state.show.curvature = false;
  show_and_race(context, call.id, state, Run::anew, {});
}

QueryAnswer state(Context& context, const JsonValue&) {
  return state_json(present_state(context));
}

// The runs that stand here, as apply() takes them.
QueryAnswer runs(Context& context, const JsonValue&) {
  const training::TrainerSnapshot& trainer = context.host.trainer().snapshot();
  return io::write_json(
      JsonValue::array({static_cast<double>(context.host.race().snapshot().run), static_cast<double>(trainer.run),
                        trainer.layout == data::Layout::upright ? 0.0 : 1.0}));
}

// scene_part() is what a scene's state says beside theme, network and hidden parts, which it leaves alone.
JsonValue scene_part(const SharedState& state) {
  JsonValue part = JsonValue::object();
  const JsonValue whole = state_value(state);
  for (const JsonValue::Member& member : whole.members())
    if (member.name != "theme" && member.name != "network" && member.name != "draft" && member.name != "hide")
      part.append(member.name, member.value);
  return part;
}

QueryAnswer scene_list(Context& context, const JsonValue&) {
  const SharedState present = present_state(context);
  JsonValue list = JsonValue::array();
  for (const Scene& entry : scenes()) {
    JsonValue sentences = JsonValue::array();
    for (const std::string_view sentence : entry.sentences) sentences.push_back(spoken(sentence));
    auto state = scene_state(entry, present);
    if (!state.ok()) return state.error();
    list.push_back(JsonValue::object({{"name", entry.name},
                                      {"title", entry.title},
                                      {"sentences", std::move(sentences)},
                                      {"state", scene_part(*state)}}));
  }
  return io::write_json(list);
}

QueryAnswer parts(Context&, const JsonValue&) {
  JsonValue list = JsonValue::array();
  for (const PartInfo& info : hideable_parts())
    list.push_back(JsonValue::object({{"name", info.name}, {"doc", info.doc}}));
  return io::write_json(list);
}

constexpr Method kMethods[] = {
    {"apply", apply},
    {"first_visit", first_visit},
    {"scene", scene},
    {"come_back", come_back},
};

constexpr Query kQueries[] = {
    {"state", state},
    {"runs", runs},
    {"scenes", scene_list},
    {"parts", parts},
};

}  // namespace

std::span<const Method> state_methods() {
  return kMethods;
}
std::span<const Query> state_queries() {
  return kQueries;
}

}  // namespace descent::web::bridge
