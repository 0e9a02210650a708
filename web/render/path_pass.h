// SPDX-License-Identifier: MIT
// Paths of the runners as screen-space polylines. Points are projected once per view in double precision on the
// processor (what bends by less than a quarter of a pixel is merged, what is invisible clipped away) and appended to a
// texture as the race goes on, from which the vertex shader fetches them. Only new segments are drawn into the kept
// scene, so a frame of a long race costs what is new.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "web/render/gl.h"
#include "web/render/renderer.h"
#include "web/surface_view_math.h"

namespace descent::web::render {

// From surface points to device pixels of the target (y up) and depth; flat or through the orbit camera.
struct Projection {
  surfaces::Domain shown;  // flat: fills the target
  double width = 1, height = 1;
  double pixel_ratio = 1;
  const OrbitView* orbit = nullptr;  // set in the 3-D view, with the two below
  const train::HeightField* field = nullptr;
  ValueScale scale;
};

class PathPass {
 public:
  PathPass();

  // Another view: everything is projected and drawn anew.
  void forget_view();
  // Takes over new points of all runners. True when something drawn is no longer true (a run was reset or went back),
  // so that the kept scene must be drawn anew.
  bool update(const train::RaceSnapshot& race, const Projection& projection);
  // After the kept scene was cleared.
  void forget_drawn();
  // Draws what is new into the bound target.
  void draw_new(const Projection& projection, Theme theme);
  // The newest part of each path in full colour, onto the canvas.
  void draw_tails(const Projection& projection, Theme theme, int origin_x, int origin_y, const Target* scene);
  // Segments waiting for the next frame: a redraw is spread over frames when there are very many.
  [[nodiscard]] bool pending() const;

 private:
  struct Vertex {
    float x = 0, y = 0, depth = 0, joined = 0;
  };
  // The directions in which the last segment may go on and still pass all points merged into it within the tolerance
  // (cone intersection: Dunham, IEEE Transactions on Pattern Analysis and Machine Intelligence 8 (1986) 67, reviews
  // such methods).
  struct Sleeve {
    std::array<double, 2> anchor{}, direction{};
    double reach = 0;                       // length so far
    double lowest = 0, highest = 0;         // slopes against `direction`
    bool extend(std::array<double, 2> to);  // false: a new segment begins
    void begin(std::array<double, 2> from, std::array<double, 2> to);
  };
  struct Path {
    int slot = 0;
    std::uint64_t generation = 0;
    std::size_t taken = 0;         // points of the run taken over
    std::array<double, 2> last{};  // pixels of the newest point taken, kept or merged
    double last_depth = 0;
    bool open = false;  // `last` is the last vertex or close to it
    Sleeve sleeve;      // of the last segment
    surfaces::Point last_point{};
    std::vector<Vertex> vertices;
    Texture texture;  // the vertices, row by row
    std::size_t capacity = 0, uploaded = 0, drawn = 0;
  };

  static void restart(Path& path);
  static void append(Path& path, surfaces::Point point, const Projection& projection);
  static void line_to(Path& path, std::array<double, 2> to, double depth, const Projection& projection);
  static void upload(Path& path);
  void draw_range(const Path& path, std::size_t first, std::size_t last, float radius, float depth_bias) const;
  void set_view(const Projection& projection) const;

  Program program_;
  VertexArray vertices_;
  std::vector<Path> paths_;
};

}  // namespace descent::web::render
