// SPDX-License-Identifier: MIT
// Platform: the canvas, its WebGL 2 context, Dear ImGui's life, and the events of mouse, fingers and keyboard.
// The drawing buffer is always the canvas's size in CSS pixels times the device's pixel ratio; coordinates everywhere
// else are CSS pixels ("points").
#pragma once

#include <imgui.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "web/app/touch.h"
#include "web/model/geometry/rect.h"
#include "web/render/interface_pass.h"
#include "web/render/renderer.h"
#include "web/state/theme.h"

struct SDL_Window;
union SDL_Event;

namespace descent::web {

// Keys of the page itself; those that are typed into a text field do not come here.
enum class PageKey { play, step, back, up, down, reset, workspace, help, escape };
struct KeyPress {
  PageKey key = PageKey::play;
  bool shift = false;
  bool ring = false;       // the ring of keyboard focus is in sight
  std::size_t number = 0;  // of the workspace that it opens, from 0
};

class Platform {
 public:
  // Returns true when the page has used the key; it does not reach the interface then.
  using KeyHandler = std::function<bool(const KeyPress&)>;

  // False when there is no WebGL 2 here; error() says more.
  [[nodiscard]] bool start(Theme theme);
  [[nodiscard]] const std::string& error() const { return error_; }

  // The WebGL context is lost, the fonts with it; a new one is there.
  void lose_context();
  void regain_context();
  [[nodiscard]] bool can_draw() const;

  // The interface as at the start: nothing is focused, open, scrolled or under the pointer.
  void restart_interface();

  // Takes the events that came since the last call; true when there were any, or the canvas changed its size.
  bool poll(const KeyHandler& on_key);
  void set_theme(Theme theme);
  // True once after the tab was hidden or came back: display callbacks paused meanwhile.
  [[nodiscard]] bool take_interruption() { return std::exchange(interrupted_, false); }
  // True once after a hand pressed, dragged or typed something; a pointer that only moves, and what happens to the
  // window, change nothing.
  [[nodiscard]] bool take_hand() { return std::exchange(hand_, false); }

  // A Ground is what the interface of a frame lies on.
  struct Ground {
    ImU32 background = 0;
    std::vector<render::Fill> fills;
    friend bool operator==(const Ground&, const Ground&) = default;
  };
  // ImGui's frame is open between the two. Then the canvas gets the background, the scenes, the fills, the interface,
  // unless all of them look as in the frame before. True when it was drawn on.
  void begin_frame();
  bool end_frame(Ground ground, render::Renderer& scenes);

  [[nodiscard]] float width() const { return width_; }
  [[nodiscard]] float height() const { return height_; }
  [[nodiscard]] float pixel_ratio() const { return pixel_ratio_; }
  [[nodiscard]] Canvas canvas() const;
  [[nodiscard]] const Touch& touch() const { return touch_; }

 private:
  bool follow_canvas();
  void start_interface();
  void apply_look();
  void handle(const SDL_Event& event, const KeyHandler& on_key);
  bool handle_finger(const SDL_Event& event);
  bool handle_key(const SDL_Event& event, const KeyHandler& on_key);

  SDL_Window* window_ = nullptr;
  void* gl_context_ = nullptr;  // an SDL_GLContext
  ImFontAtlas fonts_;
  std::unique_ptr<render::InterfacePass> interface_;
  // The frame on the canvas was drawn with these.
  Canvas drawn_;
  Ground drawn_ground_;
  Theme theme_ = Theme::dark;
  float width_ = 0, height_ = 0, pixel_ratio_ = 1;
  bool keeps_escape_ = false;  // as the browser was last told
  bool interrupted_ = false;
  bool hand_ = false;
  Touch touch_;
  std::string error_;
};

}  // namespace descent::web
