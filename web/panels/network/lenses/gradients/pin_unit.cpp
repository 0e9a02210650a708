// SPDX-License-Identifier: MIT
// UnitPart: input × weight = terms.
#include <imgui.h>

#include <array>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/words/number_format.h"
#include "web/model/words/place_words.h"
#include "web/model/words/unit_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kTwoColumns = 460;  // width from which forward and backward stand side by side

// One of the three pictures.
struct TermPicture {
  const char* name;
  const char* caption;
  bool has_sign;
  std::vector<float> TermPatch::*values;
};
constexpr std::array kPictures{
    TermPicture{"unit inputs", "input", false, &TermPatch::values},
    TermPicture{"unit weights", "× weight", true, &TermPatch::derivatives},
    TermPicture{"unit terms", "= terms", true, &TermPatch::terms},
};

}  // namespace

std::optional<std::int64_t> UnitPart::draw_pictures(PanelContext& context, float width, float height) {
  const training::Inspection& seen = context.trainer.inspection;
  const nn::Shape map = shape_of(seen, seen.unit_place.layer - 1);
  if (std::exchange(version_, seen.version) != seen.version) patch_ = patch_of(seen.unit->inputs, map);
  constexpr float kGap = 12;
  const float share = (width - 2 * kGap) / 3;
  const SheetGrid grid = fit_sheet(patch_.shape, share, height);
  std::optional<std::int64_t> pressed;
  for (const TermPicture& picture : kPictures) {
    const std::vector<float>& values = patch_.*picture.values;
    if (picture.values != kPictures.front().values) ImGui::SameLine(0, kGap);
    const std::vector<float> pixels = sheet_pixels(grid, values);
    const auto hit = draw_cells(context,
                                {.name = picture.name,
                                 .caption = picture.caption,
                                 .version = seen.version << 12 | static_cast<std::uint64_t>(grid.columns),
                                 .width = grid.width(),
                                 .height = grid.height(),
                                 .pixels = pixels,
                                 .map = picture.has_sign ? Colormap::diverging : Colormap::viridis,
                                 .range = range_of(values, picture.has_sign)},
                                share, height);
    const auto cell = hit ? grid.unit_at(hit->x, hit->y) : std::nullopt;
    const std::int64_t term = cell ? patch_.index[static_cast<std::size_t>(*cell)] : -1;
    if (term < 0) continue;
    const auto i = static_cast<std::size_t>(term);
    const inspect::TermList& inputs = seen.unit->inputs;
    const auto number = [](float value) { return display_number(static_cast<double>(value)); };
    widgets::tooltip(core::fill("{}: {} × {} = {}. A click pins the weight.", place_words(map, inputs.units[i]),
                                number(inputs.values[i]), number(inputs.derivatives[i]), number(inputs.terms[i])));
    if (hit->pressed && i < seen.unit_weights.size()) pressed = seen.unit_weights[i];
  }
  return pressed;
}

std::optional<std::int64_t> UnitPart::draw(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  const bool pictures = weighs_inputs(seen);
  const PartRoom room = part_room(pictures ? 0.48f : 0.0f);
  std::optional<std::int64_t> pressed;
  begin_pictures(room);
  if (pictures) pressed = draw_pictures(context, room.pictures, room.height - kCellCaption);
  begin_words(room);
  const float width = ImGui::GetContentRegionAvail().x;
  const bool columns = width >= kTwoColumns;
  const float column = columns ? (width - 2 * widgets::kGrid) / 2 : width;
  ImGui::BeginGroup();
  if (const auto line = draw_lines(unit_forward(seen), column)) pressed = line;
  // A group ends where its longest line does; the second column begins at a fixed place.
  ImGui::EndGroup();
  if (columns)
    ImGui::SameLine(column + 2 * widgets::kGrid);
  else
    ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  ImGui::BeginGroup();
  draw_lines(unit_backward(seen), column);
  ImGui::EndGroup();
  widgets::note("This digit alone, dropout off.");
  end_part(room);
  return pressed;
}

}  // namespace descent::web
