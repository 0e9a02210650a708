// SPDX-License-Identifier: MIT
// The bar on top: name, workspaces, what the page runs on, theme, scenes, share link, help.
#pragma once

#include <string>

#include "web/panels/page/panel.h"

namespace descent::web {

class TopBar {
 public:
  // machine: "relaxed SIMD" or the like; threads are added from the trainer's snapshot.
  explicit TopBar(std::string machine) : machine_(std::move(machine)) {}
  void draw(PanelContext& context);

 private:
  std::string machine_;
};

}  // namespace descent::web
