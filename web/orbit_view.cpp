// SPDX-License-Identifier: MIT
// OrbitView: a camera on a sphere round the surface, z up; perspective with a field of view of 34 degrees.
//   eye = target + distance · (cos pitch · sin yaw, −cos pitch · cos yaw, sin pitch)
//   clip = projection · look_at(eye, target, up)
#include <algorithm>
#include <cmath>

#include "web/surface_view_math.h"

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
constexpr double kFitDistance = 4.2;  // the surface about fills a square canvas
constexpr double kNear = 0.1;
constexpr double kFar = 40;

}  // namespace

OrbitView::OrbitView(const SurfaceCamera& camera, double width, double height) : view_(camera.view) {
  const double w = view_.x1 - view_.x0;
  const double h = view_.y1 - view_.y0;
  const double longest = std::max(w, h);
  half_x_ = w / longest;
  half_y_ = h / longest;

  aspect_ = height > 0 ? width / height : 1;
  const double distance = camera.distance * kFitDistance / std::min(1.0, aspect_);
  const Vector target{0, 0, 0.2 * kHeight};
  const Vector& back = back_;
  const Vector& right = right_;
  const Vector& up = up_;
  back_ = {std::cos(camera.pitch) * std::sin(camera.yaw), -std::cos(camera.pitch) * std::cos(camera.yaw),
           std::sin(camera.pitch)};
  eye_ = {target[0] + distance * back[0], target[1] + distance * back[1], target[2] + distance * back[2]};
  right_ = {std::cos(camera.yaw), std::sin(camera.yaw), 0};
  up_ = cross(back, right);

  const double focal = 1 / std::tan(0.5 * kFieldOfView);
  const double a = (kFar + kNear) / (kNear - kFar);
  const double b = 2 * kFar * kNear / (kNear - kFar);
  for (std::size_t i = 0; i < 3; ++i) {
    matrix_[4 * i + 0] = focal / aspect_ * right[i];
    matrix_[4 * i + 1] = focal * up[i];
    matrix_[4 * i + 2] = a * back[i];
    matrix_[4 * i + 3] = -back[i];
  }
  matrix_[12] = -focal / aspect_ * dot(right, eye_);
  matrix_[13] = -focal * dot(up, eye_);
  matrix_[14] = -a * dot(back, eye_) + b;
  matrix_[15] = dot(back, eye_);
}

OrbitView::Clip OrbitView::clip(surfaces::Point point, double t) const {
  const double x = half_x_ * (2 * (point[0] - view_.x0) / (view_.x1 - view_.x0) - 1);
  const double y = half_y_ * (2 * (point[1] - view_.y0) / (view_.y1 - view_.y0) - 1);
  const double z = kHeight * t;
  const auto& m = matrix_;
  return {m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13],
          m[2] * x + m[6] * y + m[10] * z + m[14], m[3] * x + m[7] * y + m[11] * z + m[15]};
}

std::optional<surfaces::Point> OrbitView::pick(double u, double v, const train::HeightField& field,
                                               const ValueScale& scale) const {
  const double reach = std::tan(0.5 * kFieldOfView);
  const double across = (2 * u - 1) * reach * aspect_;
  const double along = (1 - 2 * v) * reach;
  constexpr int kSteps = 400;
  const double distance = std::sqrt(dot(eye_, eye_));
  for (int i = 0; i <= kSteps; ++i) {
    const double s = std::max(0.0, distance - 2) + 4.0 * i / kSteps;
    Vector position{};
    for (std::size_t k = 0; k < 3; ++k) position[k] = eye_[k] + s * (across * right_[k] + along * up_[k] - back_[k]);
    const surfaces::Point point{view_.x0 + (0.5 + 0.5 * position[0] / half_x_) * (view_.x1 - view_.x0),
                                view_.y0 + (0.5 + 0.5 * position[1] / half_y_) * (view_.y1 - view_.y0)};
    if (!contains(view_, point)) continue;
    const double t = scale(sample_field(field, point));
    if (position[2] <= kHeight * std::clamp(t, 0.0, 1.0)) return point;
  }
  return {};
}

}  // namespace descent::web
