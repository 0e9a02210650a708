// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/navigation.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/geometry/view_math.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/panels/surfaces/view/pin_keys.h"
#include "web/state/race_defaults.h"
#include "web/state/strip_tabs.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using surfaces::Domain;
using surfaces::Point;

constexpr double kWheelStep = 1.18;     // zoom of one notch
constexpr double kSmallestView = 1e-9;  // of the domain's size
constexpr double kLargestView = 50;
constexpr double kNearest = 0.25, kFarthest = 4;  // distances of the orbit camera
constexpr double kFarthestLook = 1.5;             // from the middle of the block
constexpr double kOrbitSpeed = 0.008;             // radians a point
constexpr double kLowestPitch = 0.08, kHighestPitch = 1.5;
constexpr float kHandle = 34;  // points across
constexpr float kTouchHandle = 48;
constexpr float kHeadReach = 22, kTouchHeadReach = 40;
constexpr float kDragStart = 3;  // points until a press is a drag

// The place where the line of sight through a position of the canvas meets the floor of the 3-D view.
std::optional<std::array<double, 2>> floor_under(const PanelContext& context, const ViewFrame& frame, ImVec2 canvas) {
  const Rect& rect = frame.scene.rect;
  return context.render.orbit(frame.scene)
      .floor_at(static_cast<double>((canvas.x - rect.x) / rect.width),
                static_cast<double>((canvas.y - rect.y) / rect.height));
}

// Moves what the 3-D view turns round, so that `from` comes to where `to` was.
void look_aside(SurfaceCamera& camera, const std::optional<std::array<double, 2>>& from,
                const std::optional<std::array<double, 2>>& to) {
  if (!from || !to) return;
  const double dx = (*from)[0] - (*to)[0], dy = (*from)[1] - (*to)[1];
  if (std::hypot(dx, dy) > kFarthestLook) return;  // near the horizon
  camera.look_x = std::clamp(camera.look_x + dx, -kFarthestLook, kFarthestLook);
  camera.look_y = std::clamp(camera.look_y + dy, -kFarthestLook, kFarthestLook);
}

}  // namespace

std::optional<Point> surface_point_at(const PanelContext& context, const ViewFrame& frame, ImVec2 canvas) {
  if (!frame.scene.camera.three_d) return frame.at(canvas);
  const race::HeightField* field = context.render.field();
  if (field == nullptr) return {};
  const Rect& rect = frame.scene.rect;
  const auto width = static_cast<double>(rect.width), height = static_cast<double>(rect.height);
  return context.render.orbit(frame.scene)
      .pick(static_cast<double>(canvas.x - rect.x) / width, static_cast<double>(canvas.y - rect.y) / height, *field,
            context.render.value_scale(frame.scene));
}

namespace {

// The surface point under a position of the canvas in decimals that differ by a pixel, inside the picture.
std::optional<Point> rounded_point_at(const PanelContext& context, const ViewFrame& frame, ImVec2 canvas) {
  const std::optional<Point> point = surface_point_at(context, frame, canvas);
  if (!point) return {};
  const bool three_d = frame.scene.camera.three_d;
  const Domain& view = three_d ? frame.scene.camera.view : frame.shown;
  const double unit = three_d ? (view.x1 - view.x0) / 500 : frame.unit();
  return Point{std::clamp(round_near((*point)[0], unit), view.x0, view.x1),
               std::clamp(round_near((*point)[1], unit), view.y0, view.y1)};
}

// The steps of the longest path that the picture shows ahead, if there is one.
std::optional<double> steps_ahead(const race::Preview& preview) {
  std::size_t points = 0;
  for (const std::vector<double>& path : preview.paths) points = std::max(points, path.size() / 2);
  return points > 0 ? std::optional(static_cast<double>(points - 1)) : std::nullopt;
}

// True when the left button was pressed and released in one place of the picture.
bool clicked_in_place(const ViewFrame& frame) {
  const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, kDragStart);
  return moved.x == 0 && moved.y == 0 && frame.inside(ImGui::GetIO().MousePos) &&
         !ImGui::IsMouseReleased(ImGuiMouseButton_Right);
}

}  // namespace

void fit_view(PanelContext& context) {
  const SurfaceCamera fitted = default_camera(context.ui.race);
  SurfaceCamera& camera = context.ui.camera;
  camera.view = fitted.view;
  camera.yaw = fitted.yaw;
  camera.pitch = fitted.pitch;
  camera.distance = fitted.distance;
  camera.look_x = fitted.look_x;
  camera.look_y = fitted.look_y;
}

