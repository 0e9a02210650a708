// SPDX-License-Identifier: MIT
// Colours and markers of the runners: slot k has colour k mod 8, its shape is runner_marker()'s.
#include <imgui.h>

#include <array>
#include <cmath>
#include <numbers>

#include "web/model/plots/run_colors.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr int kColors = static_cast<int>(kDarkRunColors.size());

constexpr int kMaxCorners = 12;

struct Outline {
  std::array<ImVec2, kMaxCorners> points{};
  int count = 0;
  void add(ImVec2 center, float radius, float angle) {
    points[static_cast<std::size_t>(count++)] =
        ImVec2(center.x + radius * std::sin(angle), center.y - radius * std::cos(angle));
  }
};

constexpr float kTurn = 2 * std::numbers::pi_v<float>;

Outline regular(ImVec2 center, float radius, int corners, float first_angle) {
  Outline outline;
  for (int i = 0; i < corners; ++i)
    outline.add(center, radius, first_angle + kTurn * static_cast<float>(i) / static_cast<float>(corners));
  return outline;
}

Outline star(ImVec2 center, float radius) {
  Outline outline;
  for (int i = 0; i < 10; ++i)
    outline.add(center, i % 2 == 0 ? radius : 0.45f * radius, kTurn * static_cast<float>(i) / 10);
  return outline;
}

// A plus of bars 0.7 radius wide, turned by `angle`.
Outline plus(ImVec2 center, float radius, float angle) {
  constexpr float kHalf = 0.35f;
  constexpr std::array<std::array<float, 2>, 12> kCorners{{{-kHalf, -1},
                                                           {kHalf, -1},
                                                           {kHalf, -kHalf},
                                                           {1, -kHalf},
                                                           {1, kHalf},
                                                           {kHalf, kHalf},
                                                           {kHalf, 1},
                                                           {-kHalf, 1},
                                                           {-kHalf, kHalf},
                                                           {-1, kHalf},
                                                           {-1, -kHalf},
                                                           {-kHalf, -kHalf}}};
  Outline outline;
  const float c = std::cos(angle) * radius, s = std::sin(angle) * radius;
  for (const auto& [x, y] : kCorners)
    outline.points[static_cast<std::size_t>(outline.count++)] =
        ImVec2(center.x + c * x - s * y, center.y + s * x + c * y);
  return outline;
}

Outline outline_of(Marker marker, ImVec2 center, float radius) {
  switch (marker) {
    case Marker::triangle:
      return regular(ImVec2(center.x, center.y + 0.15f * radius), 1.2f * radius, 3, 0);
    case Marker::square:
      return regular(center, 1.2f * radius, 4, kTurn / 8);
    case Marker::diamond:
      return regular(center, 1.25f * radius, 4, 0);
    case Marker::cross:
      return plus(center, 1.1f * radius, kTurn / 8);
    case Marker::plus:
      return plus(center, 1.1f * radius, 0);
    case Marker::star:
      return star(center, 1.3f * radius);
    default:
      return regular(center, 1.1f * radius, 6, 0);
  }
}

// Fan from the centre: right for star-shaped outlines, which all of these are. Smoothing is left to a line round the
// whole, or the seams between the triangles would show.
void fill(ImDrawList* list, const Outline& outline, ImVec2 center, ImU32 color) {
  const ImDrawListFlags flags = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (int i = 0; i < outline.count; ++i)
    list->AddTriangleFilled(center, outline.points[static_cast<std::size_t>(i)],
                            outline.points[static_cast<std::size_t>((i + 1) % outline.count)], color);
  list->Flags = flags;
  list->AddPolyline(outline.points.data(), outline.count, color, ImDrawFlags_Closed, 1);
}

}  // namespace

ImU32 runner_color(int slot) {
  const auto index = static_cast<std::size_t>(slot % kColors);
  const std::uint32_t color = current_theme() == Theme::dark ? kDarkRunColors[index] : kLightRunColors[index];
  return IM_COL32(color >> 16, color >> 8 & 0xFF, color & 0xFF, 0xFF);
}

void draw_marker(ImDrawList* list, Marker marker, ImVec2 center, float radius, ImU32 fill_color, ImU32 outline_color) {
  const bool outlined = (outline_color & IM_COL32_A_MASK) != 0;
  if (marker == Marker::circle) {
    list->AddCircleFilled(center, radius, fill_color, 20);
    if (outlined) list->AddCircle(center, radius, outline_color, 20, 1.5f);
    return;
  }
  const Outline outline = outline_of(marker, center, radius);
  const bool convex = marker != Marker::star && marker != Marker::cross && marker != Marker::plus;
  if (convex)
    list->AddConvexPolyFilled(outline.points.data(), outline.count, fill_color);
  else
    fill(list, outline, center, fill_color);
  if (outlined) list->AddPolyline(outline.points.data(), outline.count, outline_color, ImDrawFlags_Closed, 1.5f);
}

}  // namespace descent::web::widgets
