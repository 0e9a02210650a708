// SPDX-License-Identifier: MIT
// Which panel fills which region of which workspace. Every region has its panel; what can be added is a tab in a strip
// (tab_entry.h).
#pragma once

#include <memory>
#include <span>

#include "web/panels/page/panel.h"

namespace descent::web {

enum class Region { rail, transport, view, strip };

struct PanelEntry {
  Workspace workspace;
  Region region;
  bool edge_to_edge;  // without padding and background: a scene is drawn under it
  std::unique_ptr<Panel> (*make)();
};

[[nodiscard]] std::span<const PanelEntry> panel_catalog();

}  // namespace descent::web
