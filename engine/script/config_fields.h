// SPDX-License-Identifier: MIT
// The fields that several configurations share, read through one JsonReader: an optimizer with its hyper-parameters, a
// point, numbers by name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/param_spec.h"
#include "engine/io/json_reader.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/surface.h"

namespace descent::script {

// JavaScript writes NaN and infinities as null, and a field that is null would pass as absent: a sentence that names
// the first null in `value`, which stands at `path` ("" for the root).
[[nodiscard]] core::Status refuse_nulls(const io::JsonValue& value, const std::string& path);

// Numbers named by `specs` from the object in field `name`, each inside its limits; absent ones leave `values` as it
// is.
void read_params(io::JsonReader& reader, std::string_view name, std::span<const core::ParamSpec> specs,
                 std::vector<double>& values);
// One number; a whole one where the spec says so.
void read_param(io::JsonReader& reader, const core::ParamSpec& spec, double& value);

// `optimizer` and `hyperparameters`: another optimizer than the one given starts from its defaults. Returns what it is,
// nullptr when that is unknown (the reader then holds the sentence). Surfaces: see surface_fields.h.
const optim::OptimizerInfo* read_optimizer(io::JsonReader& reader, std::string& optimizer,
                                           std::vector<double>& hyperparameters);
void read_point(io::JsonReader& reader, std::string_view name, surfaces::Point& point);

// `schedule` and `schedule_parameters`: another schedule than the one given starts from its defaults.
void read_schedule(io::JsonReader& reader, std::string& schedule, std::vector<double>& parameters);
// Both, the parameters by name.
void write_schedule(io::JsonValue& value, std::string_view schedule, std::span<const double> parameters);

// {name: value} in the order of the specs. values: (specs.size()), or empty for the defaults.
[[nodiscard]] io::JsonValue named_numbers(std::span<const core::ParamSpec> specs, std::span<const double> values);

// [{name, default, min, max, log, integer, slider_min, slider_max, doc}]
[[nodiscard]] io::JsonValue specs_json(std::span<const core::ParamSpec> specs);

}  // namespace descent::script
