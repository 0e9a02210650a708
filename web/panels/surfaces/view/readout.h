// SPDX-License-Identifier: MIT
// The numbers at one point, in a line above the picture: place, value and slope; on a click also the Hessian, its
// eigenvalues and condition number, and the kind of point.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/panels/surfaces/view/samples.h"
#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

class Readout {
 public:
  // At the pointer when `probe` is given, else at the chosen optimizer's head; false when there is neither. `outcome`:
  // what the map of basins says of the pointer's place.
  bool read(const PanelContext& context, const std::optional<SurfaceFeed::Probe>& probe, std::string outcome);
  // The line inside `room`, at its right end or at its left one. One that can be pressed opens the other numbers.
  void draw(const PanelContext& context, const ViewFrame& frame, const Rect& room, bool at_right, bool can_open);
  // The other numbers, where they were asked for, below the line. Returns the height taken.
  [[nodiscard]] float draw_more(const PanelContext& context, ImVec2 corner, float width) const;

 private:
  struct Field {
    std::string label, value;
  };
  struct Line {
    bool titled = false;
    std::vector<Field> fields;
    float width = 0;
  };
  // The numbers that are read out, and whose they are.
  struct Reading {
    std::string title;
    surfaces::Point point{};
    surfaces::LocalModel model;
    const race::RunnerSnapshot* runner = nullptr;  // nullptr: at the pointer
  };
  [[nodiscard]] std::vector<Field> fields(double unit, int digits) const;
  [[nodiscard]] std::vector<Field> more_fields() const;
  [[nodiscard]] std::string kind(const PanelContext& context) const;
  [[nodiscard]] float title_width() const;
  [[nodiscard]] float marker_width() const;
  [[nodiscard]] Line fitting_line(double unit, float room) const;
  [[nodiscard]] std::string spoken(const PanelContext& context, const Line& line) const;

  std::optional<Reading> reading_;
  std::string outcome_;
  bool open_ = false;
};

}  // namespace descent::web
