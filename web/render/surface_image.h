// SPDX-License-Identifier: MIT
// SurfaceImage: the Surfaces view as a picture of its own size. Two kept pictures make a still frame cost one copy:
// `base` holds the surface and the arrows, drawn again when camera, field or look change; the picture holds base with
// the paths, to which new segments are added. While a flat view is dragged the picture scrolls (scroll.h): only what
// comes into view is drawn, on the scale of values that the rest has.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "web/model/geometry/arrows.h"
#include "web/model/geometry/view_math.h"
#include "web/render/gl.h"
#include "web/render/line_program.h"
#include "web/render/path_pass.h"
#include "web/render/renderer.h"
#include "web/render/surface_pass.h"

namespace descent::web::render {

// What pictures are drawn from, kept by the renderer.
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
  // Brings the picture up to date.
  void draw(const SurfaceView& scene, const PixelSize& size, const SurfaceSources& sources);
  // Segments are waiting for the next call: a redraw is spread over several when there are very many.
  [[nodiscard]] bool pending() const { return paths_.pending(); }
  [[nodiscard]] const Target& picture() const { return picture_; }
  // Where the lower left pixel of what is shown lies on it; from there on round its edges.
  [[nodiscard]] PixelShift corner() const { return scroll_.corner(); }
  // Where the last draw() made the picture, or the ends that lie over it, look different; in its own pixels.
  [[nodiscard]] const std::vector<PixelBox>& changed() const { return changed_; }
  // What lies over the picture, onto the bound target, where it fills `place`: the fresh ends of the paths in full
  // colour, those that reach into `box` of the target; and the dots.
  void draw_over(const PixelBox& place, const PixelBox& box, const SurfaceSources& sources) const;

 private:
  static constexpr double kScrollReach = 0.6;  // of the picture's longer side, until all is drawn anew
  static constexpr double kScrollEdge = 40;    // device pixels beyond the view that paths are kept for

  // What the base depends on.
  struct Key {
    SurfaceCamera camera;
    OrbitRoom room;
    PixelSize size;
    std::uint64_t surface_version = 0;  // of the field's race
    std::uint64_t field_version = 0, gradients_version = 0, places_version = 0;
    bool contours = true, arrows = false, places = false, log_colours = false, show_field = true, rough = false;
    Theme theme = Theme::dark;

    [[nodiscard]] bool same_surface(const Key& other) const;  // 3-D: the same heights, seen from wherever
    [[nodiscard]] bool same_look(const Key& other) const;     // whatever heights and camera
    [[nodiscard]] bool equals(const Key& other) const;
  };

  [[nodiscard]] Key key_of(const SurfaceView& scene, const SurfaceSources& sources) const;
  // How far the picture's content moves to show the scene as it is now; empty when it has to be drawn anew.
  [[nodiscard]] std::optional<PixelShift> shift_to(const Key& key, const SurfaceSources& sources) const;
  void scroll_to(const PixelShift& shift, const SurfaceView& scene, const SurfaceSources& sources);
  void draw_anew(const SurfaceView& scene, const Key& key, const SurfaceSources& sources);
  void draw_paths(const SurfaceSources& sources);
  void update_dots(const SurfaceView& scene);
  // False when the piece is empty.
  bool enter(const Scroll::Piece& piece) const;
  [[nodiscard]] PathPass::Frame frame() const { return {projection_, theme_, scroll_.moved()}; }
  void set_projection(const SurfaceView& scene, const SurfaceSources& sources);
  void draw_base(const SurfaceView& scene, bool rough, const SurfaceSources& sources);
  void draw_surface(const SurfaceView& scene, bool rough, const SurfaceSources& sources);
  void draw_lines(const SurfaceView& scene, const SurfaceSources& sources);
  void draw_box(const SurfaceSources& sources);
  // Those in `within`; lines of the projection have begun.
  void draw_arrows(const surfaces::Domain& within, const SurfaceSources& sources);
  void scroll_arrows(const PixelBox& box, const SurfaceSources& sources);
  void copy_base();

  std::optional<Key> drawn_;
  PixelSize size_;
  Theme theme_ = Theme::dark;
  std::optional<OrbitView> orbit_;
  Projection projection_;
  Target base_, picture_;
  MultisampleTarget smooth_;
  Scroll scroll_;
  bool whole_ = false;  // heights, and gradients for arrows, were known for all of the flat view when it was drawn
  std::optional<ArrowLengths> arrow_lengths_;
  double arrow_step_ = 0;  // of their grid
  PathPass paths_;
  LineStrip arrows_, box_, dots_;
  std::vector<ScreenPath::Vertex> dot_vertices_;
  std::vector<PixelBox> changed_;
};

}  // namespace descent::web::render
