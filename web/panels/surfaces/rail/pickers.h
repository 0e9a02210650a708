// SPDX-License-Identifier: MIT
// The rail's menus: surfaces as pictures in groups, examples of formulas, optimizers by family.
#pragma once

#include <optional>
#include <string_view>

#include "web/panels/page/panel.h"
#include "web/panels/surfaces/rail/thumbnails.h"
#include "web/state/formula_examples.h"

namespace descent::web {

class SurfacePicker {
 public:
  // draw() returns the name of the surface that was chosen, surfaces::kExpressionName for a formula of one's own;
  // nothing else, and nothing for the present one.
  [[nodiscard]] std::optional<std::string_view> draw(PanelContext& context);

 private:
  Thumbnails pictures_;
};

class ExamplePicker {
 public:
  // The example that was chosen, or nullptr.
  [[nodiscard]] const FormulaExample* draw(PanelContext& context);

 private:
  Thumbnails pictures_;
};

// The name of the optimizer to add that was chosen.
[[nodiscard]] std::optional<std::string_view> draw_optimizer_picker();

}  // namespace descent::web
