// SPDX-License-Identifier: MIT
// Catalogs and status as JSON and CSV, see status_json.h.
#include "engine/script/status_json.h"

#include <cmath>
#include <utility>

#include "engine/data/catalog.h"
#include "engine/io/csv.h"
#include "engine/io/json.h"
#include "engine/nn/spec.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/schedule.h"
#include "engine/race/runner_names.h"
#include "engine/script/config_fields.h"
#include "engine/script/curves_json.h"
#include "engine/script/runner_fields.h"
#include "engine/script/surface_fields.h"
#include "engine/script/training_json.h"
#include "engine/words/run_words.h"

namespace descent::script {
namespace {

using io::JsonValue;

JsonValue point_json(double x, double y) {
  return JsonValue::array({x, y});
}

JsonValue minima_json(const surfaces::CatalogEntry& entry) {
  JsonValue list = JsonValue::array();
  const auto surface = entry.make(core::default_values(entry.info->parameters));
  for (const surfaces::Minimum& minimum : surface->minima())
    list.push_back(
        JsonValue::object({{"point", point_json(minimum.point[0], minimum.point[1])}, {"value", minimum.value}}));
  return list;
}

std::string_view needs_name(optim::Needs needs) {
  switch (needs) {
    case optim::Needs::gradient:
      return "gradient";
    case optim::Needs::objective:
      return "objective";
    case optim::Needs::hessian:
      return "hessian";
  }
  return "";
}

JsonValue diagnosis_json(const race::Diagnosis& diagnosis) {
  if (diagnosis.kind == race::DiagnosisKind::none) return {};
  JsonValue item = JsonValue::object({{"kind", to_string(diagnosis.kind)},
                                      {"since_step", diagnosis.since_step},
                                      {"sentence", words::statement(diagnosis).text()},
                                      {"minimum", JsonValue()},
                                      {"advice", JsonValue()}});
  if (diagnosis.around.known)
    item.set("minimum",
             JsonValue::object({{"above", diagnosis.around.above}, {"above_best", diagnosis.around.above_best}}));
  if (!diagnosis.offers()) return item;
  const surfaces::Point& push = diagnosis.proposed_push;
  item.set("advice", JsonValue::object({{"step", diagnosis.proposed_step},
                                        {"learning_rate", diagnosis.proposed_learning_rate},
                                        {"push", diagnosis.offers_push() ? point_json(push[0], push[1]) : JsonValue()},
                                        {"trial_steps", diagnosis.trial_steps},
                                        {"trial_loss", diagnosis.trial_loss}}));
  return item;
}

JsonValue finish_json(const race::FinishLine& finish) {
  if (!finish.known()) return {};
  return JsonValue::object({{"lowest", finish.lowest}, {"tolerance", finish.tolerance}});
}

JsonValue changes_json(const race::RunnerSnapshot& runner, std::span<const core::ParamSpec> specs) {
  JsonValue list = JsonValue::array();
  for (const race::SettingsChange& change : runner.changes)
    list.push_back(JsonValue::object({{"step", change.step},
                                      {"hyperparameters", named_numbers(specs, change.hyperparameters)},
                                      {"schedule", change.schedule}}));
  return list;
}

JsonValue stability_json(const optim::StabilityBound& bound) {
  if (!bound.known) return {};
  JsonValue item = JsonValue::object({{"learning_rate", bound.learning_rate},
                                      {"formula", bound.formula},
                                      {"preconditioner", bound.preconditioner},
                                      {"reference", bound.reference},
                                      {"approximate", bound.approximate},
                                      {"optimum", JsonValue()}});
  const optim::QuadraticOptimum& best = bound.optimum;
  if (best.known)
    item.set("optimum", JsonValue::object({{"learning_rate", best.learning_rate},
                                           {"momentum", best.momentum < 0 ? JsonValue() : JsonValue(best.momentum)},
                                           {"factor", best.factor},
                                           {"formula", best.formula},
                                           {"reference", best.reference}}));
  return item;
}

JsonValue runner_json(const race::RaceSnapshot& snapshot, std::size_t index) {
  const race::RunnerSnapshot& runner = snapshot.runners[index];
  JsonValue item = runner_to_json(runner.config);
  item.set("status", to_string(runner.status));
  item.set("reason", words::statement(runner.end).text());
  item.set("note", runner.note.text());
  item.set("step", static_cast<std::int64_t>(runner.losses.size()) - 1);
  item.set("recorded", static_cast<std::int64_t>(runner.losses.size() + runner.later_losses.size()) - 1);
  if (runner.points.size() >= 2)
    item.set("point", point_json(runner.points[runner.points.size() - 2], runner.points.back()));
  if (!runner.losses.empty()) item.set("loss", runner.losses.back());
  item.set("gradient_norm", std::hypot(runner.head.gradient[0], runner.head.gradient[1]));
  item.set("gradient_evaluations", runner.gradient_evaluations);
  item.set("eigenvalues", point_json(runner.head.eigenvalues[0], runner.head.eigenvalues[1]));
  item.set("kind", surfaces::to_string(runner.kind));
  item.set("stable_learning_rate", runner.stable_learning_rate);
  item.set("stability", stability_json(runner.stability));
  item.set("learning_rate", runner.learning_rate);
  if (const optim::CatalogEntry* entry = optim::find_optimizer(runner.config.optimizer))
    item.set("changes", changes_json(runner, entry->info->parameters));
  item.set("diagnosis", diagnosis_json(runner.diagnosis));
  item.set("arrived", runner.arrival.arrived() ? JsonValue(runner.arrival.step) : JsonValue());
  item.set("place", runner.place);
  item.set("title", race::runner_name(snapshot, index).full());
  return item;
}

JsonValue metrics_json(const training::Metrics& metrics) {
  if (!metrics.known) return JsonValue::object({{"loss", JsonValue()}, {"accuracy", JsonValue()}});
  return JsonValue::object({{"loss", metrics.loss}, {"accuracy", metrics.accuracy}});
}

JsonValue labels_json(const std::vector<std::int32_t>& labels) {
  JsonValue list = JsonValue::array();
  for (const std::int32_t label : labels) list.push_back(label);
  return list;
}

JsonValue earlier_json(const std::optional<training::EarlierRun>& earlier) {
  if (!earlier) return {};
  return JsonValue::object({{"dataset", earlier->dataset}, {"outputs", earlier->outputs}, {"step", earlier->step}});
}

}  // namespace

std::string surfaces_json() {
  JsonValue list = JsonValue::array();
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const surfaces::SurfaceInfo& info = *entry.info;
    list.push_back(JsonValue::object(
        {{"name", info.name},
         {"title", info.title},
         {"formula", info.formula},
         {"expression", info.expression},
         {"reference", info.reference},
         {"lesson", info.lesson},
         {"kinks", info.kinks},
         {"domain", JsonValue::array({info.domain.x0, info.domain.x1, info.domain.y0, info.domain.y1})},
         {"start", point_json(info.start[0], info.start[1])},
         {"minima", minima_json(entry)},
         {"parameters", specs_json(info.parameters)}}));
  }
  return io::write_json(list);
}

