// SPDX-License-Identifier: MIT
// TypedFormula: the text of a formula together with what it was read as. The text is parsed where it becomes a
// TypedFormula and never again: copies share the result, which nobody changes, so each of them may go to another
// thread. A text that is refused is a TypedFormula too and carries its refusal.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/autodiff/expression.h"
#include "engine/core/param_spec.h"
#include "engine/core/result.h"

namespace descent::surfaces {

class TypedFormula {
 public:
  TypedFormula() = default;  // no text; parsed() refuses it
  explicit TypedFormula(std::string_view text);

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] bool empty() const { return text().empty(); }
  // The graph, or the refusal with its column (Expression::parse). Alive as long as any copy of this formula.
  [[nodiscard]] const core::Result<autodiff::Expression>& parsed() const;
  // The specs of its parameters, in order of appearance; none of a text that is refused. As long alive as parsed().
  [[nodiscard]] std::span<const core::ParamSpec> parameters() const;

  // Formulas are equal when their texts are.
  friend bool operator==(const TypedFormula& a, const TypedFormula& b) {
    return a.reading_ == b.reading_ || a.text() == b.text();
  }

 private:
  struct Reading;
  std::shared_ptr<const Reading> reading_;  // nullptr: no text
};

}  // namespace descent::surfaces
