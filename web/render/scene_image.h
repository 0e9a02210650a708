// SPDX-License-Identifier: MIT
// SceneImage: the Surfaces view as a picture of its own size. Two kept pictures make a still frame cost one copy:
// `base` holds the surface and the arrows, drawn again when camera, field or look change; the picture holds base with
// the paths, to which new segments are added.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "web/render/gl.h"
#include "web/render/line_program.h"
#include "web/render/path_pass.h"
#include "web/render/renderer.h"
#include "web/render/surface_pass.h"
#include "web/surface_view_math.h"

namespace descent::web::render {

// What pictures are drawn from, kept by the renderer.
struct SceneSources {
  const train::HeightField& field;
  std::uint64_t field_version = 0;  // 0: none has come
  const train::GradientField& gradients;
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

[[nodiscard]] bool same_camera(const SurfaceCamera& a, const SurfaceCamera& b);

class SceneImage {
 public:
  // Brings the picture up to date. `rough`: the view is moving.
  void draw(const SurfaceScene& scene, const PixelSize& size, bool rough, const SceneSources& sources);
  // Segments are waiting for the next call: a redraw is spread over several when there are very many.
  [[nodiscard]] bool pending() const { return paths_.pending(); }
  [[nodiscard]] const Target& picture() const { return picture_; }
  // Where the last draw() made the picture, or the ends that lie over it, look different; in its own pixels.
  [[nodiscard]] const std::vector<PixelBox>& changed() const { return changed_; }
  // The fresh ends of the paths in full colour, onto the bound target, where the picture lies at (x, y); those that
  // reach into `box` of the target.
  void draw_tails(int x, int y, const PixelBox& box, const SceneSources& sources) const;
  // The camera of the last picture.
  [[nodiscard]] const SurfaceCamera* camera() const { return drawn_ ? &drawn_->camera : nullptr; }

 private:
  // What the base depends on.
  struct Key {
    SurfaceCamera camera;
    PixelSize size;
    std::uint64_t field_version = 0, gradients_version = 0, places_version = 0;
    bool contours = true, arrows = false, places = false, log_colours = false, show_field = true, rough = false;
    Theme theme = Theme::dark;

    [[nodiscard]] bool same_surface(const Key& other) const;  // 3-D: the same heights, seen from wherever
    [[nodiscard]] bool equals(const Key& other) const;
  };

  void set_projection(const SurfaceScene& scene, const SceneSources& sources);
  void draw_base(const SurfaceScene& scene, bool rough, const SceneSources& sources);
  void draw_surface(const SurfaceScene& scene, bool rough, const SceneSources& sources);
  void draw_lines(const SurfaceScene& scene, const SceneSources& sources);
  void draw_box(const SceneSources& sources);
  void draw_arrows(const SceneSources& sources);
  void copy_base();

  std::optional<Key> drawn_;
  PixelSize size_;
  Theme theme_ = Theme::dark;
  std::optional<OrbitView> orbit_;
  Projection projection_;
  Target base_, picture_;
  MultisampleTarget smooth_;
  PathPass paths_;
  LineStrip arrows_, box_;
  std::vector<PixelBox> changed_;
};

}  // namespace descent::web::render
