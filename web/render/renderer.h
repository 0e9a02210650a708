// SPDX-License-Identifier: MIT
// Renderer: the only owner of GL. Panels describe what they want to see; it is drawn under the interface in the same
// frame. All geometry is in points (CSS pixels) of the canvas, y down; the renderer applies the device pixel ratio.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "engine/race/height_field.h"
#include "web/model/geometry/orbit_fit.h"
#include "web/model/geometry/rect.h"
#include "web/model/plots/colormap.h"
#include "web/state/surface_camera.h"
#include "web/state/theme.h"

namespace descent::race {
struct RaceSnapshot;
}  // namespace descent::race

namespace descent::web::render {

// The Surfaces view: heights and paths of the snapshot seen through the camera. The flat view shows camera.view widened
// to the aspect of `rect` (expand_to_aspect); the 3-D view shows camera.view itself. Colours and heights are fitted as
// fit_scale() says.
struct SurfaceView {
  Rect rect;
  const race::RaceSnapshot* race = nullptr;  // paths; nullptr: none. Must live until the frame is drawn.
  std::span<const double> dots;              // (n, 2) points marked by discs on the surface. The same.
  SurfaceCamera camera;
  OrbitRoom room;          // 3-D view: what labels and notes leave of `rect`
  bool show_field = true;  // false while no field of this surface has arrived
  bool exact = false;      // the field is of just this view and these parameters
  bool moving = false;     // the view has changed within the last moments: speed before finish
  bool contours = true;
  bool arrows = false;  // of the gradient field, once set_gradients() was called for this surface
  bool places = false;  // the picture of set_overlay_image() in the place of the surface's colours; flat view only
  bool log_colours = false;
  Theme theme = Theme::dark;
};

}  // namespace descent::web::render

namespace descent::web {
struct ValueScale;
class OrbitView;
}  // namespace descent::web

namespace descent::web::render {

class Renderer {
 public:
  Renderer();
  ~Renderer();

  // start_over() leaves it as made anew: nothing that was given or drawn is kept.
  void start_over();

  // The WebGL context is lost: what was made in it is let go while it still is the lost one (names of one context mean
  // nothing in the next). Heights and gradients stay, and may come meanwhile; all else waits for the new context, and
  // places and images have to be given again.
  void lose_context();
  void regain_context();

  // Heights arrive from the race worker (posted back to the main thread); kept until newer ones come.
  void set_field(race::HeightField field);
  [[nodiscard]] const race::HeightField* field() const;
  void set_gradients(race::GradientField gradients);
  // pixels: (height, width), row 0 at y0, the centres of the outer ones on the edges of `view`; bytes R, G, B, A in
  // memory.
  void set_overlay_image(const surfaces::Domain& view, int width, int height, std::span<const std::uint32_t> pixels);
  [[nodiscard]] bool has_overlay_image() const;

  void surface(const SurfaceView& scene);

  // A small image for ImGui::Image, uploaded when `version` differs from the last call with this key.
  // values: (height, width), row 0 on top, mapped from [low, high] to the colormap, NaN transparent; nearest-neighbour
  // magnification.
  // Returns an ImTextureID.
  [[nodiscard]] void* image(std::string_view key, std::uint64_t version, int width, int height,
                            std::span<const float> values, float low, float high, Colormap map);
  // The same from colours: bytes R, G, B, A in memory.
  [[nodiscard]] void* image(std::string_view key, std::uint64_t version, int width, int height,
                            std::span<const std::uint32_t> pixels);

  // A Projected says where a surface point lies on the canvas (points), for overlays; in the 3-D view on the surface's
  // height `value`.
  struct Projected {
    float x = 0, y = 0;
    bool visible = false;
  };
  [[nodiscard]] Projected project(const SurfaceView& scene, surfaces::Point point, double value) const;

  // The camera of the 3-D view on the scene's rectangle; good until the next call.
  [[nodiscard]] const OrbitView& orbit(const SurfaceView& scene) const;

  // Value -> colour of the scene, for the colour bar; `known_minimum` taken from the scene's race. While the view is
  // dragged it stays as it was.
  [[nodiscard]] ValueScale value_scale(const SurfaceView& scene) const;

  void begin_frame(const Canvas& canvas);
  // Brings the scene up to date; true when it, or an image, looks other than in the last frame. Then draws the scene
  // onto the canvas.
  [[nodiscard]] bool update();
  void draw();

  // scene() is what surface() was asked for in this frame; nullptr: nothing.
  [[nodiscard]] const SurfaceView* scene() const;
  // A picture on a canvas of its own. begin: for the current ImGui context, after its fonts were loaded and before its
  // frame. take: that context's draw data over `scene`, or over nothing but the background (nullptr); the pixels go to
  // Module.bridgePicture(id, …) later.
  void begin_picture();
  void take_picture(const SurfaceView* scene, const Canvas& canvas, int id);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::web::render
