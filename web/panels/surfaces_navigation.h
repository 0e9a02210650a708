// SPDX-License-Identifier: MIT
// Pan, zoom, orbit, the start handle and the choice of a head, by mouse, wheel, trackpad and fingers. Submits the
// canvas items "surface view" and "start handle", and "<optimizer> head" for each runner.
#pragma once

#include <optional>

#include "web/panels/surfaces_scene.h"

namespace descent::web {

class SurfaceNavigation {
 public:
  // Submits the items over the picture and applies what the person does to ui.camera and ui.race.start.
  void update(PanelContext& context, const ViewFrame& frame);

  // The pointer rests on the picture and nothing is being dragged.
  [[nodiscard]] bool pointing() const { return pointing_; }
  [[nodiscard]] bool handle_hovered() const { return handle_hovered_; }
  [[nodiscard]] bool handle_held() const { return handle_held_; }

 private:
  static void zoom(PanelContext& context, const ViewFrame& frame, double factor, ImVec2 around);
  static void orbit(SurfaceCamera& camera, ImVec2 delta);
  // `grip`: where the pointer is now, after moving by `delta`.
  static void pan(PanelContext& context, const ViewFrame& frame, ImVec2 delta, ImVec2 grip);
  static void drag(PanelContext& context, const ViewFrame& frame);
  static void start_here(PanelContext& context, const ViewFrame& frame);
  void update_handle(PanelContext& context, const ViewFrame& frame);
  void update_heads(PanelContext& context, const ViewFrame& frame);

  bool pointing_ = false;
  bool handle_hovered_ = false;
  bool handle_held_ = false;
  bool over_head_ = false;
  ImVec2 grip_{};  // from the handle's centre to where it was taken
};

// The surface point under a position of the canvas; in the 3-D view where the line of sight meets the surface.
[[nodiscard]] std::optional<surfaces::Point> surface_point_at(const PanelContext& context, const ViewFrame& frame,
                                                              ImVec2 canvas);

// Back to the whole surface.
void fit_view(PanelContext& context);

}  // namespace descent::web
