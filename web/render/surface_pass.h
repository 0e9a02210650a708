// SPDX-License-Identifier: MIT
// Draws the height field: flat with contour lines, or as a lit mesh. The field is a texture of single-precision samples
// that came from the engine; no formula is known here.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "web/model/geometry/view_math.h"
#include "web/render/gl.h"
#include "web/render/renderer.h"

namespace descent::web::render {

// One pair of shaders for each set of options in use, compiled when first wanted: where a processor draws, a branch on
// an option costs both its sides.
class ProgramVariants {
 public:
  struct Options {
    bool rough = false, log_scale = false, placed = false;
  };

  ProgramVariants(std::initializer_list<std::string_view> vertex, std::initializer_list<std::string_view> fragment)
      : vertex_(vertex), fragment_(fragment) {}
  [[nodiscard]] const Program& get(const Options& options);

 private:
  std::vector<std::string_view> vertex_, fragment_;
  std::array<std::unique_ptr<Program>, 8> programs_;
};

class SurfacePass {
 public:
  SurfacePass();

  void upload(const race::HeightField& field);
  // A picture that may stand in the place of the surface's colours. pixels: (height, width), row 0 at y0, the centres
  // of the outer ones on the edges of `view`; bytes R, G, B, A in memory.
  void upload_places(const surfaces::Domain& view, int width, int height, std::span<const std::uint32_t> pixels);

  struct Style {
    Theme theme = Theme::dark;
    bool contours = true;
    bool places = false;
    float pixel_ratio = 1;
    bool rough = false;  // the view is moving: faster, less smooth
  };
  // The rectangle `shown` on width × height device pixels, the whole of the bound target.
  struct Sheet {
    surfaces::Domain shown;
    int width = 0, height = 0;
  };
  void draw_contour(const Sheet& sheet, const ValueScale& scale, const Style& style);
  void draw_mesh(const OrbitView& orbit, const ValueScale& scale, const Style& style);

 private:
  void set_common(const Program& program, const ValueScale& scale, const Style& style);
  static void set_camera(const Program& program, const OrbitView& orbit);
  void set_colors(Theme theme);
  void set_overlay_image(const Program& program, const Sheet& sheet);

  // Triangles over the samples.
  struct Grid {
    Buffer indices;
    int count = 0;
    int width = 0, height = 0;  // of the field it was built for
  };
  void build_grid(Grid& grid, int stride) const;

  ProgramVariants contour_, mesh_, wall_;
  VertexArray empty_;
  Grid grid_, rough_grid_;
  Texture field_;
  Texture colors_;
  std::optional<Theme> colors_theme_;
  Texture places_;
  surfaces::Domain places_view_;
  int places_width_ = 0, places_height_ = 0;
  surfaces::Domain view_;
  double offset_ = 0;
  int width_ = 0, height_ = 0;
};

}  // namespace descent::web::render
