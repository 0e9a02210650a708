// SPDX-License-Identifier: MIT
// The page's regions at many sizes of the canvas: inside it, beside each other, never over each other.
#include "web/model/geometry/layout.h"

#include <doctest/doctest.h>

#include <array>
#include <utility>

using descent::web::HiddenParts;
using descent::web::hideable_parts;
using descent::web::kNoStrip;
using descent::web::kStrip;
using descent::web::Layout;
using descent::web::LayoutWish;
using descent::web::make_layout;
using descent::web::Part;
using descent::web::Rect;
using descent::web::StripShape;

namespace {

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const Rect& rect, float width, float height) {
  return rect.width > 0 && rect.height > 0 && rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width &&
         rect.y + rect.height <= height;
}

bool empty(const Rect& rect) {
  return rect.width <= 0 || rect.height <= 0;
}

float area_of(const Layout& layout) {
  float area = 0;
  for (const Rect* region :
       {&layout.top_bar, &layout.transport, &layout.card, &layout.view, &layout.strip, &layout.rail})
    area += region->width * region->height;
  return area;
}

LayoutWish wish_for(const StripShape& strip, float transport_height, bool tall = false) {
  return {.transport_height = transport_height, .strip = strip, .tall_strip = tall};
}

constexpr std::array<std::array<float, 2>, 11> kSizes{{{1280, 720},
                                                       {1920, 1080},
                                                       {768, 1024},
                                                       {390, 844},
                                                       {844, 390},
                                                       {360, 640},
                                                       {3840, 2160},
                                                       {640, 360},
                                                       {320, 480},
                                                       {480, 320},
                                                       {568, 320}}};

// A strip's shape, and whether it is tall.
constexpr std::array<std::pair<StripShape, bool>, 3> kKinds{{{kStrip, false}, {kStrip, true}, {kNoStrip, false}}};

}  // namespace

TEST_CASE("overlap of rectangles is noticed") {
  CHECK(overlap({0, 0, 10, 10}, {9, 9, 10, 10}));
  CHECK_FALSE(overlap({0, 0, 10, 10}, {10, 0, 10, 10}));
}

TEST_CASE("regions lie inside the canvas and beside each other") {
  for (const auto& [width, height] : kSizes) {
    for (const auto& [strip, tall] : kKinds) {
      CAPTURE(width);
      CAPTURE(height);
      const Layout layout = make_layout(width, height, wish_for(strip, 96, tall));
      std::array<const Rect*, 5> regions{&layout.top_bar, &layout.transport, &layout.view, &layout.strip, &layout.rail};
      CHECK(empty(layout.strip) == !strip.any());
      for (const Rect* region : regions)
        CHECK((inside(*region, width, height) || (region == &layout.strip && !strip.any())));
      const std::size_t beside = layout.compact ? 4 : 5;  // the rail of a small screen is a sheet
      for (std::size_t i = 0; i < beside; ++i)
        for (std::size_t j = i + 1; j < beside; ++j) CHECK_FALSE(overlap(*regions[i], *regions[j]));
    }
  }
}

TEST_CASE("the regions of a large screen cover it") {
  for (const auto& [width, height] : kSizes) {
    const Layout layout = make_layout(width, height, wish_for(kStrip, 120));
    if (!layout.compact) CHECK(area_of(layout) == width * height);
  }
}

TEST_CASE("phones get a sheet that leaves the transport free") {
  const Layout layout = make_layout(390, 844, wish_for(kStrip, 64));
  CHECK(layout.compact);
  CHECK_FALSE(overlap(layout.rail, layout.transport));
  CHECK(overlap(layout.rail, layout.view));
  CHECK_FALSE(make_layout(768, 1024, wish_for(kStrip, 64)).compact);
}

TEST_CASE("a tall strip takes about 60 % of what it shares with the view") {
  for (const auto& [width, height] : kSizes) {
    const Layout usual = make_layout(width, height, wish_for(kStrip, 96));
    const Layout tall = make_layout(width, height, wish_for(kStrip, 96, true));
    const bool beside = tall.strip.x > tall.view.x;  // a low screen
    const float share = beside ? tall.strip.width / (tall.strip.width + tall.view.width)
                               : tall.strip.height / (tall.strip.height + tall.view.height);
    CHECK(share > 0.55F);
    CHECK(share < 0.65F);
    CHECK(usual.strip.width * usual.strip.height < tall.strip.width * tall.strip.height);
  }
}

TEST_CASE("the view keeps more than the strip takes, unless the strip is tall") {
  for (const auto& [width, height] : kSizes) {
    CAPTURE(width);
    CAPTURE(height);
    const Layout usual = make_layout(width, height, wish_for(kStrip, 96));
    const Layout tall = make_layout(width, height, wish_for(kStrip, 96, true));
    if (usual.beside) continue;
    CHECK(usual.view.height > 1.4F * usual.strip.height);
    CHECK(tall.view.height < tall.strip.height);
  }
}

