// SPDX-License-Identifier: MIT
// The scene is kept as a picture at device resolution (SurfaceImage); the canvas gets a copy of it with the fresh ends
// of the paths on top.
#include "web/render/renderer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/core/check.h"
#include "shaders_embedded.h"
#include "web/model/geometry/view_math.h"
#include "web/render/gl.h"
#include "web/render/image_cache.h"
#include "web/render/interface_pass.h"
#include "web/render/kept_scale.h"
#include "web/render/line_program.h"
#include "web/render/picture_read.h"
#include "web/render/surface_image.h"
#include "web/render/surface_pass.h"
#include "web/state/redraw.h"
#include "web/widgets/theme.h"

namespace descent::web::render {

struct Renderer::Impl {
  race::HeightField field;
  std::uint64_t field_version = 0, uploaded_version = 0;
  race::GradientField gradients;
  std::uint64_t gradients_version = 0;
  std::uint64_t places_version = 0;
  std::optional<SurfaceView> scene;
  Canvas canvas;
  PixelBox shown;  // where the canvas has the scene; empty: nowhere

  // The last one asked for.
  struct Orbit {
    SurfaceCamera camera;
    float width, height;
    OrbitRoom room;
    OrbitView view;
  };
  mutable std::optional<Orbit> orbit;
  mutable KeptScale kept_scale;

  struct Pictures {
    SurfaceImage image;
    ImageCache images;
  };
  // All that is made in the WebGL context, and goes with it.
  struct Graphics {
    SurfacePass surface;
    LineProgram lines;
    std::unique_ptr<Pictures> pictures = std::make_unique<Pictures>();
    Program present{{shaders::kPresentVert}, {shaders::kPresentFrag}};
    VertexArray empty;
  };
  std::unique_ptr<Graphics> gl = std::make_unique<Graphics>();
  std::unique_ptr<InterfacePass> picture_interface;

  [[nodiscard]] const ValueScale& scale(const SurfaceView& s) const { return kept_scale.of(s, field, field_version); }
  [[nodiscard]] static PixelSize size_of(const PixelBox& box, const Canvas& canvas) {
    return {box.x1 - box.x0, box.y1 - box.y0, canvas.pixel_ratio};
  }

  [[nodiscard]] SurfaceSources sources(const SurfaceView& s) {
    if (uploaded_version != field_version) {
      gl->surface.upload(field);
      uploaded_version = field_version;
    }
    return {field, field_version, gradients, gradients_version, places_version, scale(s), gl->surface, gl->lines};
  }

  // Onto the bound framebuffer, where the picture has the place `place`.
  void show(const SurfaceImage& picture, const SurfaceSources& from, const PixelBox& place) const {
    glViewport(place.x0, place.y0, place.x1 - place.x0, place.y1 - place.y0);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    const Program& present = gl->present;
    present.use();
    picture.picture().color().bind(0);
    present.set("scene", 0);
    gl->empty.bind();
    glDrawArrays(GL_TRIANGLES, 0, 3);
    picture.draw_over(place, from);
  }

