// SPDX-License-Identifier: MIT
// The range of a field's samples inside a rectangle, for tests of what the worker samples for itself.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/race/height_field.h"

namespace descent::testing {

inline race::HeightRange range_in(const race::HeightField& field, const surfaces::Domain& part) {
  race::HeightRange range;
  const surfaces::Domain& view = field.view;
  for (int row = 0; row < field.height; ++row)
    for (int column = 0; column < field.width; ++column) {
      const double x = view.x0 + column * (view.x1 - view.x0) / (field.width - 1);
      const double y = view.y0 + row * (view.y1 - view.y0) / (field.height - 1);
      if (x < part.x0 || x > part.x1 || y < part.y0 || y > part.y1) continue;
      range.add(field.offset + static_cast<double>(field.values[static_cast<std::size_t>(row * field.width + column)]));
    }
  return range;
}

inline race::HeightRange range_of(const race::HeightField& field) {
  return range_in(field, field.view);
}

}  // namespace descent::testing
