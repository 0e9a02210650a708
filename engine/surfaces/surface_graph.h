// SPDX-License-Identifier: MIT
// Shows how the gradient of a surface is computed, node by node: its formula's graph with forward values and backward
// adjoints at a point (engine/autodiff/tape.h). Typed formulas have one, and surfaces of the catalog whose
// SurfaceInfo has an expression.
#pragma once

#include <string>

#include "engine/autodiff/tape.h"
#include "engine/surfaces/surface.h"

namespace descent::surfaces {

struct SurfaceGraph {
  std::string expression;               // what begin and end of the nodes refer to
  std::vector<std::string> parameters;  // names, in the order of graph.parameter_gradient
  autodiff::ExpressionGraph graph;
};

[[nodiscard]] core::Result<SurfaceGraph> make_surface_graph(const SurfaceChoice& choice, Point point);

}  // namespace descent::surfaces
