// SPDX-License-Identifier: MIT
// The Surfaces workspace's rail: the surface with its parameters and start, one card per optimizer, the transport.
#pragma once

#include <memory>

#include "web/panels/panel.h"

namespace descent::web {

class SurfacesRailPanel : public Panel {
 public:
  SurfacesRailPanel();
  ~SurfacesRailPanel() override;
  void draw(PanelContext& context) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::web
