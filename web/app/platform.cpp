// SPDX-License-Identifier: MIT
// SDL2's window and events on Emscripten, Dear ImGui's SDL2 backend. SDL takes the keyboard from the
// canvas only, so that the browser's own shortcuts work; its emulation of a mouse by touch is replaced by Touch.
#include "web/app/platform.h"

#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "web/browser/browser.h"
#include "web/browser/text_field.h"
#include "web/state/redraw.h"
#include "web/widgets/text_entry.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kLongestStep = 0.1f;  // seconds; pauses between frames are not animated through

std::optional<PageKey> page_key(const SDL_Event& event) {
  if (event.type == SDL_TEXTINPUT && std::strcmp(event.text.text, "?") == 0) return PageKey::help;
  if (event.type != SDL_KEYDOWN) return {};
  const SDL_Keycode sym = event.key.keysym.sym;
  if (sym >= SDLK_1 && sym <= SDLK_9) return PageKey::workspace;
  switch (sym) {
    case SDLK_SPACE:
      return PageKey::play;
    case SDLK_RIGHT:
      return PageKey::step;
    case SDLK_LEFT:
      return PageKey::back;
    case SDLK_UP:
      return PageKey::up;
    case SDLK_DOWN:
      return PageKey::down;
    case SDLK_r:
      return PageKey::reset;
    case SDLK_ESCAPE:
      return PageKey::escape;
    default:
      return {};
  }
}

// A hand's doing. A pointer that only moves does nothing.
bool acts(const SDL_Event& event) {
  switch (event.type) {
    case SDL_KEYDOWN:
    case SDL_KEYUP:
    case SDL_TEXTINPUT:
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEWHEEL:
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
      return true;
    case SDL_MOUSEMOTION:
      return event.motion.state != 0;
    default:
      return false;
  }
}

bool ring_in_sight() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.NavId != 0 && !context.NavDisableHighlight;
}

// Escape takes the ring away, and Tab shows it where it was. Dear ImGui's own way is to hand the focus from a control
// to the child window that it is in (NavUpdateCancelRequest), with focus scope 0. A flattened one, as the parts of the
// page are, is no item that would bring its scope back, and Tab, which looks among items of one scope only
// (NavProcessItemForTabbingRequest), would find nothing from then on.
bool hide_ring() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  const ImGuiWindow* window = context.NavWindow;
  if (context.ActiveId != 0 || window == nullptr || (window->Flags & ImGuiWindowFlags_NavFlattened) == 0) return false;
  context.NavDisableHighlight = true;
  return true;
}

// Tab goes on from the control that has the focus. Where that one is gone, with another workspace or tab, Dear ImGui
// would look for it and find nothing after it: without a ring it takes the first control.
void before_tab() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  if (!context.NavIdIsAlive && context.ActiveId == 0) context.NavDisableHighlight = true;
}

// A window's content has another size than its scroll bar was drawn for; the next frame knows.
bool contents_changed() {
  const ImVector<ImGuiWindow*>& windows = ImGui::GetCurrentContext()->Windows;
  return std::any_of(windows.begin(), windows.end(), [](const ImGuiWindow* window) {
    const ImVec2 size{window->DC.CursorMaxPos.x - window->DC.CursorStartPos.x,
                      window->DC.CursorMaxPos.y - window->DC.CursorStartPos.y};
    const bool explicitly = window->ContentSizeExplicit.x != 0 || window->ContentSizeExplicit.y != 0;
    return window->Active && !window->Hidden && !window->SkipItems && !explicitly &&
           (std::trunc(size.x) != window->ContentSize.x || std::trunc(size.y) != window->ContentSize.y);
  });
}

}  // namespace

bool Platform::start(Theme theme) {
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  browser::install_key_filter();  // before SDL's own listeners
  if (SDL_Init(SDL_INIT_VIDEO) != 0) {
    error_ = SDL_GetError();
    return false;
  }
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);  // scenes have depth buffers of their own
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  window_ =
      SDL_CreateWindow("Descent", 0, 0, 1280, 720, SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  gl_context_ = window_ != nullptr ? SDL_GL_CreateContext(window_) : nullptr;
  if (gl_context_ == nullptr) {
    error_ = SDL_GetError();
    return false;
  }
  start_interface();
  interface_ = std::make_unique<render::InterfacePass>();
  theme_ = theme;
  follow_canvas();
  return true;
}

