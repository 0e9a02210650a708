// SPDX-License-Identifier: MIT
// Below the picture: loss against step for all optimizers, and the table of where each one stands, with CSV download.
#pragma once

#include <memory>

#include "web/panels/panel.h"

namespace descent::web {

class SurfacesStripPanel : public Panel {
 public:
  SurfacesStripPanel();
  ~SurfacesStripPanel() override;
  void draw(PanelContext& context) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::web