TEST_CASE("whatever is hidden, the rest covers the screen and nothing overlaps") {
  constexpr std::array<Part, 4> kRegions{Part::top_bar, Part::rail, Part::transport, Part::strip};
  for (const auto& [width, height] : kSizes) {
    for (const auto& [strip, tall] : kKinds) {
      for (unsigned choice = 0; choice < 32; ++choice) {
        LayoutWish wish = wish_for(strip, 96, tall);
        for (unsigned i = 0; i < kRegions.size(); ++i)
          if ((choice >> i & 1) != 0) wish.hidden.hide(kRegions[i]);
        wish.card_height = (choice >> 4 & 1) != 0 ? 150.0F : 0.0F;
        CAPTURE(width);
        CAPTURE(height);
        CAPTURE(choice);
        const Layout layout = make_layout(width, height, wish);
        const std::array<const Rect*, 6> regions{&layout.top_bar, &layout.transport, &layout.card,
                                                 &layout.view,    &layout.strip,     &layout.rail};
        for (unsigned i = 0; i < 6; ++i) CHECK((empty(*regions[i]) || inside(*regions[i], width, height)));
        const std::size_t beside = layout.compact ? 5 : 6;
        for (std::size_t i = 0; i < beside; ++i)
          for (std::size_t j = i + 1; j < beside; ++j)
            CHECK((empty(*regions[i]) || empty(*regions[j]) || !overlap(*regions[i], *regions[j])));
        const float sheet = layout.compact ? layout.rail.width * layout.rail.height : 0;
        CHECK(area_of(layout) - sheet == width * height);
        CHECK(empty(layout.top_bar) == wish.hidden.has(Part::top_bar));
        CHECK(empty(layout.rail) == wish.hidden.has(Part::rail));
        CHECK(empty(layout.transport) == wish.hidden.has(Part::transport));
        CHECK(empty(layout.card) == (wish.card_height == 0));
        const bool low = layout.compact && height < 500;
        const bool no_strip = !strip.any() || wish.hidden.has(Part::strip) || (low && wish.card_height > 0);
        CHECK(empty(layout.strip) == no_strip);
      }
    }
  }
}

TEST_CASE("on low screens the view is the largest region, beside the strip where the screen is wide, else above it") {
  for (const auto& [width, height] : kSizes) {
    CAPTURE(width);
    CAPTURE(height);
    LayoutWish wish = wish_for(kStrip, height < 400 ? 48.0F : 96.0F);
    const Layout layout = make_layout(width, height, wish);
    CHECK(layout.low == (height < 500));
    if (!layout.low) continue;
    const auto area = [](const Rect& rect) { return rect.width * rect.height; };
    for (const Rect* other : {&layout.top_bar, &layout.transport, &layout.strip})
      CHECK(area(layout.view) > 1.2F * area(*other));
    CHECK(layout.beside == (width > height));
    CHECK((layout.strip.x > layout.view.x) == layout.beside);
    CHECK((layout.strip.y > layout.view.y) != layout.beside);
    CHECK(layout.top_bar.height == 40);  // 32 of controls, 4 above and below
    wish.control_height = 40;
    CHECK(make_layout(width, height, wish).top_bar.height == 48);
    wish.card_height = 1000;
    const Layout with_card = make_layout(width, height, wish);
    CHECK(empty(with_card.strip));
    CHECK(area(with_card.view) > area(with_card.card));
  }
}

TEST_CASE("a scene's card leaves most of the height to picture and strip, and the picture a third of it") {
  LayoutWish wish = wish_for(kStrip, 100);
  wish.card_height = 160;
  const Layout phone = make_layout(390, 844, wish);
  CHECK(phone.card.y + phone.card.height == phone.view.y);
  CHECK(phone.view.height > phone.card.height);
  CHECK(phone.view.height > 844.0F / 3);
  wish.card_height = 1000;
  const Layout crowded = make_layout(1280, 720, wish);
  CHECK(crowded.card.height < 0.45F * 672);
}

TEST_CASE("every part that can be hidden has a name of its own and says what it is") {
  HiddenParts hidden;
  int at = 0;
  for (const auto& info : hideable_parts()) {
    CHECK(static_cast<int>(info.part) == at++);
    CHECK(info.doc.ends_with('.'));
    for (const char c : info.name) CHECK(((c >= 'a' && c <= 'z') || c == '_'));
    for (const auto& other : hideable_parts()) CHECK((other.part == info.part) == (other.name == info.name));
    CHECK_FALSE(hidden.has(info.part));
    hidden.hide(info.part);
    CHECK(hidden.has(info.part));
  }
}
