// SPDX-License-Identifier: MIT
// TabEntry: a tab in the catalog of a workspace's strip (tab_catalog.h of each): what the row shows of it and the panel
// below the row. One more tab is one file with a Panel and one line in a catalog.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/panels/page/panel.h"

namespace descent::web {

struct TabEntry {
  std::string_view name;   // what the state calls it: lower snake case
  std::string_view title;  // in the row, at every width
  std::string_view tooltip;
  std::unique_ptr<Panel> (*make)() = nullptr;
};

// The index of the tab of that name in a catalog of TabEntry or of what inherits it; 0 when there is none.
template <class Entry>
[[nodiscard]] std::size_t tab_index(std::span<const Entry> tabs, std::string_view name) {
  for (std::size_t i = 0; i < tabs.size(); ++i)
    if (tabs[i].name == name) return i;
  return 0;
}

// The row, at most `room` wide. A press writes the tab's name into `chosen`; while no tab has the name that stands
// there, the first one is marked.
void draw_tab_row(std::string_view id, std::span<const TabEntry* const> tabs, std::string& chosen, float room);
template <class Entry>
void draw_tab_row(std::string_view id, std::span<const Entry> tabs, std::string& chosen, float room) {
  std::vector<const TabEntry*> row;
  for (const Entry& tab : tabs) row.push_back(&tab);
  draw_tab_row(id, std::span<const TabEntry* const>(row), chosen, room);
}

}  // namespace descent::web
