// SPDX-License-Identifier: MIT
// A text and its one reading, see typed_formula.h.
#include "engine/surfaces/typed_formula.h"

#include <vector>

namespace descent::surfaces {
namespace {

constexpr std::string_view kParameterDoc =
    "A number that the formula names. Surface, derivatives and the race follow it at once.";
constexpr double kMaxParameter = 1e9;  // largest magnitude
constexpr double kSliderEnd = 10;

core::ParamSpec parameter_spec(std::string_view name) {
  return {.name = name,
          .default_value = 1,
          .minimum = -kMaxParameter,
          .maximum = kMaxParameter,
          .doc = kParameterDoc,
          .slider_minimum = -kSliderEnd,
          .slider_maximum = kSliderEnd,
          .slider_follows = true};
}

}  // namespace

// The names of the specs look into the expression, so a reading stays where it was made.
struct TypedFormula::Reading {
  explicit Reading(std::string_view typed) : text(typed), expression(autodiff::Expression::parse(typed)) {
    if (!expression.ok()) return;
    for (const std::string& name : expression->parameters()) specs.push_back(parameter_spec(name));
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::string text;
  core::Result<autodiff::Expression> expression;
  std::vector<core::ParamSpec> specs;
};

TypedFormula::TypedFormula(std::string_view text) : reading_(std::make_shared<const Reading>(text)) {}

const std::string& TypedFormula::text() const {
  if (reading_ != nullptr) return reading_->text;
  static const std::string none;
  return none;
}

const core::Result<autodiff::Expression>& TypedFormula::parsed() const {
  if (reading_ != nullptr) return reading_->expression;
  static const core::Result<autodiff::Expression> none = autodiff::Expression::parse({});
  return none;
}

std::span<const core::ParamSpec> TypedFormula::parameters() const {
  if (reading_ != nullptr) return reading_->specs;
  return {};
}

}  // namespace descent::surfaces
