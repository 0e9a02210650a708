// SPDX-License-Identifier: MIT
// Draws the height field: flat with contour lines, or as a lit mesh. The field is a texture of single-precision samples
// that came from the engine; no formula is known here.
#pragma once

#include <optional>

#include "web/render/gl.h"
#include "web/render/renderer.h"
#include "web/surface_view_math.h"

namespace descent::web::render {

class SurfacePass {
 public:
  SurfacePass();

  void upload(const train::HeightField& field);

  struct Style {
    Theme theme = Theme::dark;
    bool contours = true;
    float pixel_ratio = 1;
    bool rough = false;  // the view is moving: faster, less smooth
  };
  // `shown`: the rectangle that fills the bound target of width × height device pixels.
  void draw_contour(const surfaces::Domain& shown, int width, int height, const ValueScale& scale, const Style& style);
  void draw_mesh(const OrbitView& orbit, const ValueScale& scale, const Style& style);

 private:
  void set_common(const Program& program, const ValueScale& scale, const Style& style);
  static void set_camera(const Program& program, const OrbitView& orbit);
  void set_colors(Theme theme);

  // Triangles over the samples.
  struct Grid {
    Buffer indices;
    int count = 0;
    int width = 0, height = 0;  // of the field it was built for
  };
  void build_grid(Grid& grid, int stride) const;

  Program contour_;
  Program mesh_;
  Program wall_;
  VertexArray empty_;
  Grid grid_, rough_grid_;
  Texture field_;
  Texture colors_;
  std::optional<Theme> colors_theme_;
  surfaces::Domain view_;
  double offset_ = 0;
  int width_ = 0, height_ = 0;
};

}  // namespace descent::web::render
