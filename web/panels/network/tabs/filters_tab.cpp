// SPDX-License-Identifier: MIT
#include "web/panels/network/tabs/filters_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>
#include <string>

#include "web/panels/network/tabs/tab_texts.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kGap = widgets::kGrid;

class FiltersTab : public Panel {
 public:
  void draw(PanelContext& context) override;
};

void FiltersTab::draw(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  if (trainer.filters.empty() || trainer.filters_shape.size() != 4) {
    hint("This network does not begin with a convolution, so there are no filters to see.");
    return;
  }
  const int kernel = static_cast<int>(trainer.filters_shape[2]);
  const int count = static_cast<int>(trainer.filters_shape[0] * trainer.filters_shape[1]);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  float largest = 0;
  for (const float weight : trainer.filters) largest = std::max(largest, std::fabs(weight));
  std::array<char, 160> caption{};
  std::snprintf(caption.data(), caption.size(), "%d filters of %d×%d, from −%.2f (blue) over 0 to +%.2f (red)", count,
                kernel, kernel, static_cast<double>(largest), static_cast<double>(largest));
  small_text(widgets::palette().text_muted, caption.data());

  // The largest cell for which all filters fit into the room.
  float cell = 56;
  const float height = std::max(room.y - kCaption - kGap, 48.0f);
  while (cell > 16 &&
         std::ceil(static_cast<float>(count) / std::floor(room.x / (cell + kGap))) * (cell + kGap) > height)
    cell -= 1;
  const int columns = std::max(1, static_cast<int>(room.x / (cell + kGap)));
  for (int i = 0; i < count; ++i) {
    if (i % columns != 0) ImGui::SameLine(0, kGap);
    const std::span<const float> values(trainer.filters.data() + static_cast<std::ptrdiff_t>(i) * kernel * kernel,
                                        static_cast<std::size_t>(kernel * kernel));
    const std::string key = "filter " + std::to_string(i);
    ImGui::Image(context.render.image(key, trainer.filters_version, kernel, kernel, values, -largest, largest,
                                      Colormap::diverging),
                 ImVec2(cell, cell));
    annotate_item(key, "image");
  }
}

}  // namespace

std::unique_ptr<Panel> make_filters_tab() {
  return std::make_unique<FiltersTab>();
}

}  // namespace descent::web
