// SPDX-License-Identifier: MIT
#include "web/panels/page/tab_entry.h"

#include <vector>

#include "web/widgets/tabs.h"

namespace descent::web {

void draw_tab_row(std::string_view id, std::span<const TabEntry* const> tabs, std::string& chosen, float room) {
  std::vector<widgets::Tab> row;
  int selected = 0;
  for (const TabEntry* tab : tabs) {
    if (tab->name == chosen) selected = static_cast<int>(row.size());
    row.push_back({tab->title, tab->tooltip});
  }
  if (widgets::tab_row(id, row, selected, room)) chosen = tabs[static_cast<std::size_t>(selected)]->name;
}

}  // namespace descent::web
