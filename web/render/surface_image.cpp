// SPDX-License-Identifier: MIT
#include "web/render/surface_image.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

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

}  // namespace

void SurfaceImage::set_projection(const SurfaceView& scene, const SurfaceSources& sources) {
  const double width = size_.width, height = size_.height;
  orbit_.emplace(scene.camera, width, height, scene.room);
  projection_.shown = expand_to_aspect(scene.camera.view, width, height);
  projection_.width = width;
  projection_.height = height;
  projection_.pixel_ratio = static_cast<double>(size_.pixel_ratio);
  projection_.margin = kScrollEdge + (scene.camera.three_d ? 0 : kScrollReach * std::max(width, height));
  projection_.field = &sources.field;
  projection_.orbit = scene.camera.three_d ? &*orbit_ : nullptr;
  projection_.scale = sources.scale;
}

void SurfaceImage::draw_surface(const SurfaceView& scene, bool rough, const SurfaceSources& sources) {
  const SurfacePass::Style style{scene.theme, scene.contours, scene.places, size_.pixel_ratio, rough};
  if (projection_.orbit != nullptr)
    sources.surface.draw_mesh(*projection_.orbit, projection_.scale, style);
  else
    sources.surface.draw_contour({projection_.shown, size_.width, size_.height}, projection_.scale, style);
}

void SurfaceImage::draw_base(const SurfaceView& scene, bool rough, const SurfaceSources& sources) {
  const bool field = scene.show_field && sources.field_version > 0;
  const bool smooth = field && projection_.orbit != nullptr && !rough;
  if (smooth) {
    smooth_.resize(size_.width, size_.height);
    smooth_.bind();
  } else {
    base_.bind();
  }
  glDisable(GL_SCISSOR_TEST);
  clear(scene.theme);
  if (!field) return;
  draw_surface(scene, rough, sources);
  if (smooth) smooth_.resolve_to(base_);
  draw_lines(scene, sources);
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
  if (arrows) {
    arrow_lengths_ = arrow_lengths(sources.gradients);
    arrow_step_ = arrow_step(sources.gradients);
    draw_arrows(sources.gradients.view, sources);
  }
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

void SurfaceImage::draw_arrows(const surfaces::Domain& within, const SurfaceSources& sources) {
  if (!arrow_lengths_) return;
  const std::vector<ScreenPath::Vertex> vertices =
      arrow_vertices(sources.gradients, *arrow_lengths_, within, projection_);
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
  scroll_.reset(size_.width, size_.height);
  set_projection(scene, sources);
  draw_base(scene, key.rough, sources);
  whole_ = scene.show_field && sources.field_version > 0 && contains(sources.field.view, projection_.shown) &&
           (!scene.arrows || contains(sources.gradients.view, projection_.shown));
  paths_.forget_view(same_heights);
  drawn_ = key;
}

// New segments, wherever the view's pieces lie on the picture.
void SurfaceImage::draw_paths(const SurfaceSources& sources) {
  picture_.bind();
  paths_.take_up(projection_.pixel_ratio, changed_);
  if (!changed_.empty())
    for (const Scroll::Piece& piece : scroll_.pieces({0, 0, size_.width, size_.height}))
      if (enter(piece)) paths_.draw_new(sources.lines, frame());
  glDisable(GL_SCISSOR_TEST);
  paths_.keep_new();
  for (PixelBox& box : changed_) box = moved(box, scroll_.moved());
}

void SurfaceImage::update_dots(const SurfaceView& scene) {
  std::vector<ScreenPath::Vertex> vertices = dot_vertices(scene.dots, projection_);
  if (vertices == dot_vertices_) return;
  dot_vertices_ = std::move(vertices);
  dots_.upload(dot_vertices_, 0);
  changed_.push_back({0, 0, size_.width, size_.height});
}

void SurfaceImage::draw(const SurfaceView& scene, const PixelSize& size, const SurfaceSources& sources) {
  size_ = size;
  theme_ = scene.theme;
  bool fresh = base_.resize(size.width, size.height);
  if (picture_.resize(size.width, size.height)) {
    picture_.join_edges();
    fresh = true;
  }
  const Key key = key_of(scene, sources);
  const bool same =
      !fresh && drawn_ && drawn_->equals(key) && scroll_.moved() == PixelShift{} && sources.scale == projection_.scale;
  const std::optional<PixelShift> shift = fresh || same ? std::nullopt : shift_to(key, sources);
  const bool still = same || (shift && *shift == scroll_.moved());
  fresh = !same && !shift;
  changed_.clear();
  if (fresh) draw_anew(scene, key, sources);
  bool stale = scene.race != nullptr && paths_.update(*scene.race, projection_);
  if (stale && shift) {
    // What lies under the paths is known for the view as it was.
    draw_anew(scene, key, sources);
    static_cast<void>(paths_.update(*scene.race, projection_));
  } else if (shift) {
    scroll_to(*shift, scene, sources);
  }
  if (fresh || stale) {
    copy_base();
    paths_.forget_drawn();
  }
  draw_paths(sources);
  update_dots(scene);
  if (!still || stale) changed_.assign(1, {0, 0, size.width, size.height});
}

void SurfaceImage::draw_over(const PixelBox& place, const PixelBox& box, const SurfaceSources& sources) const {
  const float scale = static_cast<float>(size_.width) / static_cast<float>(place.x1 - place.x0);
  const LineProgram::Hiding hiding{projection_.orbit != nullptr ? &base_ : nullptr, place.x0, place.y0, scale};
  const PixelShift& shift = scroll_.moved();
  const PixelBox all{0, 0, size_.width, size_.height};
  paths_.draw_tails(sources.lines, frame(), hiding,
                    scale == 1 ? moved(box, {-place.x0 - shift.x, -place.y0 - shift.y}) : all);
  if (dots_.segments() == 0) return;
  const bool dark = theme_ == Theme::dark;
  const Rgba ink = dark ? Rgba{0.96F, 0.965F, 0.98F, 0.75F} : Rgba{0.086F, 0.094F, 0.125F, 0.75F};
  const Rgba halo = dark ? Rgba{0.03F, 0.035F, 0.055F, 0.3F} : Rgba{1, 1, 1, 0.3F};
  const float ratio = size_.pixel_ratio;
  sources.lines.begin(projection_.width, projection_.height, shift);
  sources.lines.hide_behind(hiding);
  sources.lines.draw(dots_, 0, dots_.segments(), {halo, halo, (kDotRadius + kDotHalo) * ratio, kDotBias});
  sources.lines.draw(dots_, 0, dots_.segments(), {ink, ink, kDotRadius * ratio, kDotBias});
  sources.lines.end();
}

}  // namespace descent::web::render
