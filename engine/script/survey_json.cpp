// SPDX-License-Identifier: MIT
#include "engine/script/survey_json.h"

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "engine/core/fill.h"
#include "engine/script/config_fields.h"
#include "engine/script/runner_fields.h"
#include "engine/script/surface_fields.h"

namespace descent::script {
namespace {

using io::JsonReader;
using io::JsonValue;

// Reads the surface, and the start that belongs to it when none is given. nullptr when the surface cannot be made.
std::unique_ptr<surfaces::Surface> read_place(JsonReader& reader, const race::RaceConfig& present,
                                              surfaces::SurfaceChoice& choice, surfaces::Point& start) {
  choice = present.surface_choice();
  auto surface = read_surface(reader, choice);
  start = present.start;
  if (surface != nullptr && !(choice == present.surface_choice())) start = surface->info().start;
  read_point(reader, "start", start);
  return surface;
}

template <class Config>
void read_length(JsonReader& reader, Config& config, std::int64_t most) {
  reader.read("steps", config.steps, std::int64_t{1}, most);
  reader.read("schedule_steps", config.schedule_steps, std::int64_t{1}, race::kMaxDescentSteps);
  read_noise(reader, config.seed, config.noise);
}

// The one optimizer of a map.
void read_single(JsonReader& reader, race::RunnerConfig& runner) {
  runner = race::RunnerConfig{{}, ""};
  reader.require({"optimizer"});
  read_optimizer(reader, runner.optimizer, runner.hyperparameters);
  read_schedule(reader, runner.schedule, runner.schedule_parameters);
}

void read_rates(JsonReader& reader, survey::RateSweepConfig& config) {
  std::array<double, 3> rates{config.rate_min, config.rate_max, static_cast<double>(config.count)};
  if (!reader.read_numbers("rates", rates)) return;
  config.rate_min = rates[0];
  config.rate_max = rates[1];
  if (!(rates[2] >= 2 && rates[2] <= survey::kMaxSweepRates && rates[2] == static_cast<int>(rates[2])))
    return reader.fail("rates", core::fill("must be [smallest, largest, count] with a whole count between 2 and {}",
                                           survey::kMaxSweepRates));
  config.count = static_cast<int>(rates[2]);
}

void read_axis(JsonReader& reader, std::string_view name, const optim::OptimizerInfo& optimizer,
               const surfaces::SurfaceInfo& surface, survey::HeatMapAxis& axis) {
  JsonReader fields = reader.object(name);
  fields.require({"name"});
  if (!fields.read("name", axis.name)) return;
  const auto known = survey::find_axis(optimizer, surface, axis.name);
  if (!known.ok()) return reader.refuse(core::Error{core::fill("{}: {}", name, known.message())});
  axis = survey::default_axis(*known);
  fields.read("min", axis.min, known->spec.minimum, known->spec.maximum);
  fields.read("max", axis.max, known->spec.minimum, known->spec.maximum);
  fields.read("count", axis.count, 2, survey::kMaxHeatMapCells);
  fields.read("log", axis.log);
  fields.refuse_others();
}

JsonValue curve_json(const survey::RateCurve& curve, const std::vector<double>& rates, AnswerBlocks& blocks) {
  JsonValue item = runner_to_json(curve.config);
  JsonValue best;
  if (curve.best >= 0) {
    const auto index = static_cast<std::size_t>(curve.best);
    best = JsonValue::object({{"learning_rate", rates[index]}, {"loss", curve.losses[index]}, {"index", curve.best}});
  }
  std::int64_t evaluations = 0;
  for (const std::int64_t count : curve.evaluations) evaluations += count;
  item.set("best", std::move(best));
  item.set("stable_at_start", curve.stable_at_start);
  item.set("stable_at_best", curve.stable_at_best);
  item.set("stability_formula", curve.stability_formula);
  item.set("gradient_evaluations", evaluations);
  item.set("losses", blocks.add(curve.losses));
  item.set("steps", blocks.add(curve.steps_to));
  item.set("status", blocks.add(curve.ends));
  return item;
}

JsonValue axis_json(const survey::HeatMapAxis& axis, JsonValue values) {
  return JsonValue::object({{"name", axis.name},
                            {"min", axis.min},
                            {"max", axis.max},
                            {"count", axis.count},
                            {"log", axis.log},
                            {"values", std::move(values)}});
}

// A basin map's `domain` is the rectangle of its starts; only a formula's surface has one of its own.
JsonValue without_domain(const JsonValue& value) {
  if (!value.is_object() || value.find("domain") == nullptr) return value;
  JsonValue rest = JsonValue::object();
  for (const JsonValue::Member& member : value.members())
    if (member.name != "domain") rest.append(member.name, member.value);
  return rest;
}

template <class Config>
core::Result<Config> finished(const JsonReader& reader, Config config) {
  if (!reader.status().ok()) return reader.status().error();
  return config;
}

}  // namespace

core::Result<survey::RateSweepConfig> sweep_request_from(const JsonValue& value, const race::RaceConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  survey::RateSweepConfig config;
  JsonReader reader(value, "sweep");
  read_place(reader, present, config.surface, config.start);
  config.runners = present.runners;
  read_runners(reader, config.runners);
  read_rates(reader, config);
  read_length(reader, config, survey::kMaxSweepSteps);
  reader.read("tolerance", config.tolerance, 1e-300, 1e300);
  reader.read("budget", config.budget, std::int64_t{1}, race::kMaxBudget);
  reader.refuse_others();
  return finished(reader, std::move(config));
}

core::Result<survey::HeatMapConfig> heat_map_request_from(const JsonValue& value, const race::RaceConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  survey::HeatMapConfig config;
  JsonReader reader(value, "heatmap");
  const auto surface = read_place(reader, present, config.surface, config.start);
  read_single(reader, config.runner);
  reader.require({"x", "y"});
  const optim::CatalogEntry* optimizer = optim::find_optimizer(config.runner.optimizer);
  if (surface != nullptr && optimizer != nullptr) {
    read_axis(reader, "x", *optimizer->info, surface->info(), config.x);
    read_axis(reader, "y", *optimizer->info, surface->info(), config.y);
  }
  read_length(reader, config, survey::kMaxSweepSteps);
  reader.read("budget", config.budget, std::int64_t{1}, race::kMaxBudget);
  reader.refuse_others();
  return finished(reader, std::move(config));
}

core::Result<survey::BasinConfig> basin_request_from(const JsonValue& value, const race::RaceConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  survey::BasinConfig config;
  JsonReader whole(value, "basins");
  const JsonValue rest = without_domain(value);
  JsonReader reader(whole.has("expression") ? value : rest, "basins");
  config.surface = present.surface_choice();
  const auto surface = read_surface(reader, config.surface);
  if (surface != nullptr) config.domain = surface->info().domain;
  std::array<double, 4> edges{config.domain.x0, config.domain.x1, config.domain.y0, config.domain.y1};
  if (whole.read_numbers("domain", edges)) config.domain = {edges[0], edges[1], edges[2], edges[3]};
  if (!whole.status().ok()) return whole.status().error();
  read_single(reader, config.runner);
  reader.read("width", config.width, 2, survey::kMaxBasinCells);
  reader.read("height", config.height, 2, survey::kMaxBasinCells);
  reader.read("radius", config.radius, 1e-12, 1e6);
  read_length(reader, config, survey::kMaxBasinSteps);
  reader.refuse_others();
  return finished(reader, std::move(config));
}

Answer answer_of(const survey::RateSweepSnapshot& sweep) {
  AnswerBlocks blocks;
  JsonValue curves = JsonValue::array();
  for (const survey::RateCurve& curve : sweep.curves) curves.push_back(curve_json(curve, sweep.rates, blocks));
  return blocks.answer(JsonValue::object({{"optimizers", std::move(curves)},
                                          {"count", sweep.config.count},
                                          {"steps", sweep.config.steps},
                                          {"target", sweep.target},
                                          {"tolerance", sweep.tolerance},
                                          {"rates", blocks.add(sweep.rates)}}));
}

Answer answer_of(const survey::HeatMapSnapshot& map) {
  AnswerBlocks blocks;
  JsonValue best;
  if (map.best >= 0) {
    const auto index = static_cast<std::size_t>(map.best);
    best = JsonValue::object({{"x", map.x[index % map.x.size()]},
                              {"y", map.y[index / map.x.size()]},
                              {"loss", map.losses[index]},
                              {"index", map.best}});
  }
  const std::vector<std::size_t> cells{map.y.size(), map.x.size()};
  return blocks.answer(JsonValue::object({{"optimizer", map.config.runner.optimizer},
                                          {"x", axis_json(map.config.x, blocks.add(map.x))},
                                          {"y", axis_json(map.config.y, blocks.add(map.y))},
                                          {"steps", map.config.steps},
                                          {"best", std::move(best)},
                                          {"width", static_cast<std::int64_t>(map.x.size())},
                                          {"height", static_cast<std::int64_t>(map.y.size())},
                                          {"losses", blocks.add(map.losses, cells)},
                                          {"status", blocks.add(map.ends, cells)}}));
}

Answer answer_of(const survey::BasinSnapshot& map) {
  AnswerBlocks blocks;
  JsonValue attractors = JsonValue::array();
  for (const survey::Attractor& attractor : map.attractors)
    attractors.push_back(JsonValue::object({{"point", JsonValue::array({attractor.point[0], attractor.point[1]})},
                                            {"value", attractor.value},
                                            {"known", attractor.known},
                                            {"minimum", attractor.minimum}}));
  const surfaces::Domain& d = map.config.domain;
  const auto height = static_cast<std::size_t>(map.config.height), width = static_cast<std::size_t>(map.config.width);
  const std::vector<std::int32_t> steps(map.steps.begin(), map.steps.end());
  return blocks.answer(JsonValue::object({{"optimizer", map.config.runner.optimizer},
                                          {"domain", JsonValue::array({d.x0, d.x1, d.y0, d.y1})},
                                          {"width", map.config.width},
                                          {"height", map.config.height},
                                          {"max_steps", map.config.steps},
                                          {"radius", map.radius},
                                          {"attractors", std::move(attractors)},
                                          {"steps", blocks.add(steps, {height, width})},
                                          {"basins", blocks.add(map.basins, {height, width})}}));
}

}  // namespace descent::script
