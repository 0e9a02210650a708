// SPDX-License-Identifier: MIT
// Draws the paths of the runners: coloured lines with a casing that keeps them legible on any ground. Vertices go into
// a texture per path, from which the vertex shader fetches them. Only new segments are drawn into the kept scene, so a
// frame of a long race costs what is new.
#pragma once

#include <cstdint>
#include <vector>

#include "web/render/gl.h"
#include "web/render/renderer.h"
#include "web/render/screen_path.h"

namespace descent::web::render {

class PathPass {
 public:
  PathPass();

  // Everything is projected and drawn anew; `same_surface`: only the orbit camera has moved.
  void forget_view(bool same_surface);
  // Takes over new points of all runners. True when something drawn is no longer true (a run was reset or went back),
  // so that the kept scene must be drawn anew.
  bool update(const train::RaceSnapshot& race, const Projection& projection);
  // After the kept scene was cleared.
  void forget_drawn();
  // Draws what is new into the bound target.
  void draw_new(const Projection& projection, Theme theme);
  // The newest part of each path in full colour, onto the canvas. scene: whose depth hides paths; nullptr: none.
  void draw_tails(const Projection& projection, Theme theme, int origin_x, int origin_y, const Target* scene);
  // Segments are waiting for the next frame: a redraw is spread over frames when there are very many.
  [[nodiscard]] bool pending() const;

 private:
  struct Path {
    int slot = 0;
    std::uint64_t generation = 0;
    ScreenPath line;
    Texture texture;  // the vertices, row by row
    std::size_t capacity = 0, uploaded = 0;
    std::size_t drawn = 0;  // segments

    [[nodiscard]] std::size_t segments() const { return line.vertices().empty() ? 0 : line.vertices().size() - 1; }
  };

  static void upload(Path& path);
  void draw_range(const Path& path, std::size_t first, std::size_t last, float radius, float depth_bias) const;
  void set_view(const Projection& projection) const;

  Program program_;
  VertexArray vertices_;
  std::vector<Path> paths_;
};

}  // namespace descent::web::render