std::string optimizers_json() {
  JsonValue list = JsonValue::array();
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const optim::OptimizerInfo& info = *entry.info;
    list.push_back(JsonValue::object({{"name", info.name},
                                      {"title", info.title},
                                      {"formula", info.formula},
                                      {"reference", info.reference},
                                      {"summary", info.summary},
                                      {"needs", needs_name(info.needs)},
                                      {"parameters", specs_json(info.parameters)}}));
  }
  return io::write_json(list);
}

std::string schedules_json() {
  JsonValue list = JsonValue::array();
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    const optim::ScheduleInfo& info = entry.info;
    list.push_back(JsonValue::object({{"name", info.name},
                                      {"title", info.title},
                                      {"formula", info.formula},
                                      {"reference", info.reference},
                                      {"summary", info.summary},
                                      {"parameters", specs_json(info.parameters)}}));
  }
  return io::write_json(list);
}

std::string layers_json() {
  JsonValue list = JsonValue::array();
  for (const nn::LayerInfo* info : nn::layer_catalog())
    list.push_back(JsonValue::object({{"name", info->name},
                                      {"title", info->title},
                                      {"formula", info->formula},
                                      {"doc", info->doc},
                                      {"parameters", specs_json(info->parameters)}}));
  return io::write_json(list);
}

