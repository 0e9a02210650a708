// SPDX-License-Identifier: MIT
// The calls about the page itself are descent.info(), ui, status queries, and what the page's JavaScript tells the
// program (toasts, progress of a data set).
#include <emscripten.h>
#include <emscripten/heap.h>
#include <unistd.h>

#include "build_info.h"
#include "engine/core/file_kind.h"
#include "engine/core/fill.h"
#include "engine/data/picture_digit.h"
#include "engine/io/json_reader.h"
#include "engine/parallel/thread_pool.h"
#include "engine/script/runs_json.h"
#include "engine/script/status_json.h"
#include "web/bridge/call.h"
#include "web/browser/browser.h"
#include "web/browser/main_thread.h"
#include "web/state/redraw.h"
#include "web/state/toast.h"
#include "web/widgets/ui_items.h"

namespace descent::web::bridge {
namespace {

using io::JsonValue;

// The end of what the allocator has ever taken; what is free in between counts as used.
std::size_t memory_used() {
  return reinterpret_cast<std::size_t>(sbrk(0));
}

QueryAnswer info(Context&, const JsonValue&) {
  const std::string emscripten =
      core::fill("{}.{}.{}", __EMSCRIPTEN_major__, __EMSCRIPTEN_minor__, __EMSCRIPTEN_tiny__);
  return io::write_json(JsonValue::object({{"version", kVersion},
                                           {"build", kBuild},
                                           {"threads", parallel::hardware_threads()},
                                           {"memory_bytes", static_cast<std::int64_t>(emscripten_get_heap_size())},
                                           {"memory_used", static_cast<std::int64_t>(memory_used())},
                                           {"emscripten", emscripten}}));
}

JsonValue item_json(const UiItem& item) {
  const double pixels = browser::magnification();  // of CSS, in a point
  JsonValue value = JsonValue::object({{"label", item.label},
                                       {"role", item.role},
                                       {"x", pixels * item.x},
                                       {"y", pixels * item.y},
                                       {"width", pixels * item.width},
                                       {"height", pixels * item.height},
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
                                           {"drawn", report.drawn},
                                           {"p50_ms", report.p50_ms},
                                           {"p95_ms", report.p95_ms},
                                           {"max_ms", report.max_ms},
                                           {"work_p50_ms", report.work_p50_ms},
                                           {"work_p95_ms", report.work_p95_ms},
                                           {"work_max_ms", report.work_max_ms}}));
}

QueryAnswer race_status(Context& context, const JsonValue&) {
  return script::race_status_json(context.host.race().snapshot());
}

QueryAnswer network_status(Context& context, const JsonValue&) {
  return script::network_status_json(context.host.trainer().snapshot());
}

QueryAnswer network_checkpoints(Context& context, const JsonValue&) {
  return script::checkpoints_json(context.host.trainer().snapshot());
}

QueryAnswer network_runs(Context& context, const JsonValue&) {
  return script::runs_json(context.host.trainer().snapshot());
}

QueryAnswer toast(Context&, const JsonValue& arguments) {
  Toast toast;
  io::JsonReader reader(arguments, "toast");
  reader.read("text", toast.text);
  reader.read("error", toast.is_error);
  reader.read("action", toast.action);
  reader.read("request", toast.request);
  if (!reader.status().ok()) return reader.status().error();
  web::toast(std::move(toast));
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

// The call is answered by the picture itself, see web/app/png_export.h.
void picture(Context& context, const Call& call) {
  double scale = 2;
  io::JsonReader reader(*call.arguments, "picture");
  std::vector<std::string_view> names{kSurfacePicture};
  names.insert(names.end(), context.figure_tabs.begin(), context.figure_tabs.end());
  int of = 0;
  reader.read("scale", scale, 0.5, 4);
  reader.read_choice("of", of, names);
  reader.refuse_others();
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  if (context.ui.workspace != kSurfacesWorkspace)
    return settle(call.id, core::Error{"picture: there is one of the Surfaces workspace only; open it first"});
  if (context.picture) return settle(call.id, core::Error{"picture: another one is being made"});
  const std::string name(names[static_cast<std::size_t>(of)]);
  if (!pictured(name, context.ui))
    return settle(call.id, core::Error{core::fill("picture: the tab '{}' is not open; open it first", name)});
  context.picture = PictureRequest{call.id, static_cast<float>(scale), name};
}

// The page begins anew on its main thread, between two frames.
void begin_anew(Context& context, int id) {
  context.picture.reset();
  context.progress = {};
  context.actions.start_over();
  follow_trainings(context);
  // Answered when the snapshots of both show their new configurations.
  context.host.race().post([&context, id](race::Race&) {
    context.host.race().post([&context, id](race::Race&) {
      run_on<training::Trainer>(context.host.trainer(), id, [](training::Trainer&) -> Outcome { return Answer{}; });
    });
  });
}

// Commands that are on their way to the trainer or, through it, to the page (files being read, a state being applied)
// arrive first, so that nothing of them comes after.
void start_over(Context& context, const Call& call) {
  context.host.jobs().post([&context, id = call.id](parallel::Jobs&) {
    // A state that is applied takes two of its commands, one after the other (state_calls.cpp).
    context.host.trainer().post([&context, id](training::Trainer&) {
      context.host.trainer().post(
          [&context, id](training::Trainer&) { post_to_main([&context, id] { begin_anew(context, id); }); });
    });
  });
}

QueryAnswer waits_for(Context& context, const JsonValue&) {
  std::string_view reason = context.actions.waits_for();
  if (context.progress.active) reason = "a data set that is on its way";
  if (context.picture) reason = "a picture that is being made";
  return io::write_json(JsonValue(reason));
}

// file_kind() tells from {name} and the first bytes of a file what it is, as a text, empty when nothing tells.
void file_kind(Context&, const Call& call) {
  std::string name;
  io::JsonReader reader(*call.arguments, "file_kind");
  reader.read("name", name);
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  settle(call.id, Answer{.json = io::write_json(core::file_kind(call.message->buffer(0), name))});
}

// A picture's pixels become the digit that is looked at.
void digit_picture(Context& context, const Call& call) {
  int width = 0, height = 0;
  io::JsonReader reader(*call.arguments, "digit_picture");
  reader.read("width", width, 1, 4096);
  reader.read("height", height, 1, 4096);
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  const auto digit = data::picture_digit(call.message->buffer(0), height, width);
  if (!digit.ok()) return settle(call.id, digit.error());
  context.ui.lens.digit = {
      .test_index = context.ui.lens.digit.test_index, .image = data::to_bytes(digit->image), .from_picture = true};
  context.ui.workspace = kNetworkWorkspace;
  request_redraw();
  settle(call.id,
         Answer{.json = io::write_json(JsonValue::object({{"kept", digit->kept}, {"inverted", digit->inverted}}))});
}

constexpr Method kMethods[] = {
    {"digit_picture", digit_picture},
    {"file_kind", file_kind},
    {"picture", picture},
    {"start_over", start_over},
    {"nothing", [](Context&, const Call& call) { settle(call.id, Answer{}); }},
};

constexpr Query kQueries[] = {
    {"info", info},
    {"items", items},
    {"frames", frames},
    {"waits_for", waits_for},
    {"race_status", race_status},
    {"network_status", network_status},
    {"network_checkpoints", network_checkpoints},
    {"network_runs", network_runs},
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