  bool update() {
    PixelBox place;
    if (scene) place = pixels_of(scene->rect, canvas);
    if (place.x1 - place.x0 < 2 || place.y1 - place.y0 < 2) place = {};
    const bool new_place = std::exchange(shown, place) != place;
    if (place.empty()) return new_place;
    SurfaceImage& picture = gl->pictures->image;
    const bool new_picture = picture.draw(*scene, size_of(place, canvas), sources(*scene));
    if (picture.pending()) request_redraw();
    return new_place || new_picture;
  }
};

const SurfaceView* Renderer::scene() const {
  return impl_->scene ? &*impl_->scene : nullptr;
}

void Renderer::begin_picture() {
  impl_->picture_interface = std::make_unique<InterfacePass>();
  impl_->picture_interface->upload_fonts();
}

// Everything made here may go at once: the driver keeps what its queue still needs.
void Renderer::take_picture(const SurfaceView* scene, const Canvas& canvas, int id) {
  DESCENT_ASSERT(scene == nullptr || !scene->moving);
  const std::unique_ptr<InterfacePass> interface = std::move(impl_->picture_interface);
  SurfaceImage image;
  const PixelBox place = scene != nullptr ? pixels_of(scene->rect, canvas) : PixelBox{};
  if (scene != nullptr) {
    const SurfaceSources from = impl_->sources(*scene);
    do {
      static_cast<void>(image.draw(*scene, Impl::size_of(place, canvas), from));
    } while (image.pending());
  }
  Target target;
  target.resize(canvas.width, canvas.height);
  target.bind();
  InterfacePass::clear(widgets::palette().background);
  if (scene != nullptr) impl_->show(image, impl_->sources(*scene), place);
  static_cast<void>(interface->update(*ImGui::GetDrawData(), canvas));
  interface->draw(canvas);
  read_picture(id, canvas.width, canvas.height);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

Renderer::Renderer() : impl_(std::make_unique<Impl>()) {}
Renderer::~Renderer() = default;

void Renderer::start_over() {
  std::unique_ptr<Impl::Graphics> gl = std::move(impl_->gl);
  if (gl) gl->pictures = std::make_unique<Impl::Pictures>();  // its programs stay, which take longest to make
  *impl_ = Impl{.gl = std::move(gl)};
}

void Renderer::lose_context() {
  impl_->gl.reset();
}

void Renderer::regain_context() {
  impl_->gl = std::make_unique<Impl::Graphics>();
  impl_->uploaded_version = 0;
  impl_->places_version = 0;
}

void Renderer::set_field(race::HeightField field) {
  impl_->field = std::move(field);
  ++impl_->field_version;
}

const race::HeightField* Renderer::field() const {
  return impl_->field_version > 0 ? &impl_->field : nullptr;
}

void Renderer::set_gradients(race::GradientField gradients) {
  impl_->gradients = std::move(gradients);
  ++impl_->gradients_version;
}

void Renderer::set_overlay_image(const surfaces::Domain& view, int width, int height,
                                 std::span<const std::uint32_t> pixels) {
  impl_->gl->surface.upload_places(view, width, height, pixels);
  ++impl_->places_version;
}

bool Renderer::has_overlay_image() const {
  return impl_->places_version > 0;
}

void Renderer::surface(const SurfaceView& scene) {
  impl_->scene = scene;
}

void* Renderer::image(std::string_view key, std::uint64_t version, int width, int height, std::span<const float> values,
                      float low, float high, Colormap map) {
  const GLuint texture = impl_->gl->pictures->images.texture(key, version, width, height, values, low, high, map);
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(texture));
}

void* Renderer::image(std::string_view key, std::uint64_t version, int width, int height,
                      std::span<const std::uint32_t> pixels) {
  const GLuint texture = impl_->gl->pictures->images.texture(key, version, width, height, pixels);
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(texture));
}

ValueScale Renderer::value_scale(const SurfaceView& scene) const {
  return impl_->scale(scene);
}

const OrbitView& Renderer::orbit(const SurfaceView& scene) const {
  std::optional<Impl::Orbit>& kept = impl_->orbit;
  const float width = scene.rect.width, height = scene.rect.height;
  if (!kept || kept->width != width || kept->height != height || kept->room != scene.room ||
      !same_camera(kept->camera, scene.camera))
    kept = Impl::Orbit{scene.camera, width, height, scene.room,
                       OrbitView(scene.camera, static_cast<double>(width), static_cast<double>(height), scene.room)};
  return kept->view;
}

Renderer::Projected Renderer::project(const SurfaceView& scene, surfaces::Point point, double value) const {
  const auto width = static_cast<double>(scene.rect.width);
  const auto height = static_cast<double>(scene.rect.height);
  double u = 0, v = 0;
  bool visible = true;
  if (scene.camera.three_d) {
    const double t = std::clamp(impl_->scale(scene).relief(value), 0.0, 1.0);
    const OrbitView::Clip clip = orbit(scene).clip(point, t);
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
  impl_->gl->pictures->images.begin_frame();
}

bool Renderer::update() {
  const bool new_scene = impl_->update();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  const bool new_images = impl_->gl->pictures->images.take_changed();
  return new_scene || new_images;
}

void Renderer::draw() {
  if (!impl_->shown.empty()) impl_->show(impl_->gl->pictures->image, impl_->sources(*impl_->scene), impl_->shown);
}

}  // namespace descent::web::render
