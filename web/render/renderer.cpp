// SPDX-License-Identifier: MIT
// Two kept pictures at device resolution make a still frame cost one copy: `base` holds the surface, drawn again when
// camera, field or look change; `scene` holds base with the paths, to which new segments are added. The canvas gets a
// copy of `scene` with the fresh ends of the paths on top.
#include "web/render/renderer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/parallel/clock.h"
#include "shaders_embedded.h"
#include "web/redraw.h"
#include "web/render/gl.h"
#include "web/render/image_cache.h"
#include "web/render/path_pass.h"
#include "web/render/surface_pass.h"
#include "web/surface_view_math.h"

namespace descent::web::render {
namespace {

bool same(const surfaces::Domain& a, const surfaces::Domain& b) {
  return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
}

bool same_camera(const SurfaceCamera& a, const SurfaceCamera& b) {
  if (!same(a.view, b.view) || a.three_d != b.three_d) return false;
  return !a.three_d || (a.yaw == b.yaw && a.pitch == b.pitch && a.distance == b.distance);
}

std::optional<double> lowest_minimum(const train::RaceSnapshot* race) {
  std::optional<double> lowest;
  if (race != nullptr)
    for (const surfaces::Minimum& minimum : race->minima)
      lowest = std::min(lowest.value_or(minimum.value), minimum.value);
  return lowest;
}

// What the kept pictures depend on.
struct SceneKey {
  SurfaceCamera camera;
  int width = 0, height = 0;
  std::uint64_t field_version = 0;
  bool contours = true, log_colours = false, show_field = true, rough = false;
  Theme theme = Theme::dark;

  // In the 3-D view: the same heights, seen from wherever.
  [[nodiscard]] bool same_surface(const SceneKey& other) const {
    return camera.three_d && other.camera.three_d && same(camera.view, other.camera.view) &&
           field_version == other.field_version && log_colours == other.log_colours && show_field == other.show_field;
  }
  [[nodiscard]] bool equals(const SceneKey& other) const {
    return same_camera(camera, other.camera) && width == other.width && height == other.height &&
           field_version == other.field_version && contours == other.contours && log_colours == other.log_colours &&
           show_field == other.show_field && rough == other.rough && theme == other.theme;
  }
};

// What the scale of values depends on.
struct ScaleKey {
  surfaces::Domain core, shown;
  bool log = false;
  std::optional<double> lowest;
  std::uint64_t field_version = 0;

  [[nodiscard]] bool equals(const ScaleKey& other) const {
    return same(core, other.core) && same(shown, other.shown) && log == other.log && lowest == other.lowest &&
           field_version == other.field_version;
  }
};

// Device pixels of the canvas, y up.
struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

}  // namespace

struct Renderer::Impl {
  train::HeightField field;
  std::uint64_t field_version = 0;
  std::uint64_t uploaded_version = 0;
  std::optional<SurfaceScene> scene;
  std::optional<SceneKey> drawn;
  double moved_at = -1;  // seconds; when the camera last changed

  Canvas canvas;

  mutable std::optional<ScaleKey> scale_key;
  mutable ValueScale kept_scale;

  SurfacePass surface;
  PathPass paths;
  ImageCache images;
  Program present{{shaders::kContourVert}, {shaders::kPresentFrag}};
  VertexArray empty;
  Target base_target, scene_target;
  MultisampleTarget smooth_target;

  // Fitting looks at every sample, and overlays ask for it point by point: the last answer is kept.
  [[nodiscard]] const ValueScale& scale(const SurfaceScene& s) const {
    ScaleKey key{s.camera.view, s.camera.view, s.log_colours, lowest_minimum(s.race), field_version};
    if (!s.camera.three_d)
      key.shown =
          expand_to_aspect(s.camera.view, static_cast<double>(s.rect.width), static_cast<double>(s.rect.height));
    if (!scale_key || !scale_key->equals(key)) {
      kept_scale = fit_scale(field, key.core, key.shown, key.log, key.lowest);
      scale_key = key;
    }
    return kept_scale;
  }
  [[nodiscard]] PixelRect pixels(const Rect& rect) const {
    const auto round = [&](float v) { return static_cast<int>(std::lround(v * canvas.pixel_ratio)); };
    PixelRect p;
    p.x = std::clamp(round(rect.x), 0, canvas.width);
    const int top = std::clamp(round(rect.y), 0, canvas.height);
    p.width = std::clamp(round(rect.x + rect.width), p.x, canvas.width) - p.x;
    p.height = std::clamp(round(rect.y + rect.height), top, canvas.height) - top;
    p.y = canvas.height - top - p.height;
    return p;
  }

  void clear(Theme theme) const {
    const bool dark = theme == Theme::dark;
    glClearColor(dark ? 0.055F : 1, dark ? 0.067F : 1, dark ? 0.086F : 1, 1);
    glClearDepthf(1);
    glDepthMask(GL_TRUE);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  }

  void draw_base(const SurfaceScene& s, const Projection& projection, bool rough) {
    if (uploaded_version != field_version) {
      surface.upload(field);
      uploaded_version = field_version;
    }
    const bool mesh = projection.orbit != nullptr && s.show_field && field_version > 0;
    const bool smooth = mesh && !rough;
    if (smooth) {
      smooth_target.resize(base_target.width(), base_target.height());
      smooth_target.bind();
    } else {
      base_target.bind();
    }
    glDisable(GL_SCISSOR_TEST);
    clear(s.theme);
    if (!s.show_field || field_version == 0) return;
    const SurfacePass::Style style{s.theme, s.contours, canvas.pixel_ratio, rough};
    if (mesh) {
      surface.draw_mesh(*projection.orbit, projection.scale, style);
      if (smooth) smooth_target.resolve_to(base_target);
    } else {
      surface.draw_contour(projection.shown, base_target.width(), base_target.height(), projection.scale, style);
    }
  }

