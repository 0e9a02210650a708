// SPDX-License-Identifier: MIT
// The page itself: descent.info(), ui, status queries, state() and apply(), and what the page's JavaScript tells the
// program (toasts, progress of a data set).
#include <emscripten.h>

#include "build_info.h"
#include "engine/io/json_reader.h"
#include "engine/parallel/thread_pool.h"
#include "engine/train/status_json.h"
#include "web/bridge/call.h"
#include "web/bridge/state_json.h"
#include "web/main_thread.h"
#include "web/panels/surfaces_defaults.h"
#include "web/redraw.h"
#include "web/ui_items.h"
#include "web/widgets/toast.h"

namespace descent::web::bridge {
namespace {

using io::JsonValue;

QueryAnswer info(Context&, const JsonValue&) {
  const std::string emscripten = std::to_string(__EMSCRIPTEN_major__) + "." + std::to_string(__EMSCRIPTEN_minor__) +
                                 "." + std::to_string(__EMSCRIPTEN_tiny__);
  return io::write_json(JsonValue::object({{"version", kVersion},
                                           {"build", kBuild},
                                           {"threads", parallel::hardware_threads()},
                                           {"emscripten", emscripten}}));
}

JsonValue item_json(const UiItem& item) {
  JsonValue value = JsonValue::object({{"label", item.label},
                                       {"role", item.role},
                                       {"x", static_cast<double>(item.x)},
                                       {"y", static_cast<double>(item.y)},
                                       {"width", static_cast<double>(item.width)},
                                       {"height", static_cast<double>(item.height)},
                                       {"enabled", item.enabled}});
  if (item.value) value.append("value", *item.value);
  if (item.text) value.append("text", *item.text);
  return value;
}

QueryAnswer items(Context&, const JsonValue&) {
  JsonValue list = JsonValue::array();
  for (const UiItem& item : ui_items()) list.push_back(item_json(item));
  return io::write_json(list);
}

QueryAnswer frames(Context& context, const JsonValue&) {
  const FrameReport report = context.frames.take();
  return io::write_json(JsonValue::object({{"count", report.count},
                                           {"p50_ms", report.p50_ms},
                                           {"p95_ms", report.p95_ms},
                                           {"max_ms", report.max_ms},
                                           {"work_p50_ms", report.work_p50_ms},
                                           {"work_p95_ms", report.work_p95_ms},
                                           {"work_max_ms", report.work_max_ms}}));
}

// The newest accepted configurations are the engine's; the rest is the interface's.
SharedState present_state(Context& context) {
  SharedState state = shared_part(context.ui);
  state.race = context.host.race().snapshot().config;
  // Another surface by script: the picture turns to it with the next frame.
  if (!same_domain(state.race, context.ui.race)) turn_to_surface(state.camera, state.race);
  const train::TrainerSnapshot& trainer = context.host.trainer().snapshot();
  state.trainer = trainer.config;
  if (trainer.dataset == "MNIST") state.dataset = "mnist";
  if (trainer.dataset == "procedural digits") state.dataset = "procedural digits";
  return state;
}

QueryAnswer state(Context& context, const JsonValue&) {
  return state_json(present_state(context));
}

QueryAnswer race_status(Context& context, const JsonValue&) {
  return train::race_status_json(context.host.race().snapshot());
}

QueryAnswer network_status(Context& context, const JsonValue&) {
  return train::network_status_json(context.host.trainer().snapshot());
}

QueryAnswer toast(Context&, const JsonValue& arguments) {
  std::string text;
  bool error = false;
  io::JsonReader reader(arguments, "toast");
  reader.read("text", text);
  reader.read("error", error);
  if (!reader.status().ok()) return reader.status().error();
  widgets::toast(text, error);
  request_redraw();
  return std::string("null");
}

QueryAnswer dataset_progress(Context& context, const JsonValue& arguments) {
  DatasetProgress progress;
  io::JsonReader reader(arguments, "dataset_progress");
  reader.read("active", progress.active);
  reader.read("fraction", progress.fraction, 0, 1);
  reader.read("text", progress.text);
  if (!reader.status().ok()) return reader.status().error();
  context.progress = progress;
  request_redraw();
  return std::string("null");
}

// All or nothing: a copy of the race tries its part, then the trainer takes its own or refuses; only then does anything
// else change.
void show_and_race(Context& context, int id, const SharedState& wanted) {
  show(wanted, context.ui);
  run_on<train::Race>(context.host.race(), id, [race = wanted.race](train::Race& core) -> Outcome {
    return core.config() == race ? Outcome(Answer{}) : outcome_of(core.configure(race));
  });
}

void apply(Context& context, const Call& call) {
  const JsonValue* value = call.arguments->find("state");
  if (value == nullptr) return settle(call.id, core::Error{"apply: state is missing"});
  auto read = read_state(*value, present_state(context));
  if (!read.ok()) return settle(call.id, read.error());
  auto wanted = std::make_shared<const SharedState>(std::move(read).value());
  context.host.jobs().post([&context, id = call.id, wanted](train::Jobs&) {
    train::Race probe;
    if (core::Status raced = probe.configure(wanted->race); !raced.ok())
      return settle(id, core::Error{"race: " + raced.message()});
    context.host.trainer().post([&context, id, wanted](train::Trainer& trainer) {
      if (core::Status trained = trainer.configure(wanted->trainer); !trained.ok())
        return settle(id, core::Error{"network: " + trained.message()});
      post_to_main([&context, id, wanted] { show_and_race(context, id, *wanted); });
    });
  });
}

// Answered by the picture itself, see web/picture.h.
void picture(Context& context, const Call& call) {
  double scale = 2;
  io::JsonReader reader(*call.arguments, "picture");
  reader.read("scale", scale, 0.5, 4);
  reader.refuse_others();
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  if (context.ui.workspace != Workspace::surfaces)
    return settle(call.id, core::Error{"picture: there is one of the Surfaces workspace only; open it first"});
  if (context.picture) return settle(call.id, core::Error{"picture: another one is being made"});
  context.picture = PictureRequest{call.id, static_cast<float>(scale)};
}

constexpr Method kMethods[] = {
    {"picture", picture},
    {"apply", apply},
    {"nothing", [](Context&, const Call& call) { settle(call.id, Answer{}); }},
};

constexpr Query kQueries[] = {
    {"info", info},
    {"items", items},
    {"frames", frames},
    {"state", state},
    {"race_status", race_status},
    {"network_status", network_status},
    {"toast", toast},
    {"dataset_progress", dataset_progress},
};

}  // namespace

std::span<const Method> page_methods() {
  return kMethods;
}
std::span<const Query> page_queries() {
  return kQueries;
}

}  // namespace descent::web::bridge
