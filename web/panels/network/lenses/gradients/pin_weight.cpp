// SPDX-License-Identifier: MIT
// A weight's gradient as the sum of a product map, and its way to the newest step.
#include <imgui.h>

#include <array>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/model/words/weight_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

struct PlacePicture {
  const char* name;
  const char* caption;
  bool has_sign;
  std::vector<float> inspect::WeightTerms::*values;
};
constexpr std::array kPictures{
    PlacePicture{"weight inputs", "input, shifted", false, &inspect::WeightTerms::derivatives},
    PlacePicture{"weight deltas", "× ∂loss/∂output", true, &inspect::WeightTerms::deltas},
    PlacePicture{"weight terms", "= terms of the gradient", true, &inspect::WeightTerms::terms},
};

void draw_maps(PanelContext& context, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const training::WeightStudy& weight = *seen.weight;
  constexpr float kGap = 12;
  for (const PlacePicture& picture : kPictures) {
    const std::vector<float>& values = weight.*picture.values;
    if (picture.values != kPictures.front().values) ImGui::SameLine(0, kGap);
    const auto hit = draw_cells(context,
                                {.name = picture.name,
                                 .caption = picture.caption,
                                 .version = seen.version,
                                 .width = weight.terms_shape[1],
                                 .height = weight.terms_shape[0],
                                 .pixels = values,
                                 .map = picture.has_sign ? Colormap::diverging : Colormap::viridis,
                                 .range = range_of(values, picture.has_sign)},
                                (width - 2 * kGap) / 3, height);
    if (!hit) continue;
    const auto i = static_cast<std::size_t>(hit->y * weight.terms_shape[1] + hit->x);
    const auto number = [](float value) { return display_number(static_cast<double>(value)); };
    widgets::tooltip(core::fill("Output at row {}, column {}: {} × {} = {}", hit->y, hit->x,
                                number(weight.derivatives[i]), number(weight.deltas[i]), number(weight.terms[i])));
  }
}

}  // namespace

void draw_weight_part(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const bool maps = seen.weight->terms.size() > 1;
  const PartRoom room = part_room(maps ? 0.5f : 0.0f);
  begin_pictures(room);
  if (maps) draw_maps(context, room.pictures, room.height - kCellCaption);
  begin_words(room);
  const float width = ImGui::GetContentRegionAvail().x;
  draw_lines(weight_lines(seen), width);
  ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  draw_number_row("weight", weight_way(seen), width);
  widgets::note(weight_note(seen));
  end_part(room);
}

}  // namespace descent::web
