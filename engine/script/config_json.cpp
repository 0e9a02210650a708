// SPDX-License-Identifier: MIT
// Race and network configurations as JSON, see config_json.h.
#include "engine/script/config_json.h"

#include <utility>

#include "engine/core/rng.h"
#include "engine/nn/network.h"
#include "engine/nn/outline.h"
#include "engine/nn/plan.h"
#include "engine/optim/schedule.h"
#include "engine/race/start_check.h"
#include "engine/script/config_fields.h"
#include "engine/script/runner_fields.h"
#include "engine/script/surface_fields.h"

namespace descent::script {
namespace {

// Takes the numbers of `specs` that `reader` has, in the order in which `value` lists them.
void read_layer_numbers(io::JsonReader& reader, const io::JsonValue* value, std::span<const core::ParamSpec> specs,
                        std::vector<core::NamedValue>& out) {
  if (value == nullptr || !value->is_object()) return;
  for (const io::JsonValue::Member& member : value->members()) {
    const int index = core::find_param(specs, member.name);
    if (index < 0) continue;
    core::NamedValue number{member.name, 0};
    read_param(reader, specs[static_cast<std::size_t>(index)], number.value);
    out.push_back(std::move(number));
  }
}

void read_layer(io::JsonReader& reader, const io::JsonValue& value, nn::LayerSpec& layer) {
  std::vector<std::string_view> names;
  for (const nn::LayerInfo* info : nn::layer_catalog()) names.push_back(info->name);
  int index = -1;
  if (!reader.read_choice("type", index, names)) return reader.require({"type"});
  const nn::LayerInfo& info = *nn::layer_catalog()[static_cast<std::size_t>(index)];
  layer.type = info.name;
  read_layer_numbers(reader, &value, info.parameters, layer.parameters);
  io::JsonReader nested = reader.object("parameters");
  read_layer_numbers(nested, value.find("parameters"), info.parameters, layer.parameters);
  nested.refuse_others();
  reader.refuse_others();
}

// `field`: the value of `network`, a list of layers or an object with one.
void read_network(io::JsonReader& reader, const io::JsonValue* field, nn::NetworkSpec& spec) {
  std::vector<io::JsonReader> items;
  if (field != nullptr && field->is_object()) {
    io::JsonReader inner = reader.object("network");
    items = inner.objects("layers", nn::kMaxLayers);
    inner.require({"layers"});
    inner.refuse_others();
    field = field->find("layers");
  } else {
    items = reader.objects("network", nn::kMaxLayers);
  }
  if (field == nullptr || !reader.status().ok()) return;
  spec.layers.assign(items.size(), {});
  for (std::size_t i = 0; i < items.size(); ++i) read_layer(items[i], field->items()[i], spec.layers[i]);
}

io::JsonValue planned_layer_json(const nn::LayerOutline& layer) {
  io::JsonValue output = io::JsonValue::array();
  for (const int extent : {layer.output.height, layer.output.width, layer.output.channels}) output.push_back(extent);
  return io::JsonValue::object({{"type", layer.type}, {"output", std::move(output)}, {"parameters", layer.parameters}});
}

io::JsonValue outline_json(const nn::Outline& outline) {
  io::JsonValue layers = io::JsonValue::array();
  for (const nn::LayerOutline& layer : outline.layers) layers.push_back(planned_layer_json(layer));
  return io::JsonValue::object({{"layers", std::move(layers)}, {"parameters", outline.parameters}});
}

}  // namespace

io::JsonValue layers_to_json(const nn::NetworkSpec& spec) {
  io::JsonValue layers = io::JsonValue::array();
  for (const nn::LayerSpec& layer : spec.layers) {
    io::JsonValue item = io::JsonValue::object({{"type", layer.type}});
    for (const core::NamedValue& parameter : layer.parameters) item.set(parameter.name, parameter.value);
    layers.push_back(std::move(item));
  }
  return layers;
}

io::JsonValue to_json(const race::RaceConfig& config) {
  io::JsonValue optimizers = io::JsonValue::array();
  for (const race::RunnerConfig& runner : config.runners) optimizers.push_back(runner_to_json(runner));
  io::JsonValue value = io::JsonValue::object();
  write_surface(value, config.surface_choice());
  value.set("start", io::JsonValue::array({config.start[0], config.start[1]}));
  value.set("optimizers", std::move(optimizers));
  write_conditions(value, config);
  value.set("steps_per_second", config.steps_per_second);
  value.set("freeze", config.freeze);
  return value;
}

io::JsonValue to_json(const training::TrainerConfig& config) {
  io::JsonValue value = io::JsonValue::object();
  value.set("network", layers_to_json(config.network));
  value.set("optimizer", config.optimizer);
  if (const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer))
    value.set("hyperparameters", named_numbers(entry->info->parameters, config.hyperparameters));
  value.set("batch_size", config.batch_size);
  value.set("epochs", config.epochs);
  if (config.schedule != optim::kConstantSchedule) write_schedule(value, config.schedule, config.schedule_parameters);
  value.set("seed", config.seed);
  value.set("threads", config.threads);
  return value;
}

