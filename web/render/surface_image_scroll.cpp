// SPDX-License-Identifier: MIT
// What a picture depends on, and how it scrolls while the flat view is dragged.
#include <algorithm>
#include <cmath>

#include "web/render/surface_image.h"

namespace descent::web::render {
namespace {

bool same(const surfaces::Domain& a, const surfaces::Domain& b) {
  return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
}

}  // namespace

bool SurfaceImage::Key::same_surface(const Key& other) const {
  return camera.three_d && other.camera.three_d && same(camera.view, other.camera.view) &&
         field_version == other.field_version && log_colours == other.log_colours && show_field == other.show_field;
}

bool SurfaceImage::Key::same_look(const Key& other) const {
  return camera.three_d == other.camera.three_d && room == other.room && size.width == other.size.width &&
         size.height == other.size.height && size.pixel_ratio == other.size.pixel_ratio && places == other.places &&
         (!places || places_version == other.places_version) && contours == other.contours && arrows == other.arrows &&
         log_colours == other.log_colours && show_field == other.show_field && theme == other.theme;
}

bool SurfaceImage::Key::equals(const Key& other) const {
  return same_look(other) && same_camera(camera, other.camera) && field_version == other.field_version &&
         gradients_version == other.gradients_version && rough == other.rough;
}

SurfaceImage::Key SurfaceImage::key_of(const SurfaceView& scene, const SurfaceSources& sources) const {
  return {scene.camera,
          scene.room,
          size_,
          sources.field.config_version,
          sources.field_version,
          sources.gradients_version,
          sources.places_version,
          scene.contours,
          scene.arrows,
          scene.places,
          scene.log_colours,
          scene.show_field,
          scene.moving,
          scene.theme};
}

std::optional<PixelShift> SurfaceImage::shift_to(const Key& key, const SurfaceSources& sources) const {
  if (!drawn_ || !key.rough || key.camera.three_d || !whole_ || !key.same_look(*drawn_)) return {};
  if (key.surface_version != drawn_->surface_version || !(sources.scale == projection_.scale)) return {};
  const double width = projection_.width, height = projection_.height;
  const surfaces::Domain now = expand_to_aspect(key.camera.view, width, height);
  const surfaces::Domain& then = projection_.shown;
  if (!same_size(now, then) || !contains(sources.field.view, with_margin(now, 0.002))) return {};
  const race::GradientField& gradients = sources.gradients;
  if (key.arrows && (gradients.config_version != sources.field.config_version || !contains(gradients.view, now) ||
                     std::abs(arrow_step(gradients) - arrow_step_) > 1e-9 * arrow_step_))
    return {};
  const double unit = (then.x1 - then.x0) / width;
  const double x = std::round((then.x0 - now.x0) / unit), y = std::round((then.y0 - now.y0) / unit);
  const double reach = projection_.margin - kScrollEdge;
  if (!(std::abs(x) < reach && std::abs(y) < reach)) return {};
  return PixelShift{static_cast<int>(x), static_cast<int>(y)};
}

// Everything drawn from here on goes to this piece of the picture, in pixels of the view.
bool SurfaceImage::enter(const Scroll::Piece& piece) const {
  if (piece.box.empty()) return false;
  glEnable(GL_SCISSOR_TEST);
  glScissor(piece.box.x0, piece.box.y0, piece.box.x1 - piece.box.x0, piece.box.y1 - piece.box.y0);
  glViewport(piece.origin.x, piece.origin.y, size_.width, size_.height);
  return true;
}

// What comes into view is drawn as the rest was: with the same scale, as finely, in pixels of the view as it was then.
void SurfaceImage::scroll_to(const PixelShift& shift, const SurfaceView& scene, const SurfaceSources& sources) {
  const SurfacePass::Style style{scene.theme, scene.contours, scene.places, size_.pixel_ratio, drawn_->rough};
  picture_.bind();
  for (const PixelBox& box : scroll_.move_to(shift))
    for (const Scroll::Piece& piece : scroll_.pieces(box)) {
      if (!enter(piece)) continue;
      glDepthMask(GL_TRUE);
      glClearDepthf(1);
      glClear(GL_DEPTH_BUFFER_BIT);
      const PixelShift origin{piece.origin.x + shift.x, piece.origin.y + shift.y};
      sources.surface.draw_contour({projection_.shown, size_.width, size_.height, origin.x, origin.y},
                                   projection_.scale, style);
      const PixelBox part = moved(piece.box, {-origin.x, -origin.y});
      if (scene.arrows) scroll_arrows(part, sources);
      paths_.draw_again(sources.lines, frame(), part);
    }
  glDisable(GL_SCISSOR_TEST);
}

// Arrows that reach into the box; as long as they were when all was drawn.
void SurfaceImage::scroll_arrows(const PixelBox& box, const SurfaceSources& sources) {
  const surfaces::Domain& shown = projection_.shown;
  const double unit = (shown.x1 - shown.x0) / projection_.width;
  sources.lines.begin(projection_.width, projection_.height, scroll_.moved());
  glDepthMask(GL_FALSE);
  draw_arrows({shown.x0 + box.x0 * unit - arrow_step_, shown.x0 + box.x1 * unit + arrow_step_,
               shown.y0 + box.y0 * unit - arrow_step_, shown.y0 + box.y1 * unit + arrow_step_},
              sources);
  glDepthMask(GL_TRUE);
  sources.lines.end();
}

}  // namespace descent::web::render
