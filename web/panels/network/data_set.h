// SPDX-License-Identifier: MIT
// The part of the Network workspace's rail about the data set: what it is, how its images lie, and the way back to the
// one before.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

class DataSection {
 public:
  void draw(PanelContext& context);

 private:
  void preview(PanelContext& context);

  std::uint64_t version_ = 0;  // of the preview in pixels_
  std::vector<float> pixels_;  // the first images side by side
};

}  // namespace descent::web
