// SPDX-License-Identifier: MIT
// The text of the scene that is open: title, three sentences, and the way to the scenes before and after.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

// ui.scene names one of the catalog. The card is as high as its text makes it.
void draw_scene_card(PanelContext& context);

// The menu of all scenes, for the top bar. `words`: the button has its label.
void draw_scenes_menu(UiState& ui, bool words);
[[nodiscard]] float scenes_menu_width(bool words);

}  // namespace descent::web