void Platform::start_interface() {
  ImGui::CreateContext(&fonts_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  ImGui_ImplSDL2_InitForOpenGL(window_, gl_context_);
}

void Platform::restart_interface() {
  ImGui_ImplSDL2_Shutdown();
  ImGui::DestroyContext();
  start_interface();
  widgets::dress_context();
  touch_ = {};
}

Canvas Platform::canvas() const {
  const auto pixels = [this](float points) { return static_cast<int>(std::lround(points * pixel_ratio_)); };
  return {pixels(width_), pixels(height_), pixel_ratio_};
}

bool Platform::follow_canvas() {
  const browser::CanvasMetrics metrics = browser::canvas_metrics();
  const auto width = static_cast<float>(std::max(metrics.width, 1.0));
  const auto height = static_cast<float>(std::max(metrics.height, 1.0));
  const auto ratio = static_cast<float>(std::clamp(metrics.pixel_ratio, 0.5, 4.0));
  if (width == width_ && height == height_ && ratio == pixel_ratio_) return false;
  const bool new_ratio = ratio != pixel_ratio_ || width_ == 0;
  width_ = width;
  height_ = height;
  pixel_ratio_ = ratio;
  const float magnification = browser::magnification();
  SDL_SetWindowSize(window_, static_cast<int>(std::lround(width * magnification)),
                    static_cast<int>(std::lround(height * magnification)));
  if (new_ratio) apply_look();
  return true;
}

void Platform::apply_look() {
  if (widgets::apply_theme(theme_, pixel_ratio_) && interface_) interface_->upload_fonts();
}

void Platform::lose_context() {
  interface_.reset();
}

void Platform::regain_context() {
  interface_ = std::make_unique<render::InterfacePass>();
  interface_->upload_fonts();
  drawn_ = {};
}

bool Platform::can_draw() const {
  return interface_ != nullptr && !browser::context_lost();
}

void Platform::set_theme(Theme theme) {
  if (theme == theme_) return;
  theme_ = theme;
  apply_look();
}

bool Platform::handle_finger(const SDL_Event& event) {
  const SDL_TouchFingerEvent& finger = event.tfinger;
  const float x = finger.x * width_, y = finger.y * height_;
  switch (event.type) {
    case SDL_FINGERDOWN:
      touch_.down(finger.fingerId, x, y);
      return true;
    case SDL_FINGERMOTION:
      touch_.move(finger.fingerId, x, y);
      return true;
    case SDL_FINGERUP:
      touch_.up(finger.fingerId);
      return true;
    default:
      return false;
  }
}

bool Platform::handle_key(const SDL_Event& event, const KeyHandler& on_key) {
  const std::optional<PageKey> key = page_key(event);
  const bool shift = event.type == SDL_KEYDOWN && (event.key.keysym.mod & KMOD_SHIFT) != 0;
  if (event.type == SDL_KEYDOWN && event.key.keysym.sym == SDLK_TAB) before_tab();
  const std::size_t number = key == PageKey::workspace ? static_cast<std::size_t>(event.key.keysym.sym - SDLK_1) : 0;
  return key && (on_key({*key, shift, ring_in_sight(), number}) || (*key == PageKey::escape && hide_ring()));
}

void Platform::handle(const SDL_Event& event, const KeyHandler& on_key) {
  hand_ = hand_ || acts(event);
  if (handle_finger(event) || handle_key(event, on_key)) return;
  ImGuiIO& io = ImGui::GetIO();
  const bool motion = event.type == SDL_MOUSEMOTION;
  if (motion || event.type == SDL_MOUSEWHEEL) io.AddMouseSourceEvent(ImGuiMouseSource_Mouse);
  if (event.type == SDL_MOUSEWHEEL) return io.AddMouseWheelEvent(-event.wheel.preciseX, event.wheel.preciseY);
  if (event.type == SDL_WINDOWEVENT &&
      (event.window.event == SDL_WINDOWEVENT_HIDDEN || event.window.event == SDL_WINDOWEVENT_SHOWN)) {
    interrupted_ = true;
    drawn_ = {};  // what a tab shows may be let go while nobody sees it
  }
  if (motion || event.type == SDL_MOUSEBUTTONDOWN) touch_.mouse_used();
  const float pixels = browser::magnification();
  if (motion)
    return io.AddMousePosEvent(static_cast<float>(event.motion.x) / pixels,
                               static_cast<float>(event.motion.y) / pixels);
  ImGui_ImplSDL2_ProcessEvent(&event);
}

bool Platform::poll(const KeyHandler& on_key) {
  bool any = follow_canvas();
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) {
    any = true;
    handle(event, on_key);
  }
  // The keys that are down are let go over the browser's text field, where SDL does not see it.
  if (text_field::take_opened()) SDL_ResetKeyboard();
  const bool typed = text_field::has_news();
  hand_ = hand_ || typed;
  return typed || any;
}

void Platform::begin_frame() {
  ImGui_ImplSDL2_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = std::min(io.DeltaTime, kLongestStep);
  io.DisplaySize = ImVec2(width_, height_);
  const Canvas pixels = canvas();
  io.DisplayFramebufferScale =
      ImVec2(static_cast<float>(pixels.width) / width_, static_cast<float>(pixels.height) / height_);
  widgets::text_entries_begin_frame();
  ImGui::NewFrame();
  touch_.update();
  const bool escape = ring_in_sight() || ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (std::exchange(keeps_escape_, escape) != escape) browser::keep_escape(escape);
}

bool Platform::end_frame(Ground ground, render::Renderer& scenes) {
  widgets::text_entries_end_frame();
  if (contents_changed()) request_redraw();
  // A frame takes one change of a key or button; the others wait in Dear ImGui's queue, for frames that must come.
  if (!ImGui::GetCurrentContext()->InputEventsQueue.empty()) request_redraw();
  ImGui::Render();
  const Canvas pixels = canvas();
  // Each of them takes the frame over, whatever the others say.
  const bool new_canvas = std::exchange(drawn_, pixels) != pixels;
  const bool new_ground = drawn_ground_ != ground;
  const bool new_scenes = scenes.update();
  const bool new_interface = interface_->update(*ImGui::GetDrawData(), pixels);
  if (!new_canvas && !new_ground && !new_scenes && !new_interface) return false;
  drawn_ground_ = std::move(ground);
  render::InterfacePass::clear(drawn_ground_.background);
  scenes.draw();
  render::InterfacePass::fill(pixels, drawn_ground_.fills);
  interface_->draw(pixels);
  SDL_GL_SwapWindow(window_);
  return true;
}

}  // namespace descent::web
