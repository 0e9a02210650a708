// SPDX-License-Identifier: MIT
// The arithmetic of the regions. Every region ends where its neighbour begins; nothing overlaps but the sheet.
#include "web/model/geometry/layout.h"

#include <algorithm>
#include <cmath>

namespace descent::web {
namespace {

constexpr float kLowBarMargin = 4;   // round the controls of a low screen's bar
constexpr float kSymbolsMargin = 4;  // below their row
constexpr float kRail = 304;
constexpr float kWideRail = 336;
constexpr float kWide = 1680;  // from this width on the rail may be wider
constexpr float kCompactWidth = 720;
constexpr float kCompactHeight = 500;
constexpr float kSheetShare = 0.62f;  // of the height between bar and transport

constexpr float kTallShare = 0.62f;                     // of what the strip shares with the view
constexpr float kLowView = 0.65f, kNarrowView = 0.42f;  // of the width on low screens, beside a strip and a tall one
constexpr float kStripUnderCard = 0.29f;                // of what view and strip share on a small screen with a card
constexpr float kCardShare = 0.42f;                     // of what the card shares with view and strip, at most
constexpr float kLowCardShare = 0.36f;

bool shown(const LayoutWish& wish, Part part) {
  return !wish.hidden.has(part);
}

// Takes a band of this height from the area's upper or lower edge.
Rect take_top(Rect& area, float height) {
  const Rect taken{area.x, area.y, area.width, height};
  area.y += height;
  area.height -= height;
  return taken;
}
Rect take_bottom(Rect& area, float height) {
  area.height -= height;
  return {area.x, area.y + area.height, area.width, height};
}

bool has_strip(const LayoutWish& wish) {
  return wish.strip.any() && shown(wish, Part::strip);
}

float strip_height(const LayoutWish& wish, float available, bool compact, bool low) {
  if (!has_strip(wish)) return 0;
  if (wish.tall_strip) return std::floor(kTallShare * available);
  const StripShape& strip = wish.strip;
  if (low) return std::floor(strip.low * available);
  if (compact) return std::floor((wish.card_height > 0 ? kStripUnderCard : strip.small) * available);
  return std::clamp(std::floor(strip.large * available), strip.least, strip.most);
}

// Card, view and strip from top to bottom.
void stack(Layout& layout, Rect area, const LayoutWish& wish) {
  const float share = layout.low ? kLowCardShare : kCardShare;
  layout.card = take_top(area, std::min(wish.card_height, std::floor(share * area.height)));
  const float most = std::floor(kTallShare * area.height);
  if (!layout.low || wish.card_height <= 0)
    layout.strip = take_bottom(area, std::min(strip_height(wish, area.height, layout.compact, layout.low), most));
  layout.view = area;
}

// Low, wide screens have the view, and beside it the strip or in its place the card.
void side_by_side(Layout& layout, Rect area, const LayoutWish& wish) {
  const bool card = wish.card_height > 0;
  const bool tall = wish.tall_strip && !card;
  const bool alone = !card && !has_strip(wish);
  const float view = alone ? area.width : std::floor((tall ? kNarrowView : kLowView) * area.width);
  layout.view = {area.x, area.y, view, area.height};
  if (alone) return;
  (card ? layout.card : layout.strip) = {area.x + view, area.y, area.width - view, area.height};
}

void place_large(Layout& layout, Rect area, const LayoutWish& wish) {
  const bool rail = shown(wish, Part::rail);
  const float transport = shown(wish, Part::transport) ? std::min(wish.transport_height, area.height / 2) : 0;
  layout.wide_transport = !rail;
  if (rail) {
    const float width = area.width >= kWide ? kWideRail : kRail;
    layout.rail = {area.x, area.y, width, area.height - transport};
    layout.transport = {area.x, area.y + layout.rail.height, width, transport};
    area.x += width;
    area.width -= width;
  } else {
    layout.transport = take_bottom(area, transport);
  }
  stack(layout, area, wish);
}

void place_compact(Layout& layout, Rect area, const LayoutWish& wish) {
  const float most = (layout.top_bar.height + area.height) / 3;
  layout.wide_transport = true;
  if (shown(wish, Part::transport)) {
    const float transport = std::min(wish.transport_height, most);
    layout.transport = take_bottom(area, std::min(transport, std::max(area.height - 80.0f, 0.0f)));
  }
  if (shown(wish, Part::rail)) {
    const float sheet = layout.low ? area.height : std::floor(kSheetShare * area.height);
    const float width = layout.low ? std::min(area.width, 360.0f) : area.width;
    layout.rail = {area.x, area.y + area.height - sheet, width, sheet};
  }
  if (layout.beside)
    side_by_side(layout, area, wish);
  else
    stack(layout, area, wish);
}

// Where the bar is too narrow for the sentence, its symbols have a row of their own, unless the screen is low.
float top_bar_height(const Layout& layout, const LayoutWish& wish) {
  if (layout.low) return wish.control_height + 2 * kLowBarMargin;
  const bool row = layout.compact && shown(wish, Part::sentence);
  return kTopBarRow + (row ? wish.control_height + kSymbolsMargin : 0);
}

}  // namespace

Layout make_layout(float width, float height, const LayoutWish& wish) {
  Layout layout;
  Rect area{0, 0, width, height};
  layout.compact = width < kCompactWidth || height < kCompactHeight;
  layout.low = height < kCompactHeight;
  layout.beside = layout.low && width > height;
  if (shown(wish, Part::top_bar)) layout.top_bar = take_top(area, top_bar_height(layout, wish));
  if (layout.compact)
    place_compact(layout, area, wish);
  else
    place_large(layout, area, wish);
  return layout;
}

}  // namespace descent::web
