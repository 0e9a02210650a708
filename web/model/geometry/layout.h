// SPDX-License-Identifier: MIT
// The regions' rectangles for any size of the canvas, in points. Large: bar on top, rail at the left with the transport
// at its foot, view and strip beside it. Small (narrower than 720 or lower than 500): the transport is the foot of the
// screen, view and strip share what is left (side by side when the screen is low and wide), and the rail is a sheet
// over them. A scene's card lies above the view; on low screens it takes the strip's place. A hidden region is an empty
// rectangle.
#pragma once

#include "web/model/geometry/rect.h"
#include "web/state/hidden_parts.h"

namespace descent::web {

struct Layout {
  bool compact = false;
  bool low = false;             // lower than 500: every row counts
  bool beside = false;          // low and wide: view and strip stand side by side
  bool wide_transport = false;  // a foot over the whole width instead of the rail's
  Rect top_bar, rail, transport, card, view, strip;
};

// A StripShape is what a strip takes of the height that it shares with the view: a share, by the screen, and on large
// ones at least and at most so many points.
struct StripShape {
  float low, small, large;  // 0 … 1
  float least, most;

  [[nodiscard]] constexpr bool any() const { return most > 0; }
};
// kStrip is the shape whatever the strip shows, so that the view stays as it is.
inline constexpr StripShape kStrip{0.36f, 0.41f, 0.37f, 184, 370}, kNoStrip{0, 0, 0, 0, 0};

inline constexpr float kTopBarRow = 48;  // height of the bar's first row on screens that are not low

struct LayoutWish {
  float control_height = 32;   // of buttons and fields
  float transport_height = 0;  // what its content took in the last frame
  StripShape strip = kStrip;
  bool tall_strip = false;  // the strip takes most of what it shares with the view
  float card_height = 0;    // 0: there is no card
  HiddenParts hidden;
};

[[nodiscard]] Layout make_layout(float width, float height, const LayoutWish& wish);

}  // namespace descent::web
