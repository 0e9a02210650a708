// SPDX-License-Identifier: MIT
#include "web/render/surface_pass.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shaders_embedded.h"
#include "web/model/plots/colormap.h"

namespace descent::web::render {
namespace {

constexpr float kHoleSample = 3e38F;  // above levels.glsl's kHole
constexpr float kLargestSample = 1e36F;
constexpr int kRoughStride = 4;  // samples a mesh cell while the view moves

float sample_for_texture(float value) {
  if (!std::isfinite(value)) return kHoleSample;
  return std::fmin(std::fmax(value, -kLargestSample), kLargestSample);
}

// (height, width, 4): each sample second among its neighbours of the row, as field.glsl reads them.
std::vector<float> with_neighbours(const race::HeightField& field) {
  const auto width = static_cast<std::size_t>(field.width);
  std::vector<float> row(width + 3);
  std::vector<float> out;
  out.reserve(4 * field.values.size());
  for (std::size_t first = 0; first < field.values.size(); first += width) {
    std::transform(field.values.begin() + static_cast<std::ptrdiff_t>(first),
                   field.values.begin() + static_cast<std::ptrdiff_t>(first + width), row.begin() + 1,
                   sample_for_texture);
    row[0] = row[1];
    row[width + 1] = row[width + 2] = row[width];
    for (std::size_t i = 0; i < width; ++i)
      out.insert(out.end(), row.begin() + static_cast<std::ptrdiff_t>(i),
                 row.begin() + static_cast<std::ptrdiff_t>(i + 4));
  }
  return out;
}

}  // namespace

const Program& ProgramVariants::get(const Options& options) {
  const std::size_t index = (options.rough ? 1U : 0U) + (options.log_scale ? 2U : 0U) + (options.placed ? 4U : 0U);
  std::unique_ptr<Program>& program = programs_[index];
  if (program == nullptr) {
    std::string defines;
    if (options.rough) defines += "#define ROUGH\n";
    if (options.log_scale) defines += "#define LOG_SCALE\n";
    if (options.placed) defines += "#define PLACED\n";
    program = std::make_unique<Program>(defines, vertex_, fragment_);
  }
  return *program;
}

SurfacePass::SurfacePass()
    : contour_({shaders::kContourVert}, {shaders::kLevelsGlsl, shaders::kFieldGlsl, shaders::kContourFrag}),
      mesh_({shaders::kLevelsGlsl, shaders::kFieldGlsl, shaders::kMeshVert},
            {shaders::kLevelsGlsl, shaders::kFieldGlsl, shaders::kMeshFrag}),
      wall_({shaders::kLevelsGlsl, shaders::kFieldGlsl, shaders::kWallVert},
            {shaders::kLevelsGlsl, shaders::kWallFrag}) {}

void SurfacePass::upload(const race::HeightField& field) {
  glActiveTexture(GL_TEXTURE0);
  if (field.width != width_ || field.height != height_)
    field_.create(GL_RGBA32F, field.width, field.height, GL_NEAREST);
  else
    field_.bind(0);
  width_ = field.width;
  height_ = field.height;
  view_ = field.view;
  offset_ = field.offset;
  const std::vector<float> samples = with_neighbours(field);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RGBA, GL_FLOAT, samples.data());
}

void SurfacePass::upload_places(const surfaces::Domain& view, int width, int height,
                                std::span<const std::uint32_t> pixels) {
  glActiveTexture(GL_TEXTURE0);
  if (width != places_width_ || height != places_height_)
    places_.create(GL_RGBA8, width, height, GL_NEAREST);
  else
    places_.bind(0);
  places_width_ = width;
  places_height_ = height;
  places_view_ = view;
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
}

