// SPDX-License-Identifier: MIT
// The Surfaces workspace's picture: contour or 3-D view with paths, minima, the start handle, the eigen-ellipse at the
// selected head, colour bar, axes, the read-out at the pointer and the sentence of a run that diverged.
#pragma once

#include <memory>

#include "web/panels/panel.h"

namespace descent::web {

class SurfacesViewPanel : public Panel {
 public:
  SurfacesViewPanel();
  ~SurfacesViewPanel() override;
  void draw(PanelContext& context) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::web
