// SPDX-License-Identifier: MIT
// InterfacePass: draws Dear ImGui's lists. It sets the state it needs and asks WebGL for nothing: a query makes the
// page wait for everything the GPU process has still to draw, which on a software renderer is most of the frame.
#pragma once

#include <imgui.h>

#include <vector>

#include "web/render/gl.h"

namespace descent::web::render {

class InterfacePass {
 public:
  InterfacePass();

  // The font atlas as it is now; call it again after the atlas was rebuilt.
  void upload_fonts();
  // To the canvas, whose framebuffer has this many pixels.
  void draw(const ImDrawData& data, int framebuffer_width, int framebuffer_height);

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
