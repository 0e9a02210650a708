// SPDX-License-Identifier: MIT
// The arithmetic of the regions. Every region ends where its neighbour begins; nothing overlaps but the sheet.
#include "web/layout.h"

#include <algorithm>
#include <cmath>

namespace descent::web {
namespace {

constexpr float kTopBar = 48;
constexpr float kRail = 304;
constexpr float kWideRail = 336;
constexpr float kWide = 1680;  // from this width on the rail may be wider
constexpr float kCompactWidth = 720;
constexpr float kCompactHeight = 500;
constexpr float kSheetShare = 0.62f;  // of the height between bar and transport

constexpr float kTallShare = 0.62f;                     // of what the strip shares with the view
constexpr float kLowView = 0.58f, kNarrowView = 0.42f;  // of the width on low screens, beside a strip and a tall one

float strip_height(Workspace workspace, float available, bool tall) {
  if (tall) return std::floor(kTallShare * available);
  if (workspace == Workspace::surfaces) return std::clamp(std::floor(0.33f * available), 184.0f, 340.0f);
  return std::clamp(std::floor(0.46f * available), 248.0f, 480.0f);
}

void place_large(Layout& layout, float width, float height, Workspace workspace, float transport_height, bool tall) {
  const float rail = width >= kWide ? kWideRail : kRail;
  const float body = height - kTopBar;
  const float transport = std::min(transport_height, body / 2);
  layout.rail = {0, kTopBar, rail, body - transport};
  layout.transport = {0, height - transport, rail, transport};
  const float strip = strip_height(workspace, body, tall);
  layout.view = {rail, kTopBar, width - rail, body - strip};
  layout.strip = {rail, height - strip, width - rail, strip};
}

void place_compact(Layout& layout, float width, float height, Workspace workspace, float transport_height, bool tall) {
  const float transport = std::min(transport_height, height / 3);
  const float body = std::max(height - kTopBar - transport, 80.0f);
  layout.transport = {0, height - transport, width, transport};
  if (height < kCompactHeight) {
    const float view = std::floor((tall ? kNarrowView : kLowView) * width);
    layout.view = {0, kTopBar, view, body};
    layout.strip = {view, kTopBar, width - view, body};
    layout.rail = {0, kTopBar, std::min(width, 360.0f), body};
    return;
  }
  const float share = tall ? kTallShare : workspace == Workspace::surfaces ? 0.36f : 0.48f;
  const float strip = std::floor(share * body);
  layout.view = {0, kTopBar, width, body - strip};
  layout.strip = {0, kTopBar + body - strip, width, strip};
  const float sheet = std::floor(kSheetShare * body);
  layout.rail = {0, kTopBar + body - sheet, width, sheet};
}

}  // namespace

Layout make_layout(float width, float height, Workspace workspace, float transport_height, bool tall_strip) {
  Layout layout;
  const bool tall = tall_strip && workspace == Workspace::surfaces;
  layout.compact = width < kCompactWidth || height < kCompactHeight;
  layout.top_bar = {0, 0, width, kTopBar};
  if (layout.compact)
    place_compact(layout, width, height, workspace, transport_height, tall);
  else
    place_large(layout, width, height, workspace, transport_height, tall);
  return layout;
}

}  // namespace descent::web
