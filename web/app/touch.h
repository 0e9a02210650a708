// SPDX-License-Identifier: MIT
// Touch: fingers into what Dear ImGui and the views understand. One finger is the mouse, without a hover left behind
// when it is lifted; a vertical swipe scrolls the region under it, unless it began on a canvas; two fingers are a
// Gesture.
#pragma once

#include <cstdint>
#include <vector>

#include "web/browser/gesture.h"

struct ImGuiWindow;

namespace descent::web {

class Touch {
 public:
  // Positions in points of the canvas.
  void down(std::int64_t finger, float x, float y);
  void move(std::int64_t finger, float x, float y);
  void up(std::int64_t finger);

  // update() comes once a frame, after ImGui::NewFrame.
  void update();
  [[nodiscard]] const Gesture& gesture() const { return gesture_; }
  // True when the last pointer seen was a finger.
  [[nodiscard]] bool in_use() const { return in_use_; }
  void mouse_used() { in_use_ = false; }

 private:
  struct Finger {
    std::int64_t id;
    float x, y;
  };
  enum class Swipe { undecided, scrolling, refused };

  void update_gesture();
  void update_scroll();
  void coast();

  std::vector<Finger> fingers_;
  bool in_use_ = false;
  bool cancel_click_ = false;  // a second finger came: what the first pressed is let go without a click
  Gesture gesture_;
  float last_distance_ = 0, last_x_ = 0, last_y_ = 0;
  Swipe swipe_ = Swipe::undecided;
  ImGuiWindow* scrolled_ = nullptr;
  float start_x_ = 0, start_y_ = 0, previous_y_ = 0;
  float speed_ = 0;  // points a second, of a region that goes on after the finger left
};

}  // namespace descent::web
