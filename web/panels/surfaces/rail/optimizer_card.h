// SPDX-License-Identifier: MIT
// One optimizer of the race in the rail: colour and marker, name, status, learning rate with its unstable zone, the
// other hyper-parameters folded away. Every change goes to the running race at once.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

enum class CardRequest { none, remove };

// `runner` is an index into ui.race.runners; `unfolded` remembers whether the further hyper-parameters are shown.
[[nodiscard]] CardRequest draw_optimizer_card(PanelContext& context, int runner, bool& unfolded);

}  // namespace descent::web
