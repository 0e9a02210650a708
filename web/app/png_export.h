// SPDX-License-Identifier: MIT
// A picture of the surface or of a figure with a scale of its own: an interface frame beside the page's, with fonts for
// that scale, drawn (with the surface under it) into a target of its own and read back later.
#pragma once

#include <imgui.h>

#include <memory>

#include "web/bridge/bridge.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class PictureMaker {
 public:
  // make() comes between two frames of the page. False while the fonts are being made by `jobs`: ask again. Answers
  // through Module.bridgePicture(id, …).
  bool make(PanelContext& context, Host::JobWorker& jobs, const bridge::PictureRequest& wanted);

 private:
  // Shared with the worker's answer.
  struct Fonts {
    float scale = 1;
    bool ready = false;
    ImFontAtlas atlas;
  };
  bool fonts_ready(Host::JobWorker& jobs, float scale);

  std::shared_ptr<Fonts> fonts_;
};

}  // namespace descent::web
