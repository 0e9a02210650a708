// SPDX-License-Identifier: MIT
// Small images by key, as textures for ImGui::Image: filters, activations, the drawing pad. Mapped to colours on the
// processor; uploaded when the version changes; dropped when unused for ten seconds of frames.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/render/gl.h"
#include "web/render/renderer.h"

namespace descent::web::render {

class ImageCache {
 public:
  // values: (height, width), row 0 on top.
  GLuint texture(std::string_view key, std::uint64_t version, int width, int height, std::span<const float> values,
                 float low, float high, Colormap map);
  void begin_frame();

 private:
  struct Entry {
    Texture texture;
    std::uint64_t version = 0;
    int width = 0, height = 0;
    std::uint64_t used = 0;
  };
  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::uint8_t> pixels_;
  std::uint64_t frame_ = 0;
};

}  // namespace descent::web::render
