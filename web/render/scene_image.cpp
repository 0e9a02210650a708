// SPDX-License-Identifier: MIT
#include "web/render/scene_image.h"

#include <vector>

#include "web/render/arrows.h"
#include "web/render/box_lines.h"

namespace descent::web::render {
namespace {

constexpr float kBoxRadius = 0.5F;    // points
constexpr float kArrowRadius = 0.6F;  // points
constexpr float kArrowCasing = 0.7F;  // points on each side
constexpr float kArrowBias = 0.002F;  // off the mesh, below the paths

bool same(const surfaces::Domain& a, const surfaces::Domain& b) {
  return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
}

void clear(Theme theme) {
  const bool dark = theme == Theme::dark;
  glClearColor(dark ? 0.055F : 1, dark ? 0.067F : 1, dark ? 0.086F : 1, 1);
  glClearDepthf(1);
  glDepthMask(GL_TRUE);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

}  // namespace

bool same_camera(const SurfaceCamera& a, const SurfaceCamera& b) {
  if (!same(a.view, b.view) || a.three_d != b.three_d) return false;
  return !a.three_d || (a.yaw == b.yaw && a.pitch == b.pitch && a.distance == b.distance && a.look_x == b.look_x &&
                        a.look_y == b.look_y);
}

bool SceneImage::Key::same_surface(const Key& other) const {
  return camera.three_d && other.camera.three_d && same(camera.view, other.camera.view) &&
         field_version == other.field_version && log_colours == other.log_colours && show_field == other.show_field;
}

bool SceneImage::Key::equals(const Key& other) const {
  return same_camera(camera, other.camera) && size.width == other.size.width && size.height == other.size.height &&
         size.pixel_ratio == other.size.pixel_ratio && field_version == other.field_version &&
         gradients_version == other.gradients_version && places == other.places &&
         (!places || places_version == other.places_version) && contours == other.contours && arrows == other.arrows &&
         log_colours == other.log_colours && show_field == other.show_field && rough == other.rough &&
         theme == other.theme;
}

void SceneImage::set_projection(const SurfaceScene& scene, const SceneSources& sources) {
  const double width = size_.width, height = size_.height;
  orbit_.emplace(scene.camera, width, height);
  projection_.shown = expand_to_aspect(scene.camera.view, width, height);
  projection_.width = width;
  projection_.height = height;
  projection_.pixel_ratio = static_cast<double>(size_.pixel_ratio);
  projection_.field = &sources.field;
  projection_.orbit = scene.camera.three_d ? &*orbit_ : nullptr;
  projection_.scale = sources.scale;
}

void SceneImage::draw_surface(const SurfaceScene& scene, bool rough, const SceneSources& sources) {
  const SurfacePass::Style style{scene.theme, scene.contours, scene.places, size_.pixel_ratio, rough};
  if (projection_.orbit != nullptr)
    sources.surface.draw_mesh(*projection_.orbit, projection_.scale, style);
  else
    sources.surface.draw_contour(projection_.shown, size_.width, size_.height, projection_.scale, style);
}

void SceneImage::draw_base(const SurfaceScene& scene, bool rough, const SceneSources& sources) {
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

void SceneImage::draw_lines(const SurfaceScene& scene, const SceneSources& sources) {
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

void SceneImage::draw_box(const SceneSources& sources) {
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

void SceneImage::draw_arrows(const SceneSources& sources) {
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
void SceneImage::copy_base() {
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

void SceneImage::draw(const SurfaceScene& scene, const PixelSize& size, bool rough, const SceneSources& sources) {
  size_ = size;
  theme_ = scene.theme;
  bool fresh = base_.resize(size.width, size.height);
  fresh |= picture_.resize(size.width, size.height);
  const Key key{scene.camera,   size,         sources.field_version, sources.gradients_version, sources.places_version,
                scene.contours, scene.arrows, scene.places,          scene.log_colours,         scene.show_field,
                rough,          scene.theme};
  fresh |= !drawn_ || !drawn_->equals(key);
  set_projection(scene, sources);
  if (fresh) {
    draw_base(scene, rough, sources);
    paths_.forget_view(drawn_ && key.same_surface(*drawn_));
    drawn_ = key;
  }
  const bool stale = scene.race != nullptr && paths_.update(*scene.race, projection_);
  if (fresh || stale) {
    copy_base();
    paths_.forget_drawn();
  }
  picture_.bind();
  changed_.clear();
  paths_.draw_new(sources.lines, projection_, scene.theme, changed_);
  if (fresh || stale) changed_.assign(1, {0, 0, size.width, size.height});
}

void SceneImage::draw_tails(int x, int y, const PixelBox& box, const SceneSources& sources) const {
  paths_.draw_tails(sources.lines, projection_, theme_, {projection_.orbit != nullptr ? &base_ : nullptr, x, y},
                    {box.x0 - x, box.y0 - y, box.x1 - x, box.y1 - y});
}

}  // namespace descent::web::render
