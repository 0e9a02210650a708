// SPDX-License-Identifier: MIT
// The parts of the pin's panel, each for one kind of pin. They fill the region that is left, pictures beside the words
// where that is wide, else above them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "web/model/network/sheets.h"
#include "web/model/network/terms.h"
#include "web/model/words/pin_lines.h"
#include "web/panels/page/panel.h"

namespace descent::web {

// A unit: input × weight = terms as pictures, and the sums forward and backward.
class UnitPart {
 public:
  // Wants an inspection with a unit whose layer is in sight. Returns the weight, in torch's order, that was pressed.
  [[nodiscard]] std::optional<std::int64_t> draw(PanelContext& context);
  // The pictures alone.
  [[nodiscard]] std::optional<std::int64_t> draw_pictures(PanelContext& context, float width, float height);

 private:
  std::uint64_t version_ = 0;
  TermPatch patch_;
};

// A weight: the product map whose sum is its gradient, the check, and the way to the newest step.
void draw_weight_part(PanelContext& context);
// A pixel: the Jacobian, its singular values and the smallest push.
void draw_pixel_part(PanelContext& context);

// The two halves of a part: begin_pictures and begin_words each open a region, which end_part closes.
struct PartRoom {
  bool beside = false;
  float pictures = 0, words = 0;  // widths
  float height = 0;               // of the pictures, points
};
// share_of_pictures: of the width; 0: there are none.
[[nodiscard]] PartRoom part_room(float share_of_pictures);
void begin_pictures(const PartRoom& room);
void begin_words(const PartRoom& room);
void end_part(const PartRoom& room);

// Line by line, wrapped at `width`. Returns the weight of a line that was pressed.
std::optional<std::int64_t> draw_lines(std::span<const PinLine> lines, float width);
// Labelled numbers, one beside the other as far as they fit into `width`. prefix: of the items' names.
void draw_number_row(std::string_view prefix, std::span<const PinNumber> numbers, float width);

}  // namespace descent::web
