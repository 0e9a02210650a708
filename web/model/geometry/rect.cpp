// SPDX-License-Identifier: MIT
#include "web/model/geometry/rect.h"

#include <algorithm>
#include <cmath>

namespace descent::web {

PixelBox pixels_of(const Rect& rect, const Canvas& canvas) {
  const auto round = [&](float v) { return static_cast<int>(std::lround(v * canvas.pixel_ratio)); };
  const int left = std::clamp(round(rect.x), 0, canvas.width);
  const int top = std::clamp(round(rect.y), 0, canvas.height);
  const int bottom = std::clamp(round(rect.y + rect.height), top, canvas.height);
  return {left, canvas.height - bottom, std::clamp(round(rect.x + rect.width), left, canvas.width),
          canvas.height - top};
}

}  // namespace descent::web
