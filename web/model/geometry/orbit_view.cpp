// SPDX-License-Identifier: MIT
// OrbitView: a camera on a sphere round the surface, z up; perspective with a field of view of 34 degrees.
//   eye = target + distance · (cos pitch · sin yaw, −cos pitch · cos yaw, sin pitch)
//   clip = shift · projection · look_at(eye, target, up)
#include <algorithm>
#include <cmath>

#include "web/model/geometry/view_math.h"

namespace descent::web {
namespace {

using Vector = std::array<double, 3>;

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

constexpr double kFieldOfView = 34.0 * 3.14159265358979323846 / 180.0;
constexpr double kReach = 2.4;  // from the target to anything drawn
constexpr double kNear = 0.05;

}  // namespace

OrbitView::OrbitView(const SurfaceCamera& camera, double width, double height, const OrbitRoom& room)
    : view_(camera.view) {
  const double w = view_.x1 - view_.x0;
  const double h = view_.y1 - view_.y0;
  const double longest = std::max(w, h);
  half_x_ = w / longest;
  half_y_ = h / longest;
  aspect_ = height > 0 ? width / height : 1;
  const OrbitFit fitted =
      fit_orbit({std::hypot(half_x_, half_y_), kHeight, camera.pitch, 1 / std::tan(0.5 * kFieldOfView), aspect_}, room);
  distance_ = fitted.distance * camera.distance;
  shift_x_ = fitted.shift_x;
  shift_y_ = fitted.shift_y;
  back_ = {std::cos(camera.pitch) * std::sin(camera.yaw), -std::cos(camera.pitch) * std::cos(camera.yaw),
           std::sin(camera.pitch)};
  right_ = {std::cos(camera.yaw), std::sin(camera.yaw), 0};
  up_ = cross(back_, right_);
  const Vector target{camera.look_x, camera.look_y, 0.5 * kHeight};
  for (std::size_t i = 0; i < 3; ++i) eye_[i] = target[i] + distance_ * back_[i];
  set_matrix();
}

// The depth range is as narrow as the scene allows: paths lie a hair above the surface.
void OrbitView::set_matrix() {
  const double focal = 1 / std::tan(0.5 * kFieldOfView);
  const double near = std::max(kNear, distance_ - kReach), far = distance_ + kReach;
  const double a = (far + near) / (near - far);
  const double b = 2 * far * near / (near - far);
  for (std::size_t i = 0; i < 3; ++i) {
    matrix_[4 * i + 0] = focal / aspect_ * right_[i] - shift_x_ * back_[i];
    matrix_[4 * i + 1] = focal * up_[i] - shift_y_ * back_[i];
    matrix_[4 * i + 2] = a * back_[i];
    matrix_[4 * i + 3] = -back_[i];
  }
  matrix_[12] = -focal / aspect_ * dot(right_, eye_) + shift_x_ * dot(back_, eye_);
  matrix_[13] = -focal * dot(up_, eye_) + shift_y_ * dot(back_, eye_);
  matrix_[14] = -a * dot(back_, eye_) + b;
  matrix_[15] = dot(back_, eye_);
}

OrbitView::Clip OrbitView::clip(surfaces::Point point, double t) const {
  const double x = half_x_ * (2 * (point[0] - view_.x0) / (view_.x1 - view_.x0) - 1);
  const double y = half_y_ * (2 * (point[1] - view_.y0) / (view_.y1 - view_.y0) - 1);
  const double z = kHeight * t;
  const auto& m = matrix_;
  return {m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13],
          m[2] * x + m[6] * y + m[10] * z + m[14], m[3] * x + m[7] * y + m[11] * z + m[15]};
}

std::array<double, 3> OrbitView::sight(double u, double v) const {
  const double reach = std::tan(0.5 * kFieldOfView);
  const double across = (2 * u - 1 - shift_x_) * reach * aspect_;
  const double along = (1 - 2 * v - shift_y_) * reach;
  Vector direction{};
  for (std::size_t k = 0; k < 3; ++k) direction[k] = across * right_[k] + along * up_[k] - back_[k];
  return direction;
}

std::optional<std::array<double, 2>> OrbitView::floor_at(double u, double v) const {
  const Vector direction = sight(u, v);
  if (!(direction[2] < -1e-3)) return {};
  const double s = -eye_[2] / direction[2];
  return std::array<double, 2>{eye_[0] + s * direction[0], eye_[1] + s * direction[1]};
}

std::optional<surfaces::Point> OrbitView::pick(double u, double v, const race::HeightField& field,
                                               const ValueScale& scale) const {
  const Vector direction = sight(u, v);
  constexpr int kSteps = 500;
  const double nearest = std::max(0.0, distance_ - kReach);
  for (int i = 0; i <= kSteps; ++i) {
    const double s = nearest + (distance_ + kReach - nearest) * i / kSteps;
    Vector position{};
    for (std::size_t k = 0; k < 3; ++k) position[k] = eye_[k] + s * direction[k];
    const surfaces::Point point{view_.x0 + (0.5 + 0.5 * position[0] / half_x_) * (view_.x1 - view_.x0),
                                view_.y0 + (0.5 + 0.5 * position[1] / half_y_) * (view_.y1 - view_.y0)};
    if (!contains(view_, point)) continue;
    const double t = scale.relief(sample_field(field, point));
    if (position[2] <= kHeight * std::clamp(t, 0.0, 1.0)) return point;
  }
  return {};
}

}  // namespace descent::web
