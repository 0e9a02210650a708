// SPDX-License-Identifier: MIT
#include "web/render/surface_pass.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "shaders_embedded.h"
#include "web/render/colormap.h"

namespace descent::web::render {
namespace {

constexpr float kHoleSample = 3e38F;  // above levels.glsl's kHole
constexpr float kLargestSample = 1e36F;

float sample_for_texture(float value) {
  if (!std::isfinite(value)) return kHoleSample;
  return std::fmin(std::fmax(value, -kLargestSample), kLargestSample);
}

}  // namespace

SurfacePass::SurfacePass()
    : contour_({shaders::kContourVert}, {shaders::kLevelsGlsl, shaders::kContourFrag}),
      mesh_({shaders::kLevelsGlsl, shaders::kMeshVert}, {shaders::kLevelsGlsl, shaders::kMeshFrag}) {}

void SurfacePass::upload(const train::HeightField& field) {
  glActiveTexture(GL_TEXTURE0);
  if (field.width != width_ || field.height != height_)
    field_.create(GL_R32F, field.width, field.height, GL_NEAREST);
  else
    field_.bind(0);
  width_ = field.width;
  height_ = field.height;
  view_ = field.view;
  offset_ = field.offset;
  std::vector<float> samples(field.values.size());
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = sample_for_texture(field.values[i]);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RED, GL_FLOAT, samples.data());
}

void SurfacePass::set_colors(Theme theme) {
  if (colors_theme_ == theme) return;
  colors_theme_ = theme;
  const auto bytes = surface_colormap(theme);
  glActiveTexture(GL_TEXTURE1);
  colors_.create(GL_RGBA8, kColormapSize, 1, GL_LINEAR);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, kColormapSize, 1, GL_RGBA, GL_UNSIGNED_BYTE, bytes.data());
}

void SurfacePass::set_common(const Program& program, const ValueScale& scale, const Style& style) {
  set_colors(style.theme);
  program.use();
  field_.bind(0);
  colors_.bind(1);
  program.set("field", 0);
  program.set("colors", 1);
  const double range = scale.high - scale.low;
  const double transformed = scale.log ? std::log1p(range / scale.soft) : range;
  program.set("log_scale", scale.log ? 1 : 0);
  program.set("scale", static_cast<float>(scale.low - offset_), static_cast<float>(scale.soft),
              static_cast<float>(1 / transformed));
  const ContourLevels levels = contour_levels(scale);
  program.set("levels", static_cast<float>(levels.minor), static_cast<float>(levels.major_every),
              static_cast<float>(std::fmod(offset_, levels.minor * levels.major_every)));
  const bool dark = style.theme == Theme::dark;
  program.set("line", style.contours ? (dark ? 0.34F : 0.42F) : 0.0F, style.pixel_ratio);
  if (dark)
    program.set("line_color", 1, 1, 1);
  else
    program.set("line_color", 0.10F, 0.12F, 0.2F);
}

void SurfacePass::draw_contour(const surfaces::Domain& shown, int width, int height, const ValueScale& scale,
                               const Style& style) {
  if (width_ == 0) return;
  set_common(contour_, scale, style);
  // Pixel centre p (from the lower left) -> surface -> texel; sample centres lie on the field's edges.
  const double texel_x = (width_ - 1) / (view_.x1 - view_.x0);
  const double texel_y = (height_ - 1) / (view_.y1 - view_.y0);
  contour_.set("to_texel", static_cast<float>((shown.x1 - shown.x0) / width * texel_x),
               static_cast<float>((shown.y1 - shown.y0) / height * texel_y),
               static_cast<float>((shown.x0 - view_.x0) * texel_x),
               static_cast<float>((shown.y0 - view_.y0) * texel_y));
  const bool dark = style.theme == Theme::dark;
  contour_.set("background", dark ? 0.055F : 1, dark ? 0.067F : 1, dark ? 0.086F : 1);
  contour_.set("rough", style.rough ? 1 : 0);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
  empty_.bind();
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

void SurfacePass::build_grid() {
  if (grid_width_ == width_ && grid_height_ == height_) return;
  grid_width_ = width_;
  grid_height_ = height_;
  std::vector<std::uint32_t> indices;
  indices.reserve(6 * static_cast<std::size_t>(width_ - 1) * static_cast<std::size_t>(height_ - 1));
  for (int row = 0; row + 1 < height_; ++row)
    for (int column = 0; column + 1 < width_; ++column) {
      const auto corner = static_cast<std::uint32_t>(row * width_ + column);
      const std::uint32_t above = corner + static_cast<std::uint32_t>(width_);
      for (const std::uint32_t index : {corner, corner + 1, above + 1, corner, above + 1, above})
        indices.push_back(index);
    }
  index_count_ = static_cast<int>(indices.size());
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(indices.size() * sizeof(std::uint32_t)), indices.data(),
               GL_STATIC_DRAW);
}

void SurfacePass::draw_mesh(const OrbitView& orbit, const ValueScale& scale, const Style& style) {
  if (width_ == 0) return;
  set_common(mesh_, scale, style);
  std::array<float, 16> matrix{};
  for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = static_cast<float>(orbit.matrix()[i]);
  glUniformMatrix4fv(mesh_.uniform("matrix"), 1, GL_FALSE, matrix.data());
  const auto [half_x, half_y] = orbit.half_size();
  mesh_.set("box", static_cast<float>(half_x), static_cast<float>(half_y), static_cast<float>(OrbitView::kHeight));
  const auto eye = orbit.eye();
  mesh_.set("eye", static_cast<float>(eye[0]), static_cast<float>(eye[1]), static_cast<float>(eye[2]));
  // From above, turned to the left of the line of sight.
  const double azimuth = std::atan2(eye[1], eye[0]) - 0.9;
  constexpr double kElevation = 0.85;
  mesh_.set("light", static_cast<float>(std::cos(kElevation) * std::cos(azimuth)),
            static_cast<float>(std::cos(kElevation) * std::sin(azimuth)), static_cast<float>(std::sin(kElevation)));
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glDepthMask(GL_TRUE);
  glDisable(GL_BLEND);
  empty_.bind();
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_.id());
  build_grid();
  glDrawElements(GL_TRIANGLES, index_count_, GL_UNSIGNED_INT, nullptr);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace descent::web::render
