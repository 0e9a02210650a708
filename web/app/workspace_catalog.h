// SPDX-License-Identifier: MIT
// The page's workspaces. One more is one line here, one in workspace_catalog.cpp, and a file with its entry; its place
// in the switch, its key, the share link, descent.state() and its panels follow.
#pragma once

#include <span>

#include "web/panels/page/workspace_entry.h"

namespace descent::web {

extern const WorkspaceEntry kSurfacesEntry, kNetworkEntry;

// Workspaces stand in the order of the switch and of the keys 1, 2, …; there are nine keys. The first one is shown at
// first.
[[nodiscard]] std::span<const WorkspaceEntry* const> workspace_catalog();

}  // namespace descent::web
