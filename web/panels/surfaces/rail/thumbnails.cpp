// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/thumbnails.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "engine/core/fill.h"
#include "web/state/redraw.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

ThumbnailLook present_look() {
  const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
  return {.width = static_cast<int>(std::lround(widgets::kPictureWidth * ratio)),
          .height = static_cast<int>(std::lround(widgets::kPictureHeight * ratio)),
          .pixel_ratio = ratio,
          .theme = widgets::current_theme()};
}

}  // namespace

void Thumbnails::show(PanelContext& context, std::string_view key, std::vector<surfaces::SurfaceChoice> (*surfaces)(),
                      std::span<widgets::PickerEntry> entries) {
  if (const ThumbnailLook look = present_look(); asked_ != look) {
    asked_ = look;
    context.questions.apart<Made>(
        [look, surfaces] {
          return Made{look, make_thumbnails(surfaces(), look)};
        },
        [kept = made_](Made&& made) {
          *kept = std::move(made);
          request_redraw();
        });
  }
  const ThumbnailLook& look = made_->look;
  const auto version = 2 * static_cast<std::uint64_t>(look.width) + (look.theme == Theme::dark ? 1 : 0);
  const std::size_t count = std::min(made_->pictures.size(), entries.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Thumbnail& picture = made_->pictures[i];
    if (picture.pixels.empty()) continue;
    entries[i].picture =
        context.render.image(core::fill("{} {}", key, i), version, look.width, look.height, picture.pixels);
    entries[i].stars = picture.minima;
  }
}

}  // namespace descent::web
