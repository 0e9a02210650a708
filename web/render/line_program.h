// SPDX-License-Identifier: MIT
// Smooth lines of constant width on the screen: LineStrip keeps the vertices in a texture, from which LineProgram's
// vertex shader fetches them (software GL draws every instance of an instanced call on its own). Paths and the arrows
// of the gradient field are drawn with it.
#pragma once

#include <cstddef>
#include <span>

#include "web/model/geometry/screen_path.h"
#include "web/render/gl.h"

namespace descent::web::render {

struct Rgba {
  float r = 0, g = 0, b = 0, a = 1;
};
[[nodiscard]] Rgba mix(const Rgba& a, const Rgba& b, float t);  // opaque

class LineStrip {
 public:
  // Brings the texture up to date with `vertices`, of which those before `unchanged` are there already.
  void upload(std::span<const ScreenPath::Vertex> vertices, std::size_t unchanged);
  [[nodiscard]] std::size_t segments() const { return uploaded_ > 0 ? uploaded_ - 1 : 0; }
  void bind() const { texture_.bind(0); }

 private:
  Texture texture_;  // row by row
  std::size_t capacity_ = 0, uploaded_ = 0;
};

class LineProgram {
 public:
  LineProgram();

  // Blending on; to a target of this many device pixels.
  void begin(double width, double height) const;
  void end() const;

  // Hiding says where a drawn scene hides lines: its depth, and where its lower left corner lies on the bound target.
  struct Hiding {
    const Target* scene = nullptr;
    int x = 0, y = 0;
  };
  void hide_behind(const Hiding& hiding) const;

  struct Style {
    Rgba past, present;    // from the first segment drawn to the last
    float radius = 1;      // device pixels
    float depth_bias = 0;  // towards the viewer
  };
  // Segments [first, last); segment k leads from vertex k to vertex k + 1.
  void draw(const LineStrip& strip, std::size_t first, std::size_t last, const Style& style) const;

 private:
  Program program_;
  VertexArray vertices_;
};

}  // namespace descent::web::render