core::Result<race::RaceConfig> race_config_from(const io::JsonValue& value, std::string_view what,
                                                const race::RaceConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  race::RaceConfig config = present;
  io::JsonReader reader(value, what);
  surfaces::SurfaceChoice choice = config.surface_choice();
  if (const auto surface = read_surface(reader, choice); surface != nullptr) {
    // From one formula to the next the start stays while it can.
    const bool moves = choice.surface != present.surface || !race::check_start(*surface, config.start).ok();
    if (moves && !(choice == present.surface_choice())) config.start = surface->info().start;
    config.set_surface(choice);
  }
  read_point(reader, "start", config.start);
  read_runners(reader, config.runners);
  read_conditions(reader, config);
  reader.read("steps_per_second", config.steps_per_second, race::kMinRaceSpeed, race::kMaxRaceSpeed);
  reader.read("freeze", config.freeze);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return config;
}

core::Result<TrainerRequest> trainer_request_from(const io::JsonValue& value, std::string_view what,
                                                  const training::TrainerConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  TrainerRequest request{present, ""};
  training::TrainerConfig& config = request.config;
  io::JsonReader reader(value, what);
  read_network(reader, value.find("network"), config.network);
  read_optimizer(reader, config.optimizer, config.hyperparameters);
  reader.read("batch_size", config.batch_size, 1, nn::kMaxBatch);
  reader.read("epochs", config.epochs, 1, training::kMaxEpochs);
  read_schedule(reader, config.schedule, config.schedule_parameters);
  reader.read("seed", config.seed, std::uint64_t{0}, core::kMaxSeed);
  reader.read("threads", config.threads, 0, training::kMaxThreads);
  reader.read("dataset", request.dataset);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

core::Result<std::string> plan_json(std::string_view text) {
  const auto value = io::parse_json(text, "network.plan");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  nn::NetworkSpec spec;
  io::JsonReader reader(*value, "network.plan");
  read_network(reader, value->find("network"), spec);
  reader.require({"network"});
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  const nn::Outline outline = nn::outline(spec);
  if (!outline.fits.ok()) return outline.fits.error();
  return io::write_json(outline_json(outline));
}

std::string race_config_json(const race::RaceConfig& config) {
  return io::write_json(to_json(config));
}

std::string trainer_config_json(const training::TrainerConfig& config) {
  return io::write_json(to_json(config));
}

std::vector<std::uint8_t> weights_file(const training::Trainer& trainer, bool with_optimizer) {
  return trainer.save(trainer_config_json(trainer.config()), with_optimizer);
}

core::Result<race::RaceConfig> race_config_from_json(std::string_view text, const race::RaceConfig& present) {
  const auto value = io::parse_json(text, "the race's configuration");
  if (!value.ok()) return value.error();
  return race_config_from(*value, "the race's configuration", present);
}

core::Result<TrainerRequest> trainer_request_from_json(std::string_view text, const training::TrainerConfig& present) {
  const auto value = io::parse_json(text, "the network's configuration");
  if (!value.ok()) return value.error();
  return trainer_request_from(*value, "the network's configuration", present);
}

}  // namespace descent::script
