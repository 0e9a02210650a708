// SPDX-License-Identifier: MIT
// The list of workspaces.
#include "web/app/workspace_catalog.h"

#include <array>

namespace descent::web {

std::span<const WorkspaceEntry* const> workspace_catalog() {
  static constexpr std::array kWorkspaces{&kSurfacesEntry, &kNetworkEntry};
  return kWorkspaces;
}

}  // namespace descent::web
