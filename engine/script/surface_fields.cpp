// SPDX-License-Identifier: MIT
// Reads and writes which surface it is, as JSON; see surface_fields.h.
#include "engine/script/surface_fields.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/script/config_fields.h"

namespace descent::script {
namespace {

using surfaces::SurfaceChoice;

constexpr std::size_t kMaxText = 1 << 20;  // a formula that is too long is refused by its parser

// Reads which of the two kinds the surface is, and which entry of the catalog. False when that is not said, or wrong.
bool read_kind(io::JsonReader& reader, SurfaceChoice& choice) {
  std::vector<std::string_view> names;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) names.push_back(entry.info->name);
  names.push_back(surfaces::kExpressionName);
  int index = -1;
  const bool named = reader.read_choice("surface", index, names);
  if (named) choice.surface = names[static_cast<std::size_t>(index)];
  if (reader.has("expression")) {
    if (named && !choice.is_expression())
      reader.fail("expression", core::fill("is given beside the surface {}; give one of the two", choice.surface));
    choice.surface = surfaces::kExpressionName;
  }
  if (choice.surface.empty()) reader.require({"surface"});
  if (reader.has("domain") && !choice.is_expression())
    reader.fail("domain", core::fill("belongs to an expression; {} has its own", choice.surface));
  return reader.status().ok();
}

// The defaults, and from a formula to the next the values of the same names.
std::vector<double> carried(const surfaces::SurfaceInfo& info, const SurfaceChoice& before) {
  std::vector<double> values = core::default_values(info.parameters);
  if (info.name != surfaces::kExpressionName || !before.is_expression()) return values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int at = core::find_param(before.expression.parameters(), info.parameters[i].name);
    if (at >= 0 && static_cast<std::size_t>(at) < before.parameters.size())
      values[i] = before.parameters[static_cast<std::size_t>(at)];
  }
  return values;
}

}  // namespace

std::unique_ptr<surfaces::Surface> read_surface(io::JsonReader& reader, SurfaceChoice& choice) {
  const SurfaceChoice before = choice;
  if (!read_kind(reader, choice)) return nullptr;
  // Asked for beside a built-in surface too, where they are absent: a sentence about an unknown field lists them.
  std::string text = before.expression.text();
  reader.read("expression", text, kMaxText);
  if (text != before.expression.text()) choice.expression = surfaces::TypedFormula(text);
  std::array<double, 4> d{choice.domain.x0, choice.domain.x1, choice.domain.y0, choice.domain.y1};
  if (reader.read_numbers("domain", d)) choice.domain = {d[0], d[1], d[2], d[3]};
  if (choice.is_expression() && choice.expression.empty()) reader.require({"expression"});
  const bool same = choice.surface == before.surface && choice.expression == before.expression;
  if (!choice.is_expression()) choice.expression = {};
  if (!choice.is_expression()) choice.domain = surfaces::kExpressionDomain;
  if (!same) choice.parameters.clear();
  if (!reader.status().ok()) return nullptr;
  auto plain = surfaces::make_surface(choice);
  if (!plain.ok()) {
    reader.refuse(plain.error());
    return nullptr;
  }
  if (!same) choice.parameters = carried((*plain)->info(), before);
  read_params(reader, "parameters", (*plain)->info().parameters, choice.parameters);
  if (!reader.status().ok()) return nullptr;
  auto made = surfaces::make_surface(choice);
  if (!made.ok()) reader.refuse(made.error());
  return made.ok() ? std::move(made).value() : nullptr;
}

void write_surface(io::JsonValue& value, const SurfaceChoice& choice, const surfaces::SurfaceInfo& info) {
  value.set("surface", choice.surface);
  if (choice.is_expression()) {
    const surfaces::Domain& d = choice.domain;
    value.set("expression", choice.expression.text());
    value.set("domain", io::JsonValue::array({d.x0, d.x1, d.y0, d.y1}));
  }
  value.set("parameters", named_numbers(info.parameters, choice.parameters));
}

void write_surface(io::JsonValue& value, const SurfaceChoice& choice) {
  if (const auto surface = surfaces::make_surface(choice); surface.ok())
    write_surface(value, choice, (*surface)->info());
}

}  // namespace descent::script
