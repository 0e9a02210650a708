// SPDX-License-Identifier: MIT
// Pan, zoom, orbit, the marks that can be dragged and the choice of a head, by mouse, wheel, trackpad and fingers.
// Submits the canvas items "surface view", "start handle" and "pinned point", and "<optimizer> head" for each runner.
// A click on the picture starts there where it shows basins, and pins the point while the tab "Chain rule" is open.
#pragma once

#include <optional>

#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

class SurfaceNavigation {
 public:
  // A mark that can be dragged.
  struct Handle {
    bool hovered = false, held = false, focused = false;
    ImVec2 grip{};  // from its centre to where it was taken
  };

  // Submits the items over the picture and applies what the person does to ui.camera and ui.race.start.
  void update(PanelContext& context, const ViewFrame& frame);

  // The pointer rests on the picture and nothing is being dragged.
  [[nodiscard]] bool pointing() const { return pointing_; }
  // The pointer is on the picture, or began there what it is doing.
  [[nodiscard]] bool touched() const { return touched_; }
  [[nodiscard]] const Handle& start() const { return start_; }
  [[nodiscard]] const Handle& pin() const { return pin_; }

 private:
  static void zoom(PanelContext& context, const ViewFrame& frame, double factor, ImVec2 around);
  static void orbit(SurfaceCamera& camera, ImVec2 delta);
  // `grip`: where the pointer is now, after moving by `delta`.
  static void pan(PanelContext& context, const ViewFrame& frame, ImVec2 delta, ImVec2 grip);
  static void drag(PanelContext& context, const ViewFrame& frame);
  static void start_here(PanelContext& context, const ViewFrame& frame);
  void pin_here(PanelContext& context, const ViewFrame& frame);
  // A mark that can be dragged, as descent.ui.items() has it, and its tooltip.
  struct Mark {
    const char *label, *tip;
    std::optional<double> value;
  };
  // The place to which the mark at `at` is being dragged; empty while it is not.
  static std::optional<surfaces::Point> drag_mark(PanelContext& context, const ViewFrame& frame, const Mark& mark,
                                                  surfaces::Point at, Handle& handle);
  void update_marks(PanelContext& context, const ViewFrame& frame);
  void update_heads(PanelContext& context, const ViewFrame& frame);

  bool pointing_ = false, touched_ = false;
  Handle start_, pin_;
  std::optional<surfaces::Point> pin_before_;  // the last click
  bool pinned_by_click_ = false;               // the last click, or the first of several, made the pin
  bool over_head_ = false;
};

// The surface point under a position of the canvas; in the 3-D view where the line of sight meets the surface.
[[nodiscard]] std::optional<surfaces::Point> surface_point_at(const PanelContext& context, const ViewFrame& frame,
                                                              ImVec2 canvas);

// Back to the whole surface.
void fit_view(PanelContext& context);

}  // namespace descent::web
