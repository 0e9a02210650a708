// SPDX-License-Identifier: MIT
// Says which contour lines carry their value, and where: a few places on main lines that are straight enough for the
// text, away from one another and from the edge. Places are points of the surface, so they move with it; those that
// still hold are kept when the view changes, and new ones come only where there is room. Lines are found in the sampled
// heights, along lines of a grid that lies fixed on the surface. No GL and no ImGui here.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/model/geometry/view_math.h"

namespace descent::web {

struct ContourLabel {
  double value = 0;         // of the line
  surfaces::Point point{};  // on it: the middle of the text
  surfaces::Point along{};  // the line's direction there, 1 long, to the right
  std::string text;
  double width = 0;  // of the text, points
};

// The picture that the labels are for.
struct LabelledView {
  surfaces::Domain shown;        // fills the picture; x and y have the same scale
  double width = 0, height = 0;  // of the picture, points
  ValueScale scale;
  std::vector<surfaces::Point> taken;               // where other marks are
  std::function<double(std::string_view)> measure;  // width of a text, points
  bool moving = false;                              // labels go along; new ones come when the view rests

  [[nodiscard]] double unit() const { return (shown.x1 - shown.x0) / width; }  // surface units a point
};

class ContourLabels {
 public:
  // Brings the places up to date; does nothing when neither field nor view has changed since.
  const std::vector<ContourLabel>& update(const race::HeightField& field, const LabelledView& view);
  [[nodiscard]] static std::size_t most(const LabelledView& view);  // labels

 private:
  struct Key {
    std::uint64_t config_version = 0;
    surfaces::Domain sampled, shown;
    double width = 0, height = 0, low = 0, high = 0;
    bool moving = false;
    [[nodiscard]] bool equals(const Key& other) const;
  };
  std::optional<Key> key_;
  std::vector<ContourLabel> labels_;
};

// The main line nearest to `value`, of those that have labels; its text names it apart from its neighbours.
struct MainLine {
  double value = 0;
  double below = 0, above = 0;  // distance to the main lines on either side
  std::string text;
};
[[nodiscard]] std::optional<MainLine> main_line(const ValueScale& scale, double value);

}  // namespace descent::web
