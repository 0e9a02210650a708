// SPDX-License-Identifier: MIT
// The page keeps over a reload (web/page/keeper.js): the run as a file's bytes, the strokes on the pad, and a few
// figures that say when there is something new to keep.
#include <algorithm>

#include "engine/io/json_reader.h"
#include "engine/script/config_json.h"
#include "web/bridge/call.h"
#include "web/browser/main_thread.h"
#include "web/model/network/pad_strokes.h"
#include "web/state/redraw.h"

namespace descent::web::bridge {
namespace {

using io::JsonValue;
using training::Trainer;

// The file stays where it is until the keeper's own worker has copied it out of the program's memory: {at, size} in
// bytes, and the configuration that it fits.
void keep_run(Context& context, const Call& call) {
  context.host.trainer().post([&context, call](Trainer& trainer) {
    const std::string config = script::trainer_config_json(trainer.config());
    auto bytes = std::make_shared<const std::vector<std::uint8_t>>(trainer.save_run(config));
    if (bytes->empty()) return settle(call.id, core::Error{"the page's memory has no room for a copy of the run"});
    post_to_main([&context, bytes] { context.kept_run = bytes; });
    Answer answer{.json = io::write_json(JsonValue::object(
                      {{"at", static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(bytes->data()))},
                       {"size", static_cast<std::int64_t>(bytes->size())},
                       {"config", config}}))};
    settle(call.id, std::move(answer));
  });
}

void free_run(Context& context, const Call& call) {
  context.kept_run.reset();
  settle(call.id, Answer{});
}

// version: another one for every run that is worth keeping anew.
QueryAnswer kept(Context& context, const JsonValue&) {
  const training::TrainerSnapshot& run = context.host.trainer().snapshot();
  const training::Metrics& shown = run.test.known ? run.test : run.train;
  const double epochs = run.train_curve.empty() ? static_cast<double>(run.epoch) : run.train_curve.back().epoch;
  std::string version(training::to_string(run.state));
  for (const auto number : {static_cast<std::uint64_t>(run.step), run.curve_generation, run.config_version})
    version.append(" ").append(std::to_string(number));
  return io::write_json(JsonValue::object({{"works", training::is_at_work(run.state)},
                                           {"learned", run.learned},
                                           {"version", std::move(version)},
                                           {"step", run.step},
                                           {"epochs", epochs},
                                           {"accuracy", shown.known ? shown.accuracy : -1.0},
                                           {"dataset", run.dataset},
                                           {"images", run.train_count},
                                           {"catalog", run.catalog_name},
                                           {"race_step", context.host.race().snapshot().step},
                                           {"strokes", static_cast<std::int64_t>(context.ui.pad.version)}}));
}

// The keeper says in its own words why a kept run cannot be opened, and what becomes of it.
void take_up(Context& context, const Call& call) {
  run_on<training::Trainer>(context.host.trainer(), call.id, [call](training::Trainer& trainer) -> Outcome {
    return outcome_of(trainer.restore(call.message->buffer(0), {}, false));
  });
}

// The race again as far as it had come: n steps as it plays them, with its settings of now.
void replay(Context& context, const Call& call) {
  run_on<race::Race>(context.host.race(), call.id, [call](race::Race& race) -> Outcome {
    std::int64_t n = 1;
    io::JsonReader reader(*call.arguments, call.message->method());
    reader.read("n", n, 1, race::kMaxRaceSteps);
    if (!reader.status().ok()) return core::Error{reader.status().message()};
    race.play_steps(n);
    return Answer{};
  });
}

void strokes(Context& context, const Call& call) {
  settle(call.id, Answer{.bytes = stroke_bytes(context.ui.pad)});
}

void draw(Context& context, const Call& call) {
  DrawPad& pad = context.ui.pad;
  // An earlier page kept a picture of the ink. The digit came of it, and is shown in place of the strokes.
  if (!take_stroke_bytes(pad, call.message->buffer(0))) return settle(call.id, Answer{});
  context.ui.brush = pad.strokes.back().width;
  const LookedAtDigit& digit = context.ui.lens.digit;
  if (digit.own() && !digit.from_picture) pad.digit = digit.image;
  request_redraw();
  settle(call.id, Answer{});
}

constexpr Method kMethods[] = {
    {"keep.run", keep_run},    {"keep.free", free_run}, {"keep.take_up", take_up},
    {"keep.strokes", strokes}, {"keep.draw", draw},     {"keep.replay", replay},
};

constexpr Query kQueries[] = {
    {"kept", kept},
};

}  // namespace

std::span<const Method> keep_methods() {
  return kMethods;
}
std::span<const Query> keep_queries() {
  return kQueries;
}

}  // namespace descent::web::bridge