void SurfacePass::set_overlay_image(const Program& program, const Sheet& sheet) {
  const surfaces::Domain& shown = sheet.shown;
  program.set("places", 2);
  places_.bind(2);
  // Pixel centre -> surface -> 0 … 1, half a pixel of the picture beyond the centres of its outer ones.
  const auto map = [](double from, double to, int pixels, double low, double high, int cells) {
    const double scale = (cells - 1) / ((high - low) * cells);
    return std::pair((to - from) / pixels * scale, (from - low) * scale + 0.5 / cells);
  };
  const auto [x, x0] = map(shown.x0, shown.x1, sheet.width, places_view_.x0, places_view_.x1, places_width_);
  const auto [y, y0] = map(shown.y0, shown.y1, sheet.height, places_view_.y0, places_view_.y1, places_height_);
  program.set("to_place", static_cast<float>(x), static_cast<float>(y), static_cast<float>(x0), static_cast<float>(y0));
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
  program.set("scale", static_cast<float>(scale.low - offset_), static_cast<float>(scale.soft),
              static_cast<float>(1 / transformed));
  const double height = range - scale.base - scale.crown;
  const double raised = scale.log ? std::log1p(height / scale.relief_soft) : height;
  program.set("relief", static_cast<float>(scale.relief_soft), static_cast<float>(1 / raised),
              static_cast<float>(scale.low + scale.base - offset_));
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

void SurfacePass::draw_contour(const Sheet& sheet, const ValueScale& scale, const Style& style) {
  if (width_ == 0) return;
  const surfaces::Domain& shown = sheet.shown;
  const bool placed = style.places && places_width_ > 1 && places_height_ > 1;
  const Program& program = contour_.get({style.rough, scale.log, placed});
  set_common(program, scale, style);
  // Pixel centre p (from the lower left) -> surface -> texel; sample centres lie on the field's edges.
  const double texel_x = (width_ - 1) / (view_.x1 - view_.x0);
  const double texel_y = (height_ - 1) / (view_.y1 - view_.y0);
  program.set("to_texel", static_cast<float>((shown.x1 - shown.x0) / sheet.width * texel_x),
              static_cast<float>((shown.y1 - shown.y0) / sheet.height * texel_y),
              static_cast<float>((shown.x0 - view_.x0) * texel_x), static_cast<float>((shown.y0 - view_.y0) * texel_y));
  if (placed) set_overlay_image(program, sheet);
  const bool dark = style.theme == Theme::dark;
  program.set("background", dark ? 0.055F : 1, dark ? 0.067F : 1, dark ? 0.086F : 1);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
  empty_.bind();
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

void SurfacePass::build_grid(Grid& grid, int stride) const {
  if (grid.width == width_ && grid.height == height_) return;
  grid.width = width_;
  grid.height = height_;
  // Every stride-th column or row, and the last one.
  const auto lines = [stride](int count) {
    std::vector<std::uint32_t> chosen;
    for (int i = 0; i < count - 1; i += stride) chosen.push_back(static_cast<std::uint32_t>(i));
    chosen.push_back(static_cast<std::uint32_t>(count - 1));
    return chosen;
  };
  const std::vector<std::uint32_t> columns = lines(width_), rows = lines(height_);
  std::vector<std::uint32_t> indices;
  indices.reserve(6 * columns.size() * rows.size());
  const auto width = static_cast<std::uint32_t>(width_);
  for (std::size_t r = 0; r + 1 < rows.size(); ++r)
    for (std::size_t c = 0; c + 1 < columns.size(); ++c) {
      const std::uint32_t a = rows[r] * width + columns[c], b = rows[r] * width + columns[c + 1];
      const std::uint32_t d = rows[r + 1] * width + columns[c], e = rows[r + 1] * width + columns[c + 1];
      for (const std::uint32_t index : {a, b, e, a, e, d}) indices.push_back(index);
    }
  grid.count = static_cast<int>(indices.size());
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(indices.size() * sizeof(std::uint32_t)), indices.data(),
               GL_STATIC_DRAW);
}

void SurfacePass::set_camera(const Program& program, const OrbitView& orbit) {
  std::array<float, 16> matrix{};
  for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = static_cast<float>(orbit.matrix()[i]);
  glUniformMatrix4fv(program.uniform("matrix"), 1, GL_FALSE, matrix.data());
  const auto [half_x, half_y] = orbit.half_size();
  program.set("box", static_cast<float>(half_x), static_cast<float>(half_y), static_cast<float>(OrbitView::kHeight));
  const auto eye = orbit.eye();
  // The light comes from above, turned to the left of the line of sight.
  const double azimuth = std::atan2(eye[1], eye[0]) - 0.9;
  constexpr double kElevation = 0.85;
  program.set("light", static_cast<float>(std::cos(kElevation) * std::cos(azimuth)),
              static_cast<float>(std::cos(kElevation) * std::sin(azimuth)), static_cast<float>(std::sin(kElevation)));
}

void SurfacePass::draw_mesh(const OrbitView& orbit, const ValueScale& scale, const Style& style) {
  if (width_ == 0) return;
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glDepthMask(GL_TRUE);
  glDisable(GL_BLEND);
  const Program& mesh = mesh_.get({style.rough, scale.log, false});
  set_common(mesh, scale, style);
  set_camera(mesh, orbit);
  const auto eye = orbit.eye();
  mesh.set("eye", static_cast<float>(eye[0]), static_cast<float>(eye[1]), static_cast<float>(eye[2]));
  empty_.bind();
  Grid& grid = style.rough ? rough_grid_ : grid_;
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, grid.indices.id());
  build_grid(grid, style.rough ? kRoughStride : 1);
  glDrawElements(GL_TRIANGLES, grid.count, GL_UNSIGNED_INT, nullptr);
  const Program& wall = wall_.get({false, scale.log, false});
  set_common(wall, scale, style);
  set_camera(wall, orbit);
  const bool dark = style.theme == Theme::dark;
  wall.set("ground", dark ? 0.27F : 0.90F, dark ? 0.30F : 0.91F, dark ? 0.36F : 0.94F);
  const int stride = style.rough ? kRoughStride : 1;
  wall.set("stride", stride);
  // From behind they are seen through holes at most, which can wait until the view rests.
  if (style.rough) {
    glEnable(GL_CULL_FACE);
    glFrontFace(GL_CW);
  }
  const auto cells = [stride](int samples) { return (samples + stride - 2) / stride; };
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4 * (cells(width_) + cells(height_)) + 2);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace descent::web::render
