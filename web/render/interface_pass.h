// SPDX-License-Identifier: MIT
// InterfacePass: draws Dear ImGui's lists. It sets the state it needs and asks WebGL for nothing: a query makes the
// page wait for everything the GPU process has still to draw, which on a software renderer is most of the frame.
#pragma once

#include <imgui.h>

#include <span>
#include <vector>

#include "web/render/gl.h"
#include "web/render/renderer.h"

namespace descent::web::render {

// A region in one colour, under the interface. Clearing costs a tenth of what a blended rectangle does where the
// processor has to draw.
struct Fill {
  Rect rect;
  ImU32 color = 0;
};

class InterfacePass {
 public:
  InterfacePass();

  // The whole canvas in one colour, before anything else is drawn on it.
  static void clear(const Canvas& canvas, ImU32 background);
  static void clear_bound(ImU32 background);  // the same for the bound framebuffer
  static void fill(const Canvas& canvas, std::span<const Fill> fills);

  // The font atlas as it is now; call it again after the atlas was rebuilt.
  void upload_fonts();
  // Onto the bound framebuffer, which has the canvas's size.
  void draw(const ImDrawData& data, const Canvas& canvas);

 private:
  void upload(const ImDrawData& data);

  Program program_;
  VertexArray array_;
  Buffer vertices_, indices_;
  Texture fonts_;
  std::vector<ImDrawVert> all_vertices_;  // of one frame's lists, end to end
  std::vector<ImDrawIdx> all_indices_;    // counted from the first vertex of all
};

}  // namespace descent::web::render
