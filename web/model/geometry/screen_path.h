// SPDX-License-Identifier: MIT
// ScreenPath: one run's points as a polyline of device pixels, grown as the run goes on. Projected in double precision,
// so that deep zooms stay exact; what is invisible is clipped away; points that bend the line by less than a fifth of a
// pixel are merged. In the 3-D view the line lies on the sampled surface: its points are lifted once per surface and
// projected anew for each camera.
// No GL here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/race/race.h"
#include "web/model/geometry/view_math.h"

namespace descent::web {

// Device pixels of the target, y up, and depth.
struct Placed {
  std::array<double, 2> pixel{};
  double depth = 0;
};

// A projection takes surface points to the target, flat or through the orbit camera.
struct Projection {
  surfaces::Domain shown;  // flat: fills the target
  double width = 1, height = 1;
  double pixel_ratio = 1;
  double margin = 32;                // device pixels round the target that lines are kept for
  const OrbitView* orbit = nullptr;  // set in the 3-D view, with the two below
  const race::HeightField* field = nullptr;
  ValueScale scale;

  // Scaled height of the sampled surface, 0 … 1.
  [[nodiscard]] double lifted(surfaces::Point point) const;
  // The place of a point at that height, seen through the orbit camera.
  [[nodiscard]] Placed through_orbit(surfaces::Point point, double t) const;
};

// The point's place in the target, in the 3-D view on the sampled surface; NaN if there is none.
[[nodiscard]] Placed place(const Projection& projection, surfaces::Point point);

class ScreenPath {
 public:
  struct Vertex {
    float x = 0, y = 0, depth = 0;
    float joined = 0;  // 1: a segment leads to the next vertex
    friend bool operator==(const Vertex&, const Vertex&) = default;
  };

  // Another camera on the same surface, or anything else.
  void forget_camera();
  void forget();
  // Takes over the run's points beyond those taken already. points: (n, 2). Returns the index of the first vertex that
  // is new or has changed.
  std::size_t extend(std::span<const double> points, const Projection& projection);

  [[nodiscard]] const std::vector<Vertex>& vertices() const { return vertices_; }
  [[nodiscard]] std::size_t taken() const { return taken_; }

 private:
  // The directions in which the last segment may go on and still pass all points merged into it within the tolerance
  // (cone intersection; Dunham, IEEE Transactions on Pattern Analysis and Machine Intelligence 8 (1986) 67, compares
  // such methods).
  struct Sleeve {
    std::array<double, 2> anchor{}, direction{};
    double reach = 0;                // length so far
    double lowest = 0, highest = 0;  // slopes against `direction`
    void begin(std::array<double, 2> from, std::array<double, 2> to);
    bool extend(std::array<double, 2> to);  // false: a new segment begins
  };
  struct Lifted {
    surfaces::Point point{};
    double t = 0;  // scaled height; NaN where there is no surface
  };

  void lift(surfaces::Point point, const Projection& projection);
  void line_to(const Placed& placed, const Projection& projection);
  void add_vertex(std::array<double, 2> pixel, double depth);

  std::vector<Vertex> vertices_;
  std::vector<Lifted> lifted_;
  surfaces::Point last_point_{};  // that was lifted
  std::size_t taken_ = 0;         // points of the run
  std::size_t projected_ = 0;     // lifted points
  std::size_t changed_ = 0;       // first vertex changed in this call
  bool begun_ = false;            // last_ is set
  bool open_ = false;             // last_ is the last vertex
  std::array<double, 2> last_{};
  double last_depth_ = 0;
  Sleeve sleeve_;
};

}  // namespace descent::web
