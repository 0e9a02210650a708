// SPDX-License-Identifier: MIT
// Fields shared by configurations, see config_fields.h.
#include "engine/script/config_fields.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/core/fill.h"
#include "engine/optim/schedule.h"

namespace descent::script {
namespace {

// Reads the choice `name` among the catalog's entries; `chosen` is kept when the field is absent.
template <class Entry>
const Entry* read_entry(io::JsonReader& reader, std::string_view name, std::span<const Entry> catalog,
                        std::string& chosen, bool& other) {
  std::vector<std::string_view> names;
  for (const Entry& entry : catalog) names.push_back(entry.info->name);
  const auto present = std::find(names.begin(), names.end(), chosen);
  int index = present == names.end() ? -1 : static_cast<int>(present - names.begin());
  const int before = index;
  reader.read_choice(name, index, names);
  if (index < 0) {
    reader.require({name});
    return nullptr;
  }
  other = index != before;
  chosen = names[static_cast<std::size_t>(index)];
  return &catalog[static_cast<std::size_t>(index)];
}

}  // namespace

core::Status refuse_nulls(const io::JsonValue& value, const std::string& path) {
  if (value.is_null() && !path.empty())
    return core::Error{core::fill("{} is null or not a finite number; leave it out or give it a value", path)};
  if (value.is_object())
    for (const io::JsonValue::Member& member : value.members())
      if (core::Status status = refuse_nulls(member.value, path.empty() ? member.name : path + "." + member.name);
          !status.ok())
        return status;
  if (value.is_array())
    for (std::size_t i = 0; i < value.items().size(); ++i)
      if (core::Status status = refuse_nulls(value.items()[i], path + "[" + std::to_string(i) + "]"); !status.ok())
        return status;
  return {};
}

void read_param(io::JsonReader& reader, const core::ParamSpec& spec, double& value) {
  if (spec.kind == core::ParamKind::real) {
    reader.read(spec.name, value, spec.minimum, spec.maximum);
    return;
  }
  std::int64_t whole = 0;
  if (reader.read(spec.name, whole, static_cast<std::int64_t>(spec.minimum), static_cast<std::int64_t>(spec.maximum)))
    value = static_cast<double>(whole);
}

void read_params(io::JsonReader& reader, std::string_view name, std::span<const core::ParamSpec> specs,
                 std::vector<double>& values) {
  if (values.size() != specs.size()) values = core::default_values(specs);
  io::JsonReader fields = reader.object(name);
  for (std::size_t i = 0; i < specs.size(); ++i) read_param(fields, specs[i], values[i]);
  fields.refuse_others();
}

const optim::OptimizerInfo* read_optimizer(io::JsonReader& reader, std::string& optimizer,
                                           std::vector<double>& hyperparameters) {
  bool other = false;
  const optim::CatalogEntry* entry = read_entry(reader, "optimizer", optim::catalog(), optimizer, other);
  if (entry == nullptr) return nullptr;
  if (other) hyperparameters = core::default_values(entry->info->parameters);
  read_params(reader, "hyperparameters", entry->info->parameters, hyperparameters);
  return entry->info;
}

void read_point(io::JsonReader& reader, std::string_view name, surfaces::Point& point) {
  reader.read_numbers(name, point);
}

void read_schedule(io::JsonReader& reader, std::string& schedule, std::vector<double>& parameters) {
  std::vector<std::string_view> names;
  int index = 0;
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    if (entry.info.name == schedule) index = static_cast<int>(names.size());
    names.push_back(entry.info.name);
  }
  if (reader.read_choice("schedule", index, names) && schedule != names[static_cast<std::size_t>(index)])
    parameters.clear();
  const optim::ScheduleInfo& info = optim::schedule_catalog()[static_cast<std::size_t>(index)].info;
  schedule = info.name;
  read_params(reader, "schedule_parameters", info.parameters, parameters);
}

void write_schedule(io::JsonValue& value, std::string_view schedule, std::span<const double> parameters) {
  const optim::ScheduleEntry* entry = optim::find_schedule(schedule);
  if (entry == nullptr) return;
  value.set("schedule", schedule);
  value.set("schedule_parameters", named_numbers(entry->info.parameters, parameters));
}

io::JsonValue named_numbers(std::span<const core::ParamSpec> specs, std::span<const double> values) {
  io::JsonValue object = io::JsonValue::object();
  for (std::size_t i = 0; i < specs.size(); ++i)
    object.set(specs[i].name, i < values.size() ? values[i] : specs[i].default_value);
  return object;
}

io::JsonValue specs_json(std::span<const core::ParamSpec> specs) {
  io::JsonValue list = io::JsonValue::array();
  for (const core::ParamSpec& spec : specs)
    list.push_back(io::JsonValue::object({{"name", spec.name},
                                          {"default", spec.default_value},
                                          {"min", spec.minimum},
                                          {"max", spec.maximum},
                                          {"log", spec.scale == core::ParamScale::log},
                                          {"integer", spec.kind == core::ParamKind::integer},
                                          {"slider_min", spec.slider_minimum},
                                          {"slider_max", spec.slider_maximum},
                                          {"doc", spec.doc}}));
  return list;
}

}  // namespace descent::script
