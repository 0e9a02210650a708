// SPDX-License-Identifier: MIT
#include "engine/surfaces/surface_graph.h"

#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"

namespace descent::surfaces {

core::Result<SurfaceGraph> make_surface_graph(const SurfaceChoice& choice, Point point) {
  auto surface = make_surface(choice);
  if (!surface.ok()) return surface.error();
  const SurfaceInfo& info = (*surface)->info();
  if (info.expression.empty())
    return core::Error{core::fill("{} has no formula whose graph could be drawn", info.name)};
  const TypedFormula formula = choice.is_expression() ? choice.expression : TypedFormula(info.expression);
  const core::Result<autodiff::Expression>& expression = formula.parsed();
  if (!expression.ok()) return expression.error();
  const std::vector<double> given =
      choice.parameters.empty() ? core::default_values(info.parameters) : choice.parameters;
  std::vector<double> values;
  for (const std::string& name : expression->parameters()) {
    const int index = core::find_param(info.parameters, name);
    DESCENT_ASSERT(index >= 0);  // the tests look at every entry of the catalog
    values.push_back(given[static_cast<std::size_t>(index)]);
  }
  return SurfaceGraph{expression->text(), expression->parameters(), autodiff::make_graph(*expression, values, point)};
}

}  // namespace descent::surfaces