  void copy_base() const {
    glDisable(GL_SCISSOR_TEST);
    base_target.blit_to(scene_target);
  }

  void show(const PixelRect& rect) const {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(rect.x, rect.y, rect.width, rect.height);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    present.use();
    scene_target.color().bind(0);
    present.set("scene", 0);
    present.set("origin", static_cast<float>(rect.x), static_cast<float>(rect.y));
    empty.bind();
    glDrawArrays(GL_TRIANGLES, 0, 3);
  }

  // The camera has changed within the last moments: draw roughly now, and once more when it rests.
  bool moving(const SurfaceCamera& camera) {
    constexpr double kRest = 0.12;  // seconds
    const double now = parallel::seconds_now();
    if (drawn && !same_camera(drawn->camera, camera)) moved_at = now;
    if (now - moved_at > kRest) return false;
    request_redraw(kRest);
    return true;
  }

  void draw(const SurfaceScene& s) {
    const PixelRect rect = pixels(s.rect);
    if (rect.width < 2 || rect.height < 2) return;
    bool fresh = base_target.resize(rect.width, rect.height);
    fresh |= scene_target.resize(rect.width, rect.height);

    const SceneKey key{s.camera,      rect.width,   rect.height,      field_version, s.contours,
                       s.log_colours, s.show_field, moving(s.camera), s.theme};
    fresh |= !drawn || !drawn->equals(key);
    const OrbitView orbit(s.camera, rect.width, rect.height);
    Projection projection;
    projection.shown = expand_to_aspect(s.camera.view, rect.width, rect.height);
    projection.width = rect.width;
    projection.height = rect.height;
    projection.pixel_ratio = static_cast<double>(canvas.pixel_ratio);
    projection.field = &field;
    projection.orbit = s.camera.three_d ? &orbit : nullptr;
    if (fresh || s.camera.three_d) projection.scale = scale(s);

    if (fresh) {
      draw_base(s, projection, key.rough);
      paths.forget_view(drawn && key.same_surface(*drawn));
      drawn = key;
    }
    const bool stale = s.race != nullptr && paths.update(*s.race, projection);
    if (fresh || stale) {
      copy_base();
      paths.forget_drawn();
    }
    scene_target.bind();
    paths.draw_new(projection, s.theme);
    if (paths.pending()) request_redraw();
    show(rect);
    paths.draw_tails(projection, s.theme, rect.x, rect.y, s.camera.three_d ? &scene_target : nullptr);
  }
};

Renderer::Renderer() : impl_(std::make_unique<Impl>()) {}
Renderer::~Renderer() = default;

void Renderer::set_field(train::HeightField field) {
  impl_->field = std::move(field);
  ++impl_->field_version;
}

const train::HeightField* Renderer::field() const {
  return impl_->field_version > 0 ? &impl_->field : nullptr;
}

void Renderer::surface(const SurfaceScene& scene) {
  impl_->scene = scene;
}

void* Renderer::image(std::string_view key, std::uint64_t version, int width, int height, std::span<const float> values,
                      float low, float high, Colormap map) {
  const GLuint texture = impl_->images.texture(key, version, width, height, values, low, high, map);
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(texture));
}

ValueScale Renderer::value_scale(const SurfaceScene& scene) const {
  return impl_->scale(scene);
}

Renderer::Projected Renderer::project(const SurfaceScene& scene, surfaces::Point point, double value) const {
  const auto width = static_cast<double>(scene.rect.width);
  const auto height = static_cast<double>(scene.rect.height);
  double u = 0;
  double v = 0;
  bool visible = true;
  if (scene.camera.three_d) {
    const double t = std::clamp(impl_->scale(scene)(value), 0.0, 1.0);
    const OrbitView::Clip clip = OrbitView(scene.camera, width, height).clip(point, t);
    visible = clip.w > 0 && contains(scene.camera.view, point);
    u = 0.5 + 0.5 * clip.x / clip.w;
    v = 0.5 - 0.5 * clip.y / clip.w;
  } else {
    const surfaces::Domain shown = expand_to_aspect(scene.camera.view, width, height);
    u = (point[0] - shown.x0) / (shown.x1 - shown.x0);
    v = (shown.y1 - point[1]) / (shown.y1 - shown.y0);
  }
  visible = visible && u >= 0 && u <= 1 && v >= 0 && v <= 1;
  if (!visible && !(std::isfinite(u) && std::isfinite(v))) return {};
  const double limit = 1e6;
  return {static_cast<float>(static_cast<double>(scene.rect.x) + std::clamp(u * width, -limit, limit)),
          static_cast<float>(static_cast<double>(scene.rect.y) + std::clamp(v * height, -limit, limit)), visible};
}

void Renderer::begin_frame(const Canvas& canvas) {
  impl_->canvas = canvas;
  impl_->scene.reset();
  impl_->images.begin_frame();
}

void Renderer::draw_scenes() {
  if (impl_->scene) impl_->draw(*impl_->scene);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, impl_->canvas.width, impl_->canvas.height);
  glBindVertexArray(0);
  glActiveTexture(GL_TEXTURE0);
}

}  // namespace descent::web::render
