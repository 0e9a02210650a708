// SPDX-License-Identifier: MIT
// Fingers to mouse events, swipes and gestures. Dear ImGui takes one change of a button a frame from its queue, so the
// order of events added here is the order in which its frames see them.
#include "web/app/touch.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "web/state/redraw.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kSlop = 10;     // points a finger moves before it means a swipe
constexpr float kFriction = 4;  // 1 / s
constexpr float kSlowest = 20;  // points a second

bool on_canvas(float x, float y) {
  return std::any_of(ui_items().begin(), ui_items().end(), [x, y](const UiItem& item) {
    return item.role == "canvas" && x >= item.x && x < item.x + item.width && y >= item.y && y < item.y + item.height;
  });
}

ImGuiWindow* scrollable_under_mouse() {
  ImGuiWindow* window = ImGui::GetCurrentContext()->HoveredWindow;
  while (window != nullptr && window->ScrollMax.y <= 0)
    window = (window->Flags & ImGuiWindowFlags_ChildWindow) != 0 ? window->ParentWindow : nullptr;
  return window;
}

}  // namespace

void Touch::down(std::int64_t finger, float x, float y) {
  in_use_ = true;
  speed_ = 0;
  fingers_.push_back({finger, x, y});
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  if (fingers_.size() == 1) {
    io.AddMousePosEvent(x, y);
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    swipe_ = on_canvas(x, y) ? Swipe::refused : Swipe::undecided;
    start_x_ = x;
    start_y_ = previous_y_ = y;
  } else {
    cancel_click_ = true;
    swipe_ = Swipe::refused;
    last_distance_ = 0;
  }
}

void Touch::move(std::int64_t finger, float x, float y) {
  for (Finger& known : fingers_)
    if (known.id == finger) {
      known.x = x;
      known.y = y;
    }
  if (fingers_.size() != 1) return;
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMousePosEvent(x, y);
}

void Touch::up(std::int64_t finger) {
  std::erase_if(fingers_, [finger](const Finger& known) { return known.id == finger; });
  last_distance_ = 0;
  if (!fingers_.empty()) return;
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

void Touch::update() {
  if (cancel_click_) {
    cancel_click_ = false;
    ImGui::ClearActiveID();
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  }
  update_gesture();
  update_scroll();
}

void Touch::update_gesture() {
  gesture_ = {};
  if (fingers_.size() != 2) {
    last_distance_ = 0;
    return;
  }
  const Finger& a = fingers_[0];
  const Finger& b = fingers_[1];
  const float distance = std::max(std::hypot(a.x - b.x, a.y - b.y), 1.0f);
  gesture_.active = true;
  gesture_.center_x = (a.x + b.x) / 2;
  gesture_.center_y = (a.y + b.y) / 2;
  if (last_distance_ > 0) {
    gesture_.scale = distance / last_distance_;
    gesture_.pan_x = gesture_.center_x - last_x_;
    gesture_.pan_y = gesture_.center_y - last_y_;
  }
  last_distance_ = distance;
  last_x_ = gesture_.center_x;
  last_y_ = gesture_.center_y;
}

void Touch::update_scroll() {
  if (fingers_.size() != 1) {
    coast();
    return;
  }
  const Finger& finger = fingers_.front();
  if (swipe_ == Swipe::undecided) {
    const float dx = std::fabs(finger.x - start_x_), dy = std::fabs(finger.y - start_y_);
    if (std::max(dx, dy) < kSlop) return;
    scrolled_ = dy > dx ? scrollable_under_mouse() : nullptr;
    swipe_ = scrolled_ != nullptr ? Swipe::scrolling : Swipe::refused;
    if (swipe_ == Swipe::scrolling) ImGui::ClearActiveID();
  }
  if (swipe_ != Swipe::scrolling) return;
  const float moved = finger.y - previous_y_;
  previous_y_ = finger.y;
  ImGui::SetScrollY(scrolled_, scrolled_->Scroll.y - moved);
  const float seconds = std::max(ImGui::GetIO().DeltaTime, 1e-3f);
  speed_ = 0.6f * speed_ + 0.4f * moved / seconds;
}

void Touch::coast() {
  if (std::fabs(speed_) < kSlowest || scrolled_ == nullptr || !scrolled_->WasActive) {
    speed_ = 0;
    return;
  }
  const float seconds = std::min(ImGui::GetIO().DeltaTime, 0.05f);
  ImGui::SetScrollY(scrolled_, scrolled_->Scroll.y - speed_ * seconds);
  speed_ *= std::exp(-kFriction * seconds);
  request_redraw();
}

}  // namespace descent::web
