// SPDX-License-Identifier: MIT
// Small images by key, as textures for ImGui::Image: filters, activations, the drawing pad. Mapped to colours on the
// processor; uploaded when the version changes; dropped when unused for ten seconds of frames.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/render/gl.h"
#include "web/render/renderer.h"

namespace descent::web::render {

class ImageCache {
 public:
  // values: (height, width), row 0 on top.
  GLuint texture(std::string_view key, std::uint64_t version, int width, int height, std::span<const float> values,
                 float low, float high, Colormap map);
  // pixels: (height, width), row 0 on top, bytes R, G, B, A in memory.
  GLuint texture(std::string_view key, std::uint64_t version, int width, int height,
                 std::span<const std::uint32_t> pixels);
  void begin_frame();
  // True once after a texture was given other pixels.
  [[nodiscard]] bool take_changed() { return std::exchange(changed_, false); }

 private:
  struct Entry {
    Texture texture;
    std::uint64_t version = 0;
    int width = 0, height = 0;
    std::uint64_t used = 0;
  };
  Entry& entry(std::string_view key);
  void upload(Entry& entry, std::uint64_t version, int width, int height, const void* pixels);

  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::uint8_t> pixels_;
  std::uint64_t frame_ = 0;
  bool changed_ = false;
};

}  // namespace descent::web::render
