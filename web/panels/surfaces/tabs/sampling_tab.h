// SPDX-License-Identifier: MIT
// The tab "Sampling": gradient descent with a temperature. Langevin chains on the race's surface, the density of the
// points they visit beside Boltzmann's exp(−f/T)/Z, and their divergence as it falls with the samples, beside that of
// independent draws.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_sampling_tab();

}  // namespace descent::web
