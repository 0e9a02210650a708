// SPDX-License-Identifier: MIT
// InterfaceChunks: a frame of Dear ImGui's draw lists cut into pieces of some twenty letters, each with its box on the
// canvas and a hash of all that decides its pixels. What differs from the frame before is found by it; a part is drawn
// from the pieces that reach into it. No GL here.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "web/model/geometry/damage.h"
#include "web/render/renderer.h"

namespace descent::web::render {

struct InterfaceChunk {
  ImTextureID texture = nullptr;
  std::size_t first = 0, count = 0;  // indices
  PixelBox clip;                     // of its command
  PixelBox box;                      // what it may touch, inside clip
  std::uint64_t hash = 0;
};

class InterfaceChunks {
 public:
  // Takes over a frame; returns where it is not as the frame before was, until the next call.
  const std::vector<PixelBox>& update(const ImDrawData& data, const Canvas& canvas);
  // The next frame differs everywhere: a texture was changed.
  void forget() { known_ = false; }

  // In drawing order.
  [[nodiscard]] const std::vector<InterfaceChunk>& chunks() const { return chunks_; }
  [[nodiscard]] const std::vector<ImDrawVert>& vertices() const { return vertices_; }  // of all lists, end to end
  [[nodiscard]] const std::vector<ImDrawIdx>& indices() const { return indices_; }     // from the first vertex of all

 private:
  void add_list(const ImDrawList& list, const ImDrawData& data, const Canvas& canvas);
  void add_command(const ImDrawCmd& command, InterfaceChunk chunk, std::size_t list_first, const ImDrawData& data);
  void compare();

  std::vector<ImDrawVert> vertices_;
  std::vector<ImDrawIdx> indices_;
  std::vector<InterfaceChunk> chunks_, before_;
  std::vector<const InterfaceChunk*> sorted_, sorted_before_;
  std::vector<PixelBox> changed_;
  std::size_t list_ = 0;  // number of the list being added
  bool known_ = false;    // before_ is what the canvas shows
};

}  // namespace descent::web::render
