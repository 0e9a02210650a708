// SPDX-License-Identifier: MIT
// The pictures of a list of surfaces: made on a worker when the list is opened in a look it has not had, and kept.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "web/model/plots/thumbnail.h"
#include "web/panels/page/panel.h"
#include "web/widgets/picker.h"

namespace descent::web {

class Thumbnails {
 public:
  // `key` tells this list's images from others'. `entries` get the pictures of `surfaces`, which the worker calls, in
  // their order, as soon as they have come.
  void show(PanelContext& context, std::string_view key, std::vector<surfaces::SurfaceChoice> (*surfaces)(),
            std::span<widgets::PickerEntry> entries);

 private:
  struct Made {
    ThumbnailLook look;
    std::vector<Thumbnail> pictures;  // without pixels where there is no such surface
  };
  std::optional<ThumbnailLook> asked_;
  std::shared_ptr<Made> made_ = std::make_shared<Made>();  // what has come: the answer may outlive this panel
};

}  // namespace descent::web
