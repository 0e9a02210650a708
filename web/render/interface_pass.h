// SPDX-License-Identifier: MIT
// InterfacePass: draws Dear ImGui's lists. It sets the state it needs and asks WebGL for nothing: a query makes the
// page wait for everything the GPU process has still to draw, which on a software renderer is most of the frame.
#pragma once

#include <imgui.h>

#include <span>

#include "web/model/geometry/damage.h"
#include "web/render/gl.h"
#include "web/render/interface_chunks.h"
#include "web/render/renderer.h"

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

  // Inside `box` of the bound framebuffer, which has the canvas's size: one colour; the fills.
  static void clear(const PixelBox& box, ImU32 background);
  static void fill(const Canvas& canvas, std::span<const Fill> fills, const PixelBox& box);

  // The font atlas as it is now; call it again after the atlas was rebuilt.
  void upload_fonts();
  // Takes over a frame; returns where it differs from the one before, until the next call. Something drawn by texture
  // has changed: forget() first.
  const std::vector<PixelBox>& update(const ImDrawData& data, const Canvas& canvas);
  void forget() { chunks_.forget(); }
  // Once before draw() of a frame.
  void upload();
  // The part inside `box`, onto the bound framebuffer, which has the canvas's size.
  void draw(const Canvas& canvas, const PixelBox& box);

 private:
  Program program_;
  VertexArray array_;
  Buffer vertices_, indices_;
  Texture fonts_;
  InterfaceChunks chunks_;
  ImVec2 size_{};  // of the frame, points
};

}  // namespace descent::web::render
