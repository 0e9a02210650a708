// SPDX-License-Identifier: MIT
#include "web/app/png_export.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "web/browser/main_thread.h"
#include "web/panels/surfaces/tabs/figure_png.h"
#include "web/panels/surfaces/tabs/tab_catalog.h"
#include "web/panels/surfaces/view/view_png.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kMostPixels = 8000;  // a side; every WebGL 2 has textures of that size
constexpr float kRoom = 300;         // at most round the surface, points

// Dear ImGui's state for one picture; the page's own is current again afterwards.
class PictureContext {
 public:
  explicit PictureContext(ImFontAtlas& fonts) : page_(ImGui::GetCurrentContext()), own_(ImGui::CreateContext(&fonts)) {
    ImGui::SetCurrentContext(own_);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
    widgets::dress_context();
  }
  ~PictureContext() {
    ImGui::SetCurrentContext(page_);
    ImGui::DestroyContext(own_);
  }
  PictureContext(const PictureContext&) = delete;
  PictureContext& operator=(const PictureContext&) = delete;

 private:
  ImGuiContext* page_;
  ImGuiContext* own_;
};

void begin_frame(ImVec2 size, float scale) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = size;
  io.DisplayFramebufferScale = ImVec2(scale, scale);
  io.DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
}

constexpr ImGuiWindowFlags kBare =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;

void begin_window(ImVec2 size) {
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("picture", nullptr, kBare);
}

}  // namespace

bool PictureMaker::fonts_ready(Host::JobWorker& jobs, float scale) {
  if (fonts_ == nullptr || fonts_->scale != scale) {
    fonts_ = std::make_shared<Fonts>();
    fonts_->scale = scale;
    jobs.post([fonts = fonts_](parallel::Jobs&) {
      widgets::make_fonts(fonts->atlas, fonts->scale);
      post_to_main([fonts] { fonts->ready = true; });
    });
  }
  return fonts_->ready;
}

bool PictureMaker::make(PanelContext& context, Host::JobWorker& jobs, const bridge::PictureRequest& wanted) {
  const TabFigure* figure = strip_tab_figure(wanted.of);
  const render::SurfaceView shown = figure != nullptr ? render::SurfaceView{} : *context.render.scene();
  const float scale = std::min(wanted.scale, kMostPixels / (std::max(shown.rect.width, shown.rect.height) + kRoom));
  if (!fonts_ready(jobs, scale)) return false;
  const std::shared_ptr<Fonts> fonts = std::exchange(fonts_, nullptr);
  const PictureContext own(fonts->atlas);
  context.render.begin_picture();
  // Measuring text takes a frame as well.
  begin_frame(ImVec2(64, 64), scale);
  const PictureSize size = figure != nullptr ? kFigurePicture : picture_size(context, shown);
  ImGui::EndFrame();
  const ImVec2 points(std::ceil(size.width), std::ceil(size.height));
  begin_frame(points, scale);
  begin_window(points);
  std::optional<render::SurfaceView> scene;
  if (figure != nullptr)
    draw_figure_picture(context, *figure);
  else
    scene = draw_picture(context, shown);
  ImGui::End();
  ImGui::Render();
  const auto pixels = [scale](float length) { return static_cast<int>(std::lround(length * scale)); };
  context.render.take_picture(scene ? &*scene : nullptr, {pixels(points.x), pixels(points.y), scale}, wanted.id);
  return true;
}

}  // namespace descent::web
