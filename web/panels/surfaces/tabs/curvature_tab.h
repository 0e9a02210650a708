// SPDX-License-Identifier: MIT
// The tab "Curvature": the chosen run's error along the two eigenvectors of the Hessian at the minimum it is nearest
// to, each beside what its method says it should be.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_curvature_tab();

}  // namespace descent::web
