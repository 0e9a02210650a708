// SPDX-License-Identifier: MIT
// SurfaceImage: the Surfaces view as a picture of its own size. Two kept pictures make a still frame cost one copy:
// `base` holds the surface and the arrows, drawn again when camera, field or look change; the picture holds base with
// the paths, to which new segments are added. While the contour view is dragged, base goes along and only what comes
// into view is drawn: where the processor draws, nothing else of a frame costs as much as the surface.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "web/model/geometry/view_math.h"
#include "web/render/gl.h"
#include "web/render/line_program.h"
#include "web/render/path_pass.h"
#include "web/render/renderer.h"
#include "web/render/surface_pass.h"

namespace descent::web::render {

// SurfaceSources are what pictures are drawn from, kept by the renderer.
struct SurfaceSources {
  const race::HeightField& field;
  std::uint64_t field_version = 0;  // 0: none has come
  const race::GradientField& gradients;
  std::uint64_t gradients_version = 0;
  std::uint64_t places_version = 0;
  const ValueScale& scale;
  SurfacePass& surface;
  const LineProgram& lines;
};

struct PixelSize {
  int width = 0, height = 0;
  float pixel_ratio = 1;
};

class SurfaceImage {
 public:
  // Brings the picture up to date; true when it, or what lies over it, looks other than after the last call.
  bool draw(const SurfaceView& scene, const PixelSize& size, const SurfaceSources& sources);
  // Segments are waiting for the next call: a redraw is spread over several when there are very many.
  [[nodiscard]] bool pending() const { return paths_.pending(); }
  [[nodiscard]] const Target& picture() const { return picture_; }
  // draw_over() draws what lies over the picture onto the bound target, where it fills `place`: the fresh ends of the
  // paths in full colour, and the dots.
  void draw_over(const PixelBox& place, const SurfaceSources& sources) const;

 private:
  // The base depends on this Key.
  struct Key {
    SurfaceCamera camera;
    OrbitRoom room;
    PixelSize size;
    std::uint64_t field_version = 0, gradients_version = 0, places_version = 0;
    bool contours = true, arrows = false, places = false, log_colours = false, show_field = true, rough = false;
    Theme theme = Theme::dark;

    [[nodiscard]] bool same_surface(const Key& other) const;  // 3-D: the same heights, seen from wherever
    [[nodiscard]] bool equals(const Key& other) const;
    [[nodiscard]] bool dragged_from(const Key& other) const;  // flat, and only the place differs
  };

  [[nodiscard]] Key key_of(const SurfaceView& scene, const SurfaceSources& sources) const;
  void draw_anew(const SurfaceView& scene, const Key& key, const SurfaceSources& sources);
  bool update_dots(const SurfaceView& scene);  // true when they have changed
  [[nodiscard]] PathPass::Frame frame() const { return {projection_, theme_}; }
  void set_projection(const SurfaceView& scene, const SurfaceSources& sources);
  void draw_base(const SurfaceView& scene, const SurfaceSources& sources);
  void draw_part(const SurfaceView& scene, const SurfaceSources& sources, const PixelBox& part);
  [[nodiscard]] bool drag_base(const SurfaceView& scene, const SurfaceSources& sources);
  [[nodiscard]] SurfacePass::Style style_of(const SurfaceView& scene, bool rough) const;
  void draw_contour(const SurfaceView& scene, const SurfaceSources& sources, bool rough);
  void draw_lines(const SurfaceView& scene, const SurfaceSources& sources);
  void draw_box(const SurfaceSources& sources);
  void draw_arrows(const SurfaceSources& sources);
  void copy_base();

  std::optional<Key> drawn_;
  PixelSize size_;
  Theme theme_ = Theme::dark;
  std::optional<OrbitView> orbit_;
  Projection projection_;
  surfaces::Domain sheet_;  // what base shows when flat: a drag moves it by whole pixels
  Target base_, picture_;
  MultisampleTarget smooth_;
  PathPass paths_;
  LineStrip arrows_, box_, dots_;
  std::vector<ScreenPath::Vertex> dot_vertices_;
};

}  // namespace descent::web::render