void SurfaceNavigation::zoom(PanelContext& context, const ViewFrame& frame, double factor, ImVec2 around) {
  SurfaceCamera& camera = context.ui.camera;
  if (camera.three_d) {
    const auto fixed = floor_under(context, frame, around);
    camera.distance = std::clamp(camera.distance / factor, kNearest, kFarthest);
    ViewFrame closer = frame;
    closer.scene.camera = camera;
    look_aside(camera, fixed, floor_under(context, closer, around));
    return;
  }
  const Domain domain = surface_domain(context.ui.race);
  Domain& view = camera.view;
  const double relative = (view.x1 - view.x0) / (domain.x1 - domain.x0);
  factor = relative / std::clamp(relative / factor, kSmallestView, kLargestView);
  const Point fixed = frame.at(around);
  const auto towards = [&](double edge, double centre) { return centre + (edge - centre) / factor; };
  view = {towards(view.x0, fixed[0]), towards(view.x1, fixed[0]), towards(view.y0, fixed[1]),
          towards(view.y1, fixed[1])};
}

void SurfaceNavigation::orbit(SurfaceCamera& camera, ImVec2 delta) {
  camera.yaw = std::remainder(camera.yaw - kOrbitSpeed * static_cast<double>(delta.x), 2 * std::numbers::pi);
  camera.pitch = std::clamp(camera.pitch + kOrbitSpeed * static_cast<double>(delta.y), kLowestPitch, kHighestPitch);
}

void SurfaceNavigation::pan(PanelContext& context, const ViewFrame& frame, ImVec2 delta, ImVec2 grip) {
  SurfaceCamera& camera = context.ui.camera;
  if (camera.three_d) {
    const ImVec2 before(grip.x - delta.x, grip.y - delta.y);
    return look_aside(camera, floor_under(context, frame, before), floor_under(context, frame, grip));
  }
  const double dx = static_cast<double>(delta.x) * frame.unit();
  const double dy = static_cast<double>(delta.y) * frame.unit();
  Domain& view = camera.view;
  view = {view.x0 - dx, view.x1 - dx, view.y0 + dy, view.y1 + dy};
}

// One finger or the left button turns the 3-D view; the right button, or shift, moves it.
void SurfaceNavigation::drag(PanelContext& context, const ViewFrame& frame) {
  const ImGuiIO& io = ImGui::GetIO();
  if (context.ui.camera.three_d && !io.KeyShift)
    orbit(context.ui.camera, io.MouseDelta);
  else
    pan(context, frame, io.MouseDelta, io.MousePos);
}

std::optional<Point> SurfaceNavigation::drag_mark(PanelContext& context, const ViewFrame& frame, const Mark& mark,
                                                  Point at, Handle& handle) {
  handle.hovered = handle.focused = false;
  const auto place = context.render.project(frame.scene, at, height_at(context, at, 0));
  if (!place.visible && !handle.held) return {};
  const float size = context.touch ? kTouchHandle : kHandle;
  ImGui::SetCursorScreenPos(ImVec2(place.x - size / 2, place.y - size / 2));
  ImGui::InvisibleButton(mark.label, ImVec2(size, size));
  annotate_item(mark.label, "canvas", mark.value);
  widgets::tooltip(mark.tip);
  handle.hovered = ImGui::IsItemHovered();
  handle.focused = ImGui::IsItemFocused();
  widgets::draw_focus_ring({.box = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, .id = ImGui::GetItemID()});
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemActivated()) handle.grip = ImVec2(mouse.x - place.x, mouse.y - place.y);
  handle.held = ImGui::IsItemActive();
  if (handle.hovered || handle.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);  // grab: style.css
  if (!handle.held || !ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) return {};
  return rounded_point_at(context, frame, ImVec2(mouse.x - handle.grip.x, mouse.y - handle.grip.y));
}

// Submits the pin before the start: the mark submitted first lies on top.
void SurfaceNavigation::update_marks(PanelContext& context, const ViewFrame& frame) {
  std::optional<Point>& pin = context.ui.camera.pin;
  const std::array<int, 2> push = std::exchange(context.ui.pin_push, {});
  if (pin && shows_chain_rule(context.ui)) {
    if (push != std::array<int, 2>{}) pin = pushed_pin(context, frame, *pin, push);
    if (const auto target = drag_mark(context, frame, {"pinned point", "", {}}, *pin, pin_)) pin = target;
    // The second click of two meets the mark that the first one made.
    if (pin_.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
      fit_view(context);
      if (pinned_by_click_) pin = pin_before_;
    }
  } else {
    pin_ = {};
  }
  context.ui.pin_focused = pin_.focused;
  const Mark ring{"start handle", "Drag to start elsewhere", steps_ahead(context.race.preview)};
  if (const auto target = drag_mark(context, frame, ring, context.ui.race.start, start_))
    context.commands.set_start(*target);
}

