// SPDX-License-Identifier: MIT
#include "web/render/surface_image.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "web/model/geometry/arrows.h"
#include "web/model/geometry/box_lines.h"
#include "web/model/geometry/dots.h"

namespace descent::web::render {
namespace {

constexpr float kBoxRadius = 0.5F;    // points
constexpr float kArrowRadius = 0.6F;  // points
constexpr float kArrowCasing = 0.7F;  // points on each side
constexpr float kArrowBias = 0.002F;  // off the mesh, below the paths
constexpr float kDotRadius = 1.8F;    // points
constexpr float kDotHalo = 1;         // points
constexpr float kDotBias = 0.006F;    // off the mesh, above the paths

void clear(Theme theme) {
  const bool dark = theme == Theme::dark;
  glClearColor(dark ? 0.055F : 1, dark ? 0.067F : 1, dark ? 0.086F : 1, 1);
  glClearDepthf(1);
  glDepthMask(GL_TRUE);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

bool same(const surfaces::Domain& a, const surfaces::Domain& b) {
  return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
}

}  // namespace

bool SurfaceImage::Key::same_surface(const Key& other) const {
  return camera.three_d && other.camera.three_d && same(camera.view, other.camera.view) &&
         field_version == other.field_version && log_colours == other.log_colours && show_field == other.show_field;
}

bool SurfaceImage::Key::equals(const Key& other) const {
  return same_camera(camera, other.camera) && room == other.room && size.width == other.size.width &&
         size.height == other.size.height && size.pixel_ratio == other.size.pixel_ratio &&
         field_version == other.field_version && gradients_version == other.gradients_version &&
         places == other.places && (!places || places_version == other.places_version) && contours == other.contours &&
         arrows == other.arrows && log_colours == other.log_colours && show_field == other.show_field &&
         rough == other.rough && theme == other.theme;
}

bool SurfaceImage::Key::dragged_from(const Key& other) const {
  Key there = other;
  there.camera.view = camera.view;
  there.rough = rough;
  return rough && show_field && field_version > 0 && !camera.three_d && same_size(camera.view, other.camera.view) &&
         equals(there);
}

SurfaceImage::Key SurfaceImage::key_of(const SurfaceView& scene, const SurfaceSources& sources) const {
  return {scene.camera,           scene.room,     size_,        sources.field_version, sources.gradients_version,
          sources.places_version, scene.contours, scene.arrows, scene.places,          scene.log_colours,
          scene.show_field,       scene.moving,   scene.theme};
}

void SurfaceImage::set_projection(const SurfaceView& scene, const SurfaceSources& sources) {
  const double width = size_.width, height = size_.height;
  orbit_.emplace(scene.camera, width, height, scene.room);
  projection_.shown = expand_to_aspect(scene.camera.view, width, height);
  projection_.width = width;
  projection_.height = height;
  projection_.pixel_ratio = static_cast<double>(size_.pixel_ratio);
  projection_.field = &sources.field;
  projection_.orbit = scene.camera.three_d ? &*orbit_ : nullptr;
  projection_.scale = sources.scale;
}

SurfacePass::Style SurfaceImage::style_of(const SurfaceView& scene, bool rough) const {
  return {scene.theme, scene.contours, scene.places, size_.pixel_ratio, rough};
}

void SurfaceImage::draw_contour(const SurfaceView& scene, const SurfaceSources& sources, bool rough) {
  sources.surface.draw_contour({sheet_, size_.width, size_.height}, projection_.scale, style_of(scene, rough));
}

void SurfaceImage::draw_base(const SurfaceView& scene, const SurfaceSources& sources) {
  sheet_ = projection_.shown;
  const bool field = scene.show_field && sources.field_version > 0;
  const bool mesh = projection_.orbit != nullptr;
  const bool smooth = field && mesh && !scene.moving;
  if (smooth) {
    smooth_.resize(size_.width, size_.height);
    smooth_.bind();
  } else {
    base_.bind();
  }
  glDisable(GL_SCISSOR_TEST);
  clear(scene.theme);
  if (!field) return;
  if (mesh)
    sources.surface.draw_mesh(*projection_.orbit, projection_.scale, style_of(scene, scene.moving));
  else
    draw_contour(scene, sources, scene.moving);
  if (smooth) smooth_.resolve_to(base_);
  draw_lines(scene, sources);
}

void SurfaceImage::draw_part(const SurfaceView& scene, const SurfaceSources& sources, const PixelBox& part) {
  if (part.empty()) return;
  glEnable(GL_SCISSOR_TEST);
  glScissor(part.x0, part.y0, part.x1 - part.x0, part.y1 - part.y0);
  base_.bind();
  draw_contour(scene, sources, false);
  draw_lines(scene, sources);
  glDisable(GL_SCISSOR_TEST);
}

// False when nothing of base stays in view. The picture, which is to be drawn anew, holds base meanwhile.
bool SurfaceImage::drag_base(const SurfaceView& scene, const SurfaceSources& sources) {
  const surfaces::Domain& to = projection_.shown;
  const int width = size_.width, height = size_.height;
  const double x_unit = (to.x1 - to.x0) / width, y_unit = (to.y1 - to.y0) / height;
  const double right = std::round((sheet_.x0 - to.x0) / x_unit), up = std::round((sheet_.y0 - to.y0) / y_unit);
  if (!(std::fabs(right) < width && std::fabs(up) < height)) return false;
  const int dx = static_cast<int>(right), dy = static_cast<int>(up);
  base_.copy_colors_to(picture_);
  picture_.copy_colors_to(base_, dx, dy);
  sheet_ = {sheet_.x0 - right * x_unit, sheet_.x1 - right * x_unit, sheet_.y0 - up * y_unit, sheet_.y1 - up * y_unit};
  const int bottom = std::max(dy, 0), top = height + std::min(dy, 0);
  draw_part(scene, sources, dx > 0 ? PixelBox{0, bottom, dx, top} : PixelBox{width + dx, bottom, width, top});
  draw_part(scene, sources, dy > 0 ? PixelBox{0, 0, width, dy} : PixelBox{0, height + dy, width, height});
  return true;
}

void SurfaceImage::draw_lines(const SurfaceView& scene, const SurfaceSources& sources) {
  const bool mesh = projection_.orbit != nullptr;
  const bool arrows = scene.arrows && sources.gradients_version > 0;
  if (!mesh && !arrows) return;
  base_.bind();
  sources.lines.begin(projection_.width, projection_.height);
  if (mesh) {
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
  }
  glDepthMask(GL_FALSE);
  if (mesh) draw_box(sources);
  if (arrows) draw_arrows(sources);
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
  sources.lines.end();
}

void SurfaceImage::draw_box(const SurfaceSources& sources) {
  const BoxLines lines = box_lines(projection_);
  box_.upload(lines.vertices, 0);
  const bool dark = theme_ == Theme::dark;
  const Rgba ink = dark ? Rgba{0.80F, 0.84F, 0.92F, 1} : Rgba{0.12F, 0.15F, 0.22F, 1};
  Rgba grid = ink, edge = ink;
  grid.a = dark ? 0.10F : 0.12F;
  edge.a = dark ? 0.34F : 0.38F;
  const float radius = kBoxRadius * size_.pixel_ratio;
  sources.lines.draw(box_, 0, lines.grid, {grid, grid, radius, 0});
  sources.lines.draw(box_, lines.grid, lines.vertices.size(), {edge, edge, radius, 0});
}

void SurfaceImage::draw_arrows(const SurfaceSources& sources) {
  const std::vector<ScreenPath::Vertex> vertices = arrow_vertices(sources.gradients, projection_);
  arrows_.upload(vertices, 0);
  const bool dark = theme_ == Theme::dark;
  const Rgba ink = dark ? Rgba{0.96F, 0.97F, 1, 0.62F} : Rgba{0.08F, 0.10F, 0.16F, 0.62F};
  const Rgba casing = dark ? Rgba{0.03F, 0.03F, 0.06F, 0.3F} : Rgba{1, 1, 1, 0.4F};
  const float ratio = size_.pixel_ratio;
  const bool mesh = projection_.orbit != nullptr;
  const float bias = mesh ? kArrowBias : 0;
  sources.lines.draw(arrows_, 0, vertices.size(), {casing, casing, (kArrowRadius + kArrowCasing) * ratio, bias});
  sources.lines.draw(arrows_, 0, vertices.size(), {ink, ink, kArrowRadius * ratio, bias});
}

// Flat paths lie above one another by depths of their own; on the mesh they are hidden by its depths and leave none.
void SurfaceImage::copy_base() {
  const bool mesh = projection_.orbit != nullptr;
  picture_.borrow_depth(mesh ? &base_ : nullptr);
  base_.copy_colors_to(picture_);
  picture_.bind();
  glDisable(GL_SCISSOR_TEST);
  if (mesh) return;
  glClearDepthf(1);
  glDepthMask(GL_TRUE);
  glClear(GL_DEPTH_BUFFER_BIT);
}

void SurfaceImage::draw_anew(const SurfaceView& scene, const Key& key, const SurfaceSources& sources) {
  const bool same_heights = drawn_ && key.same_surface(*drawn_) && sources.scale == projection_.scale;
  const bool dragged = drawn_ && key.dragged_from(*drawn_) && sources.scale == projection_.scale;
  set_projection(scene, sources);
  if (!dragged || !drag_base(scene, sources)) draw_base(scene, sources);
  paths_.forget_view(same_heights);
  drawn_ = key;
}

bool SurfaceImage::update_dots(const SurfaceView& scene) {
  std::vector<ScreenPath::Vertex> vertices = dot_vertices(scene.dots, projection_);
  if (vertices == dot_vertices_) return false;
  dot_vertices_ = std::move(vertices);
  dots_.upload(dot_vertices_, 0);
  return true;
}

bool SurfaceImage::draw(const SurfaceView& scene, const PixelSize& size, const SurfaceSources& sources) {
  size_ = size;
  theme_ = scene.theme;
  bool fresh = base_.resize(size.width, size.height);
  fresh |= picture_.resize(size.width, size.height);
  const Key key = key_of(scene, sources);
  fresh = fresh || !drawn_ || !drawn_->equals(key) || !(sources.scale == projection_.scale);
  if (fresh) draw_anew(scene, key, sources);
  const bool stale = scene.race != nullptr && paths_.update(*scene.race, projection_);
  if (fresh || stale) {
    copy_base();
    paths_.forget_drawn();
  }
  picture_.bind();
  const bool new_paths = paths_.draw_new(sources.lines, frame());
  const bool new_dots = update_dots(scene);
  return fresh || stale || new_paths || new_dots;
}

void SurfaceImage::draw_over(const PixelBox& place, const SurfaceSources& sources) const {
  const LineProgram::Hiding hiding{projection_.orbit != nullptr ? &base_ : nullptr, place.x0, place.y0};
  paths_.draw_tails(sources.lines, frame(), hiding);
  if (dots_.segments() == 0) return;
  const bool dark = theme_ == Theme::dark;
  const Rgba ink = dark ? Rgba{0.96F, 0.965F, 0.98F, 0.75F} : Rgba{0.086F, 0.094F, 0.125F, 0.75F};
  const Rgba halo = dark ? Rgba{0.03F, 0.035F, 0.055F, 0.3F} : Rgba{1, 1, 1, 0.3F};
  const float ratio = size_.pixel_ratio;
  sources.lines.begin(projection_.width, projection_.height);
  sources.lines.hide_behind(hiding);
  sources.lines.draw(dots_, 0, dots_.segments(), {halo, halo, (kDotRadius + kDotHalo) * ratio, kDotBias});
  sources.lines.draw(dots_, 0, dots_.segments(), {ink, ink, kDotRadius * ratio, kDotBias});
  sources.lines.end();
}

}  // namespace descent::web::render
