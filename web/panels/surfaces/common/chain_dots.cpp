// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/chain_dots.h"

namespace descent::web {

bool chains_are_current(const PanelContext& context) {
  return !context.sampled.points.empty() && context.sampled.config.surface == context.race.config.surface_choice();
}

}  // namespace descent::web