// Starts everybody at the pointer, after a click on the basins.
void SurfaceNavigation::start_here(PanelContext& context, const ViewFrame& frame) {
  if (const auto point = rounded_point_at(context, frame, ImGui::GetIO().MousePos)) context.commands.set_start(*point);
}

// Two clicks fit the view, and leave the pin where it was.
void SurfaceNavigation::pin_here(PanelContext& context, const ViewFrame& frame) {
  const ImGuiIO& io = ImGui::GetIO();
  std::optional<Point>& pin = context.ui.camera.pin;
  if (io.MouseClickedLastCount[ImGuiMouseButton_Left] > 1) {
    pin = pin_before_;
    return;
  }
  pin_before_ = pin;
  pinned_by_click_ = true;
  if (const auto point = rounded_point_at(context, frame, io.MousePos)) pin = point;
}

// A click on a head chooses its runner; a drag that begins there moves the view like any other.
void SurfaceNavigation::update_heads(PanelContext& context, const ViewFrame& frame) {
  over_head_ = false;
  const float size = context.touch ? kTouchHeadReach : kHeadReach;
  const int count = static_cast<int>(context.race.runners.size());
  for (int k = -1; k < count; ++k) {  // the selected one lies on top
    const int i = k < 0 ? context.ui.selected_runner : k;
    if (k == context.ui.selected_runner) continue;
    const std::optional<HeadPlace> head = head_place(context, frame, i);
    if (!head) continue;
    ImGui::PushID(i);
    ImGui::SetCursorScreenPos(ImVec2(head->centre.x - size / 2, head->centre.y - size / 2));
    const bool pressed = ImGui::InvisibleButton("##head", ImVec2(size, size));
    const race::RunnerName name = shown_name(context, static_cast<std::size_t>(i));
    annotate_item(name.item + " head", "canvas", context.ui.selected_runner == i ? 1 : 0);
    const bool dragged = ImGui::IsMouseDragging(ImGuiMouseButton_Left, kDragStart);
    if (ImGui::IsItemActive() && dragged) drag(context, frame);
    over_head_ = over_head_ || ImGui::IsItemHovered();
    // At the start the heads lie below the ring, which takes the press.
    if (!start_.hovered && !pin_.hovered) {
      if (ImGui::IsItemHovered() && !dragged) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      widgets::tooltip(core::fill("{}: click to see the curvature here.", name.full()));
    }
    const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, kDragStart);
    if (pressed && moved.x == 0 && moved.y == 0) context.ui.selected_runner = i;
    ImGui::PopID();
  }
}

void SurfaceNavigation::update(PanelContext& context, const ViewFrame& frame) {
  ImGui::SetCursorScreenPos(frame.low());
  ImGui::SetNextItemAllowOverlap();
  const bool pressed = ImGui::InvisibleButton("##surface view", ImVec2(frame.scene.rect.width, frame.scene.rect.height),
                                              ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  annotate_item("surface view", "canvas");
  const bool hovered = ImGui::IsItemHovered();
  const bool held = ImGui::IsItemActive();
  const ImGuiIO& io = ImGui::GetIO();
  touched_ = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenOverlappedByItem) || held;

  if (hovered && io.MouseWheel != 0)
    zoom(context, frame, std::pow(kWheelStep, static_cast<double>(io.MouseWheel)), io.MousePos);
  const Gesture& gesture = context.gesture;
  const ImVec2 centre(gesture.center_x, gesture.center_y);
  if (gesture.active && frame.inside(centre)) {
    zoom(context, frame, static_cast<double>(gesture.scale), centre);
    pan(context, frame, ImVec2(gesture.pan_x, gesture.pan_y), centre);
  } else if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, kDragStart)) {
    drag(context, frame);
  } else if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Right, kDragStart)) {
    pan(context, frame, io.MouseDelta, io.MousePos);
  }
  if (io.MouseClickedCount[ImGuiMouseButton_Left] == 1) pinned_by_click_ = false;
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) fit_view(context);
  const bool clicked = pressed && clicked_in_place(frame);
  if (clicked && shows_basins(context.ui))
    start_here(context, frame);
  else if (clicked && shows_chain_rule(context.ui))
    pin_here(context, frame);
  update_marks(context, frame);
  update_heads(context, frame);
  pointing_ = hovered && !start_.held && !pin_.held && !over_head_ &&
              !ImGui::IsMouseDragging(ImGuiMouseButton_Left, kDragStart);
}

}  // namespace descent::web