std::string datasets_json() {
  JsonValue list = JsonValue::array();
  for (const data::DatasetInfo& info : data::catalog())
    list.push_back(
        JsonValue::object({{"name", info.name}, {"title", info.title}, {"generated", info.generate != nullptr}}));
  return io::write_json(list);
}

std::string race_status_json(const race::RaceSnapshot& snapshot) {
  JsonValue runners = JsonValue::array();
  for (std::size_t i = 0; i < snapshot.runners.size(); ++i) runners.push_back(runner_json(snapshot, i));
  JsonValue value = JsonValue::object({{"playing", snapshot.playing}, {"step", snapshot.step}});
  value.set("recorded", snapshot.recorded);
  if (snapshot.surface_info != nullptr) write_surface(value, snapshot.config.surface_choice(), *snapshot.surface_info);
  value.set("start", point_json(snapshot.config.start[0], snapshot.config.start[1]));
  value.set("seed", snapshot.config.seed);
  value.set("noise", snapshot.config.noise);
  value.set("schedule_steps", snapshot.config.schedule_steps);
  value.set("budget", snapshot.config.budget);
  value.set("steps_per_second", snapshot.config.steps_per_second);
  value.set("freeze", snapshot.config.freeze);
  value.set("finish", finish_json(snapshot.finish));
  value.set("bottomless", snapshot.finish.bottomless);
  value.set("first", snapshot.first < 0 ? JsonValue() : JsonValue(snapshot.first));
  value.set("over", snapshot.over);
  value.set("optimizers", std::move(runners));
  value.set("tuning", snapshot.tuning.rates.empty() ? JsonValue() : tuning_to_json(snapshot.tuning));
  value.set("message", snapshot.message);
  return io::write_json(value);
}

std::string network_status_json(const training::TrainerSnapshot& snapshot) {
  JsonValue value = JsonValue::object({{"state", to_string(snapshot.state)}, {"dataset", snapshot.dataset}});
  value.set("train_count", snapshot.train_count);
  value.set("test_count", snapshot.test_count);
  value.set("class_labels", labels_json(snapshot.class_labels));
  value.set("transposed", snapshot.layout == data::Layout::transposed);
  value.set("earlier", earlier_json(snapshot.earlier));
  value.set("epoch", snapshot.epoch);
  value.set("step", snapshot.step);
  value.set("steps_per_epoch", snapshot.steps_per_epoch);
  value.set("target_step", snapshot.target_step);
  value.set("learning_rate", snapshot.learning_rate);
  value.set("images_per_second", snapshot.images_per_second);
  value.set("seconds", snapshot.seconds);
  value.set("seconds_left", snapshot.seconds_left);
  value.set("train", metrics_json(snapshot.train));
  value.set("test", metrics_json(snapshot.test));
  value.set("history",
            history_json(snapshot.train_curve, snapshot.test_curve, snapshot.curve_changes, snapshot.config.optimizer));
  value.set("threads", snapshot.threads);
  value.set("parameter_count", snapshot.parameter_count);
  value.set("memory_bytes", snapshot.memory_bytes);
  value.set("message", snapshot.message);
  value.set("diagnosis", training_diagnosis_json(snapshot));
  value.set("rates", rate_range_json(snapshot.rates));
  return io::write_json(value);
}

std::string race_csv(const race::RaceSnapshot& snapshot) {
  io::CsvWriter csv{"slot", "optimizer", "step", "x", "y", "loss", "run"};
  for (std::size_t i = 0; i < snapshot.runners.size(); ++i) {
    const race::RunnerSnapshot& runner = snapshot.runners[i];
    const std::string name = race::runner_name(snapshot, i).full();
    for (std::size_t k = 0; k < runner.losses.size(); ++k)
      csv.add(static_cast<double>(runner.config.slot))
          .add(std::string_view(runner.config.optimizer))
          .add(static_cast<double>(k))
          .add(runner.points[2 * k])
          .add(runner.points[2 * k + 1])
          .add(runner.losses[k])
          .add(std::string_view(name));
  }
  return csv.text();
}

}  // namespace descent::script
