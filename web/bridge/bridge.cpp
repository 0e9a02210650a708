// SPDX-License-Identifier: MIT
// The bridge has the two functions JavaScript calls (descent_call, descent_query), the look-up of their methods, and
// what panels and the app may ask for.
#include "web/bridge/bridge.h"

#include <emscripten.h>

#include <memory>
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "engine/script/config_json.h"
#include "web/bridge/call.h"
#include "web/bridge/hooks.h"
#include "web/browser/browser.h"
#include "web/browser/main_thread.h"
#include "web/state/redraw.h"

namespace descent::web::bridge {
namespace {

// The one page there is; JavaScript's calls carry no pointer to it.
std::unique_ptr<Context> page;
bool first_frame_drawn = false;

template <class Entry>
const Entry* find(std::span<const Entry> entries, std::string_view name) {
  for (const Entry& entry : entries)
    if (entry.name == name) return &entry;
  return nullptr;
}

const Method* find_method(std::string_view name) {
  for (const auto methods : {surface_methods(), race_methods(), survey_methods(), sampler_methods(), network_methods(),
                             run_methods(), inspect_methods(), state_methods(), page_methods(), keep_methods()})
    if (const Method* method = find(methods, name)) return method;
  return nullptr;
}

const Query* find_query(std::string_view name) {
  for (const auto queries : {surface_queries(), sampler_queries(), state_queries(), page_queries(), keep_queries()})
    if (const Query* query = find(queries, name)) return query;
  return nullptr;
}

// The refusal is {message, column}, with the column only where a text was refused.
std::string refusal_json(const core::Error& error) {
  io::JsonValue value = io::JsonValue::object({{"message", error.message}});
  if (error.column > 0) value.set("column", error.column);
  return io::write_json(value);
}

core::Error unknown(std::string_view name) {
  return core::Error{core::fill("there is no call '{}' in this program", name)};
}

void run_call(int id, std::uint8_t* block) {
  auto message = std::make_shared<const Message>(block);
  const Method* method = find_method(message->method());
  if (method == nullptr) return settle(id, unknown(message->method()));
  auto arguments = io::parse_json(message->arguments(), message->method());
  if (!arguments.ok()) return settle(id, arguments.error());
  method->run(*page, {id, message, std::make_shared<const io::JsonValue>(std::move(arguments).value())});
}

QueryAnswer run_query(std::uint8_t* block) {
  const Message message(block);
  const Query* query = find_query(message.method());
  if (query == nullptr) return unknown(message.method());
  auto arguments = io::parse_json(message.arguments(), message.method());
  if (!arguments.ok()) return arguments.error();
  return query->answer(*page, *arguments);
}

}  // namespace

void settle(int id, Outcome outcome) {
  const bool ok = outcome.ok();
  auto text = std::make_shared<const std::string>(ok ? outcome->json : refusal_json(outcome.error()));
  auto bytes = std::make_shared<std::vector<std::uint8_t>>();
  if (ok) *bytes = std::move(outcome->bytes);
  post_to_main([id, ok, text, bytes] { hook_reply(id, ok, *text, *bytes); });
}

Outcome outcome_of(const core::Status& status) {
  if (!status.ok()) return status.error();
  return Answer{};
}

core::Error named(const Call& call, std::string_view sentence) {
  return core::Error{std::string(call.message->method()).append(": ").append(sentence)};
}

template <class Core>
void run_on(parallel::Worker<Core>& worker, int id, std::function<Outcome(Core&)> work) {
  worker.post([&worker, id, work = std::move(work)](Core& core) {
    auto outcome = std::make_shared<Outcome>(work(core));
    worker.post([id, outcome](Core&) { settle(id, std::move(*outcome)); });
  });
}
template void run_on(parallel::Worker<race::Race>&, int, std::function<Outcome(race::Race&)>);
template void run_on(parallel::Worker<training::Trainer>&, int, std::function<Outcome(training::Trainer&)>);
template void run_on(parallel::Worker<sampling::Sampler>&, int, std::function<Outcome(sampling::Sampler&)>);

void work_on_trainer(Context& context, const Call& call, Work<training::Trainer> work) {
  run_on<training::Trainer>(context.host.trainer(), call.id,
                            [call, work](training::Trainer& trainer) { return work(trainer, call); });
}

void work_on_race(Context& context, const Call& call, Work<race::Race> work) {
  run_on<race::Race>(context.host.race(), call.id, [call, work](race::Race& race) { return work(race, call); });
}

void follow_trainings(Context& context) {
  auto& worker = context.host.trainer();
  worker.post([&worker, waiting = context.waiting](training::Trainer& trainer) {
    waiting->calls.clear();
    trainer.set_on_stop([&worker, waiting](const training::Trainer&) {
      // Settled a round later, when the snapshot shows the end.
      worker.post([calls = std::exchange(waiting->calls, {})](training::Trainer&) {
        for (const int id : calls) settle(id, Answer{});
      });
    });
  });
}

void attach(Host& host, UiState& ui, FrameStats& frames, PageActions actions, std::vector<std::string> figure_tabs) {
  page = std::make_unique<Context>(Context{host, ui, frames, std::move(actions), std::move(figure_tabs), {}, {}});
  install_hooks();
  follow_trainings(*page);
}

bool awaits_link() {
  return !first_frame_drawn && hook_awaits_link();
}

void frame_drawn() {
  if (!std::exchange(first_frame_drawn, true)) hook_first_frame();
}

void request_files(FileRequest request) {
  constexpr const char* kNames[] = {"pick_dataset", "pick_weights", "pick_picture"};
  hook_request(kNames[static_cast<int>(request)]);
}

void save_weights() {
  page->host.trainer().post([](training::Trainer& trainer) {
    auto bytes = std::make_shared<std::vector<std::uint8_t>>(script::weights_file(trainer));
    post_to_main([bytes] { browser::download("descent-weights.safetensors", *bytes, "application/octet-stream"); });
  });
}

void expect_dataset() {
  hook_request("expect_dataset");
}

void ask_page(std::string_view request) {
  hook_request(std::string(request).c_str());
}

void ensure_dataset() {
  hook_request("ensure_dataset");
}

void copy_share_link() {
  hook_request("share");
}

void open_scene(std::string_view name) {
  hook_request(("scene:" + std::string(name)).c_str());
}

void save_picture(std::string_view of) {
  hook_request(("picture:" + std::string(of)).c_str());
}

std::optional<PictureRequest>& picture_request() {
  return page->picture;
}

bool pictured(std::string_view of, const UiState& ui) {
  return of == kSurfacePicture || ui.strip.tab == of;
}

void refuse_picture(const std::string& why) {
  const std::optional<PictureRequest> refused = std::exchange(page->picture, std::nullopt);
  if (refused) settle(refused->id, core::Error{core::fill("picture: {}", why)});
}

const DatasetProgress& dataset_progress() {
  return page->progress;
}

}  // namespace descent::web::bridge

extern "C" {

// The call takes over `block`; its answer comes through hook_reply.
EMSCRIPTEN_KEEPALIVE void descent_call(int id, std::uint8_t* block) {
  descent::web::bridge::run_call(id, block);
  descent::web::request_redraw();
}

// The query takes over `block`. Its answer, {"value": …} or {"error": sentence}, stays until the next query.
EMSCRIPTEN_KEEPALIVE const char* descent_query(std::uint8_t* block) {
  static std::string text;
  const auto answer = descent::web::bridge::run_query(block);
  text = answer.ok() ? "{\"value\":" + *answer + "}"
                     : descent::io::write_json(descent::io::JsonValue::object({{"error", answer.message()}}));
  return text.c_str();
}
}
