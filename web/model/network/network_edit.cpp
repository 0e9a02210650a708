// SPDX-License-Identifier: MIT
#include "web/model/network/network_edit.h"

#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/nn/initialization.h"
#include "engine/nn/layer.h"
#include "engine/nn/plan.h"

namespace descent::web {
namespace {

bool has_layer(const nn::NetworkSpec& spec, int layer) {
  return layer >= 0 && layer < static_cast<int>(spec.layers.size());
}

std::span<const core::ParamSpec> parameters_of(const nn::LayerSpec& layer) {
  const nn::LayerType* known = nn::find_layer_type(layer.type);
  return known == nullptr ? std::span<const core::ParamSpec>{} : known->info->parameters;
}

bool has_weights(const nn::LayerSpec& layer) {
  return core::find_param(parameters_of(layer), nn::kInitSpec.name) >= 0;
}

bool same_layer(const nn::LayerSpec& a, const nn::LayerSpec& b) {
  return a.type == b.type && std::ranges::all_of(parameters_of(a), [&](const core::ParamSpec& parameter) {
           return parameter_value(a, parameter) == parameter_value(b, parameter);
         });
}

// Behind what stands before the last dense layer.
int before_last_dense(const nn::NetworkSpec& spec) {
  for (int i = static_cast<int>(spec.layers.size()) - 1; i >= 0; --i)
    if (spec.layers[static_cast<std::size_t>(i)].type == "dense") return i;
  return static_cast<int>(spec.layers.size());
}

}  // namespace

std::string describe(const nn::LayerSpec& layer, bool brief) {
  const nn::LayerType* known = nn::find_layer_type(layer.type);
  if (known == nullptr) return layer.type;
  std::string text(brief ? known->info->brief : known->info->title), end;
  for (const core::ParamSpec& parameter : known->info->parameters) {
    const std::string value = core::format_number(parameter_value(layer, parameter));
    if (parameter.name == "kernel") text += core::fill(" {0}×{0}", value);
    if (parameter.name == "units" || parameter.name == "rate") text += " " + value;
    if (parameter.name == "out_channels" && !brief) end = " → " + value;
  }
  return text + end;
}

double parameter_value(const nn::LayerSpec& layer, const core::ParamSpec& parameter) {
  for (const core::NamedValue& entry : layer.parameters)
    if (entry.name == parameter.name) return entry.value;
  return parameter.default_value;
}

void set_parameter(nn::LayerSpec& layer, const core::ParamSpec& parameter, double value) {
  value = std::clamp(value, parameter.minimum, parameter.maximum);
  for (core::NamedValue& entry : layer.parameters)
    if (entry.name == parameter.name) {
      entry.value = value;
      return;
    }
  layer.parameters.push_back({std::string(parameter.name), value});
}

int insert_layer(nn::NetworkSpec& spec, std::string_view type, int behind) {
  if (spec.layers.size() >= nn::kMaxLayers || nn::find_layer_type(type) == nullptr) return -1;
  const int place = has_layer(spec, behind) ? behind + 1 : before_last_dense(spec);
  spec.layers.insert(spec.layers.begin() + place, {std::string(type), {}});
  return place;
}

void remove_layer(nn::NetworkSpec& spec, int layer) {
  if (spec.layers.size() > 1 && has_layer(spec, layer)) spec.layers.erase(spec.layers.begin() + layer);
}

int move_layer(nn::NetworkSpec& spec, int layer, int by) {
  if (!has_layer(spec, layer) || !has_layer(spec, layer + by)) return layer;
  std::iter_swap(spec.layers.begin() + layer, spec.layers.begin() + layer + by);
  return layer + by;
}

int common_initialization(const nn::NetworkSpec& spec) {
  int common = -1;
  for (const nn::LayerSpec& layer : spec.layers) {
    if (!has_weights(layer)) continue;
    const int own = static_cast<int>(parameter_value(layer, nn::kInitSpec));
    if (common >= 0 && own != common) return -1;
    common = own;
  }
  return common;
}

void initialize_all(nn::NetworkSpec& spec, int initialization) {
  for (nn::LayerSpec& layer : spec.layers)
    if (has_weights(layer)) set_parameter(layer, nn::kInitSpec, initialization);
}

bool same_network(const nn::NetworkSpec& a, const nn::NetworkSpec& b) {
  return a.input == b.input && std::ranges::equal(a.layers, b.layers, same_layer);
}

NetworkCheck check_network(const nn::NetworkSpec& spec, int classes, std::string_view dataset) {
  NetworkCheck check{.outline = nn::outline(spec), .activations = spec.input.size(), .sentence = {}};
  const std::vector<nn::LayerOutline>& made = check.outline.layers;
  for (const nn::LayerOutline& layer : made) check.activations += layer.output.size();
  const int last = static_cast<int>(spec.layers.size()) - 1;
  if (!check.outline.fits.ok()) {
    check.sentence = check.outline.fits.message();
    check.wrong = std::min(static_cast<int>(made.size()), last);
  } else if (const std::int64_t outputs = made.back().output.size(); classes > 0 && outputs != classes) {
    check.sentence =
        core::fill("layer {} ({}): the last layer has {}; the data set ({}) has {} classes", last, made.back().type,
                   core::counted(static_cast<std::uint64_t>(outputs), "output"), dataset, classes);
    check.wrong = last;
  }
  if (!check.sentence.empty()) check.sentence.front() += 'A' - 'a';
  return check;
}

}  // namespace descent::web
