// SPDX-License-Identifier: MIT
// The page's regions at many sizes of the canvas: inside it, beside each other, never over each other.
#include "web/layout.h"

#include <doctest/doctest.h>

#include <array>
#include <utility>

using descent::web::Layout;
using descent::web::make_layout;
using descent::web::Workspace;
using descent::web::render::Rect;

namespace {

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const Rect& rect, float width, float height) {
  return rect.width > 0 && rect.height > 0 && rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width &&
         rect.y + rect.height <= height;
}

constexpr std::array<std::array<float, 2>, 7> kSizes{
    {{1280, 720}, {1920, 1080}, {768, 1024}, {390, 844}, {844, 390}, {360, 640}, {3840, 2160}}};

// Workspace, and whether its strip is tall.
constexpr std::array<std::pair<Workspace, bool>, 3> kKinds{
    {{Workspace::surfaces, false}, {Workspace::surfaces, true}, {Workspace::network, false}}};

}  // namespace

TEST_CASE("overlap of rectangles is noticed") {
  CHECK(overlap({0, 0, 10, 10}, {9, 9, 10, 10}));
  CHECK_FALSE(overlap({0, 0, 10, 10}, {10, 0, 10, 10}));
}

TEST_CASE("regions lie inside the canvas and beside each other") {
  for (const auto& [width, height] : kSizes) {
    for (const auto& [workspace, tall] : kKinds) {
      CAPTURE(width);
      CAPTURE(height);
      const Layout layout = make_layout(width, height, workspace, 96, tall);
      std::array<const Rect*, 5> regions{&layout.top_bar, &layout.transport, &layout.view, &layout.strip, &layout.rail};
      for (const Rect* region : regions) CHECK(inside(*region, width, height));
      const std::size_t beside = layout.compact ? 4 : 5;  // the rail of a small screen is a sheet
      for (std::size_t i = 0; i < beside; ++i)
        for (std::size_t j = i + 1; j < beside; ++j) CHECK_FALSE(overlap(*regions[i], *regions[j]));
    }
  }
}

TEST_CASE("the regions of a large screen cover it") {
  for (const auto& [width, height] : kSizes) {
    const Layout layout = make_layout(width, height, Workspace::surfaces, 120);
    if (layout.compact) continue;
    float area = 0;
    for (const Rect* region : {&layout.top_bar, &layout.transport, &layout.view, &layout.strip, &layout.rail})
      area += region->width * region->height;
    CHECK(area == width * height);
  }
}

TEST_CASE("phones get a sheet that leaves the transport free") {
  const Layout layout = make_layout(390, 844, Workspace::surfaces, 64);
  CHECK(layout.compact);
  CHECK_FALSE(overlap(layout.rail, layout.transport));
  CHECK(overlap(layout.rail, layout.view));
  CHECK_FALSE(make_layout(768, 1024, Workspace::surfaces, 64).compact);
}

TEST_CASE("a tall strip takes about 60 % of what it shares with the view, in the Surfaces workspace alone") {
  for (const auto& [width, height] : kSizes) {
    const Layout usual = make_layout(width, height, Workspace::surfaces, 96);
    const Layout tall = make_layout(width, height, Workspace::surfaces, 96, true);
    const bool beside = tall.strip.x > tall.view.x;  // a low screen
    const float share = beside ? tall.strip.width / (tall.strip.width + tall.view.width)
                               : tall.strip.height / (tall.strip.height + tall.view.height);
    CHECK(share > 0.55F);
    CHECK(share < 0.65F);
    CHECK(usual.strip.width * usual.strip.height < tall.strip.width * tall.strip.height);
    CHECK(make_layout(width, height, Workspace::network, 96, true).strip.height ==
          make_layout(width, height, Workspace::network, 96).strip.height);
  }
}
