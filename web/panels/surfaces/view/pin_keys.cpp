// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/pin_keys.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "web/model/geometry/view_math.h"
#include "web/panels/surfaces/view/overlay.h"

namespace descent::web {
namespace {

using surfaces::Point;

constexpr double kStepsAcross = 200;

// ±x or ±y.
Point axis_towards(const PanelContext& context, const ViewFrame& frame, Point pin, double step, Point wanted) {
  if (!frame.scene.camera.three_d) return wanted;
  const double height = height_at(context, pin, 0);
  const auto place = [&](Point at) { return context.render.project(frame.scene, at, height); };
  const auto from = place(pin);
  Point best = wanted;
  double furthest = 0;
  for (const Point axis : {Point{1, 0}, Point{-1, 0}, Point{0, 1}, Point{0, -1}}) {
    const auto to = place({pin[0] + step * axis[0], pin[1] + step * axis[1]});
    const double along =
        static_cast<double>(to.x - from.x) * wanted[0] - static_cast<double>(to.y - from.y) * wanted[1];
    if (along <= furthest) continue;
    furthest = along;
    best = axis;
  }
  return best;
}

}  // namespace

Point pushed_pin(const PanelContext& context, const ViewFrame& frame, Point pin, std::array<int, 2> push) {
  const surfaces::Domain& view = frame.scene.camera.three_d ? frame.scene.camera.view : frame.shown;
  const double step = round_step_above(std::min(view.x1 - view.x0, view.y1 - view.y0) / kStepsAcross);
  const auto moved = [&](double value, double by, double low, double high) {
    if (by == 0) return value;
    // A pin that was typed in may be out of sight: it comes back step by step.
    return std::clamp(round_near(value + by * step, step / 100), std::min(low, value), std::max(high, value));
  };
  for (const Point wanted : {Point{static_cast<double>(push[0]), 0}, Point{0, static_cast<double>(push[1])}}) {
    const double times = std::abs(wanted[0] + wanted[1]);
    if (times == 0) continue;
    const Point axis = axis_towards(context, frame, pin, step, {wanted[0] / times, wanted[1] / times});
    pin = {moved(pin[0], times * axis[0], view.x0, view.x1), moved(pin[1], times * axis[1], view.y0, view.y1)};
  }
  return pin;
}

}  // namespace descent::web
