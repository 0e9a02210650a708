// SPDX-License-Identifier: MIT
#include "web/render/image_cache.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "engine/core/check.h"
#include "web/model/plots/colormap.h"

namespace descent::web::render {
namespace {

constexpr std::uint64_t kKeptFrames = 600;
constexpr std::size_t kShades = 256;

std::array<std::array<std::uint8_t, 4>, kShades> shades(Colormap map) {
  std::array<std::array<std::uint8_t, 4>, kShades> table{};
  const auto byte = [](float value) { return static_cast<std::uint8_t>(std::lround(255 * value)); };
  for (std::size_t i = 0; i < kShades; ++i) {
    const Rgb c = colormap(map, static_cast<float>(i) / (kShades - 1));
    table[i] = {byte(c.r), byte(c.g), byte(c.b), 255};
  }
  return table;
}

}  // namespace

void ImageCache::begin_frame() {
  ++frame_;
  std::erase_if(entries_, [&](const auto& item) { return item.second.used + kKeptFrames < frame_; });
}

ImageCache::Entry& ImageCache::entry(std::string_view key) {
  auto found = entries_.find(key);
  if (found == entries_.end()) found = entries_.emplace(std::string(key), Entry{}).first;
  found->second.used = frame_;
  return found->second;
}

void ImageCache::upload(Entry& entry, std::uint64_t version, int width, int height, const void* pixels) {
  glActiveTexture(GL_TEXTURE0);
  if (entry.width == width && entry.height == height)
    entry.texture.bind(0);
  else
    entry.texture.create(GL_RGBA8, width, height, GL_NEAREST);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  changed_ = true;
  glBindTexture(GL_TEXTURE_2D, 0);
  entry.version = version;
  entry.width = width;
  entry.height = height;
}

GLuint ImageCache::texture(std::string_view key, std::uint64_t version, int width, int height,
                           std::span<const std::uint32_t> pixels) {
  DESCENT_ASSERT(width > 0 && height > 0);
  DESCENT_ASSERT(pixels.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  Entry& found = entry(key);
  if (found.width != width || found.height != height || found.version != version)
    upload(found, version, width, height, pixels.data());
  return found.texture.id();
}

GLuint ImageCache::texture(std::string_view key, std::uint64_t version, int width, int height,
                           std::span<const float> values, float low, float high, Colormap map) {
  DESCENT_ASSERT(width > 0 && height > 0);
  DESCENT_ASSERT(values.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  Entry& found = entry(key);
  if (found.width == width && found.height == height && found.version == version) return found.texture.id();
  const auto table = shades(map);
  const float range = high > low ? high - low : 1;
  pixels_.resize(4 * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float t = std::fmin(std::fmax((values[i] - low) / range, 0.0F), 1.0F);
    auto shade = table[static_cast<std::size_t>(t * (kShades - 1) + 0.5F)];
    if (std::isnan(values[i])) shade[3] = 0;
    for (std::size_t c = 0; c < 4; ++c) pixels_[4 * i + c] = shade[c];
  }
  upload(found, version, width, height, pixels_.data());
  return found.texture.id();
}

}  // namespace descent::web::render
