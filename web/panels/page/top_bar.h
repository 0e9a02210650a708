// SPDX-License-Identifier: MIT
// The bar on top: name, workspaces, what the page runs on where there is room, theme, scenes, share link, help.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "web/panels/page/workspace_entry.h"

namespace descent::web {

class TopBar {
 public:
  // machine: "relaxed SIMD" or the like; threads are added from the trainer's snapshot.
  TopBar(std::string machine, std::span<const WorkspaceEntry* const> workspaces)
      : machine_(std::move(machine)), workspaces_(workspaces) {}
  void draw(PanelContext& context);
  // "2 threads · relaxed SIMD"
  [[nodiscard]] std::string machine(const PanelContext& context) const;

 private:
  std::string machine_;
  std::span<const WorkspaceEntry* const> workspaces_;
};

}  // namespace descent::web
