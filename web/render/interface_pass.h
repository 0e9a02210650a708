// SPDX-License-Identifier: MIT
// InterfacePass: draws Dear ImGui's lists. It sets the state it needs and asks WebGL for nothing: a query makes the
// page wait for everything the GPU process has still to draw, which on a software renderer is most of the frame.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <span>
#include <vector>

#include "web/model/geometry/rect.h"
#include "web/render/gl.h"

namespace descent::web::render {

// A region in one colour, under the interface. Clearing costs a tenth of what a blended rectangle does where the
// processor has to draw.
struct Fill {
  Rect rect;
  ImU32 color = 0;
  friend bool operator==(const Fill&, const Fill&) = default;
};

class InterfacePass {
 public:
  InterfacePass();

  // The bound framebuffer in one colour; the fills, where it has the canvas's size.
  static void clear(ImU32 background);
  static void fill(const Canvas& canvas, std::span<const Fill> fills);

  // The font atlas as it is now; call it again after the atlas was rebuilt.
  void upload_fonts();
  // Takes over a frame; true when it differs from the one before in more than the pixels of its images.
  bool update(const ImDrawData& data, const Canvas& canvas);
  // That frame onto the bound framebuffer, which has the canvas's size.
  void draw(const Canvas& canvas);

 private:
  // Triangles with the same texture and clip rectangle.
  struct Run {
    ImTextureID texture = nullptr;
    PixelBox clip;
    std::size_t first = 0, count = 0;  // indices
    friend bool operator==(const Run&, const Run&) = default;
  };
  // All that decides what it looks like.
  struct Frame {
    ImVec2 size{};                     // points
    std::vector<ImDrawVert> vertices;  // of all lists, end to end
    std::vector<ImDrawIdx> indices;    // from the first vertex of all
    std::vector<Run> runs;             // in drawing order

    void take(const ImDrawData& data, const Canvas& canvas);
    [[nodiscard]] bool equals(const Frame& other) const;
  };

  Program program_;
  VertexArray array_;
  Buffer vertices_, indices_;
  Texture fonts_;
  Frame frame_, before_;
};

}  // namespace descent::web::render
