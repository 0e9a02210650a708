// SPDX-License-Identifier: MIT
// The icon set. A Pen maps the 16-unit grid to the canvas; strokes are 1.5 units wide at the usual size of 16 points.
#include "web/widgets/icons.h"

#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>

namespace descent::web::widgets {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

struct Pen {
  ImDrawList* list;
  ImVec2 origin;
  float unit;
  ImU32 color;

  [[nodiscard]] ImVec2 at(float x, float y) const { return ImVec2(origin.x + x * unit, origin.y + y * unit); }
  [[nodiscard]] float width() const { return 1.5f * unit; }

  void line(std::initializer_list<ImVec2> points, bool closed = false) const {
    list->PathClear();
    for (const ImVec2& p : points) list->PathLineTo(at(p.x, p.y));
    list->PathStroke(color, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width());
  }
  void fill(std::initializer_list<ImVec2> points) const {
    list->PathClear();
    for (const ImVec2& p : points) list->PathLineTo(at(p.x, p.y));
    list->PathFillConvex(color);
  }
  void bar(float x0, float y0, float x1, float y1) const {
    list->AddRectFilled(at(x0, y0), at(x1, y1), color, 0.6f * unit);
  }
  void ring(float x, float y, float radius) const { list->AddCircle(at(x, y), radius * unit, color, 24, width()); }
  void dot(float x, float y, float radius) const { list->AddCircleFilled(at(x, y), radius * unit, color, 16); }
  void arc(float x, float y, float radius, float from, float to) const {
    list->PathClear();
    list->PathArcTo(at(x, y), radius * unit, from, to, 20);
    list->PathStroke(color, ImDrawFlags_None, width());
  }
};

// An arrow to a tray, down (download) or up (upload).
void transfer(const Pen& pen, bool down) {
  pen.line({{8, 2.5f}, {8, 10.5f}});
  if (down)
    pen.line({{4.5f, 7}, {8, 10.5f}, {11.5f, 7}});
  else
    pen.line({{4.5f, 6}, {8, 2.5f}, {11.5f, 6}});
  pen.line({{2.5f, 10.5f}, {2.5f, 13.5f}, {13.5f, 13.5f}, {13.5f, 10.5f}});
}

void sun(const Pen& pen) {
  pen.ring(8, 8, 3);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * kPi / 4;
    const float c = std::cos(angle), s = std::sin(angle);
    pen.line({{8 + 5 * c, 8 + 5 * s}, {8 + 6.8f * c, 8 + 6.8f * s}});
  }
}

// A crescent: the disc of radius 6 round (8, 8) without the one of radius 5 round (10.8, 5.2); the angles are those of
// the two points where the circles meet.
void moon(const Pen& pen) {
  pen.list->PathClear();
  pen.list->PathArcTo(pen.at(8, 8), 6 * pen.unit, 0.188f, 4.524f, 24);
  pen.list->PathArcTo(pen.at(10.8f, 5.2f), 5 * pen.unit, 3.809f, 0.904f, 16);
  pen.list->PathStroke(pen.color, ImDrawFlags_Closed, pen.width());
}

void reset(const Pen& pen) {
  pen.arc(8, 8.5f, 5, -0.35f * kPi, 1.25f * kPi);
  pen.fill({{4.1f, 1.6f}, {8.4f, 3.9f}, {4.3f, 6.7f}});
}

// An arrow that turns back, to the left or, mirrored, to the right.
void turn(const Pen& pen, bool left) {
  const auto x = [left](float at) { return left ? at : 16 - at; };
  pen.line({{x(5.5f), 2.5f}, {x(2), 6}, {x(5.5f), 9.5f}});
  pen.line({{x(2), 6}, {x(9.5f), 6}});
  pen.arc(x(9.5f), 9.75f, 3.75f, left ? -0.5f * kPi : 0.5f * kPi, left ? 0.5f * kPi : 1.5f * kPi);
  pen.line({{x(9.5f), 13.5f}, {x(5.5f), 13.5f}});
}

void question(const Pen& pen) {
  pen.arc(8, 5.8f, 2.9f, -kPi, 0.32f * kPi);
  pen.line({{9.75f, 8.1f}, {8, 9.4f}, {8, 10.6f}});
  pen.dot(8, 13, 1);
}

void share(const Pen& pen) {
  pen.line({{5.2f, 7.1f}, {10.8f, 4.1f}});
  pen.line({{5.2f, 8.9f}, {10.8f, 11.9f}});
  pen.dot(4, 8, 2);
  pen.dot(12, 3.5f, 2);
  pen.dot(12, 12.5f, 2);
}

// A picture on a stand, as for a lecture.
void scenes(const Pen& pen) {
  pen.line({{2, 2.8f}, {14, 2.8f}, {14, 10.8f}, {2, 10.8f}}, true);
  pen.line({{4.6f, 5}, {6.6f, 8.4f}, {8.6f, 7}, {11.4f, 8.4f}});
  pen.line({{5, 14}, {8, 11}, {11, 14}});
}

void cube(const Pen& pen) {
  pen.line({{8, 1.8f}, {13.6f, 4.8f}, {13.6f, 11.2f}, {8, 14.2f}, {2.4f, 11.2f}, {2.4f, 4.8f}}, true);
  pen.line({{2.4f, 4.8f}, {8, 7.8f}, {13.6f, 4.8f}});
  pen.line({{8, 7.8f}, {8, 14.2f}});
}

void ellipse(const Pen& pen, float rx, float ry) {
  pen.list->AddEllipse(pen.at(8, 8), rx * pen.unit, ry * pen.unit, pen.color, -0.5f, 24, pen.width());
}

// Three arrows that run together.
void arrows(const Pen& pen) {
  const auto arrow = [&](float x, float y, float length) {
    pen.line({{x, y}, {x + length, y}});
    pen.line({{x + length - 2.6f, y - 2.4f}, {x + length, y}, {x + length - 2.6f, y + 2.4f}});
  };
  arrow(2, 3.6f, 6);
  arrow(2, 8, 12);
  arrow(2, 12.4f, 8);
}

// An ellipse with its axes.
void curvature(const Pen& pen) {
  ellipse(pen, 7, 3.8f);
  pen.line({{1.9f, 11.3f}, {14.1f, 4.7f}});
  pen.line({{6.2f, 4.7f}, {9.8f, 11.3f}});
}

// A framed landscape.
void picture(const Pen& pen) {
  pen.list->AddRect(pen.at(1.8f, 2.8f), pen.at(14.2f, 13.2f), pen.color, 1.8f * pen.unit, ImDrawFlags_None,
                    pen.width());
  pen.line({{2.4f, 11.6f}, {6, 7.6f}, {8.6f, 10.2f}, {10.6f, 8.4f}, {13.6f, 11.4f}});
  pen.dot(10.6f, 5.8f, 1.1f);
}

// Four corners of a frame.
void fit(const Pen& pen) {
  pen.line({{2.5f, 6}, {2.5f, 2.5f}, {6, 2.5f}});
  pen.line({{10, 2.5f}, {13.5f, 2.5f}, {13.5f, 6}});
  pen.line({{13.5f, 10}, {13.5f, 13.5f}, {10, 13.5f}});
  pen.line({{6, 13.5f}, {2.5f, 13.5f}, {2.5f, 10}});
}

// Two arrows away from one another, or towards.
void resize(const Pen& pen, bool larger) {
  const float tip = larger ? 2.5f : 6.5f, inner = larger ? 6.7f : 2.3f, end = larger ? 6.6f : 2;
  pen.line({{tip, inner}, {tip, tip}, {inner, tip}});
  pen.line({{tip, tip}, {end, end}});
  pen.line({{16 - tip, 16 - inner}, {16 - tip, 16 - tip}, {16 - inner, 16 - tip}});
  pen.line({{16 - tip, 16 - tip}, {16 - end, 16 - end}});
}

void dice(const Pen& pen) {
  pen.list->AddRect(pen.at(2.5f, 2.5f), pen.at(13.5f, 13.5f), pen.color, 2.2f * pen.unit, ImDrawFlags_None,
                    pen.width());
  pen.dot(5.6f, 5.6f, 1.1f);
  pen.dot(10.4f, 5.6f, 1.1f);
  pen.dot(8, 8, 1.1f);
  pen.dot(5.6f, 10.4f, 1.1f);
  pen.dot(10.4f, 10.4f, 1.1f);
}

// One way that becomes two.
void branch(const Pen& pen) {
  pen.line({{2, 8}, {6, 8}, {10, 4}, {13.6f, 4}});
  pen.line({{6, 8}, {10, 12}, {13.6f, 12}});
  pen.line({{11.4f, 1.8f}, {13.6f, 4}, {11.4f, 6.2f}});
  pen.line({{11.4f, 9.8f}, {13.6f, 12}, {11.4f, 14.2f}});
}

// A pin in a map.
void pin(const Pen& pen) {
  pen.list->PathClear();
  pen.list->PathArcTo(pen.at(8, 6.2f), 4.4f * pen.unit, 0.86f * kPi, 2.14f * kPi, 20);
  pen.list->PathLineTo(pen.at(8, 14.4f));
  pen.list->PathStroke(pen.color, ImDrawFlags_Closed, pen.width());
  pen.dot(8, 6.2f, 1.4f);
}

void eraser(const Pen& pen) {
  pen.line({{5.6f, 13.5f}, {2.4f, 10.3f}, {9.6f, 3.1f}, {13.4f, 6.9f}, {6.8f, 13.5f}}, true);
  pen.line({{5.9f, 6.8f}, {9.7f, 10.6f}});
  pen.line({{6.5f, 13.5f}, {13.5f, 13.5f}});
}

void transport(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::play:
      pen.fill({{4, 2.2f}, {13.4f, 8}, {4, 13.8f}});
      return;
    case Icon::pause:
      pen.bar(3.6f, 2.6f, 6.6f, 13.4f);
      pen.bar(9.4f, 2.6f, 12.4f, 13.4f);
      return;
    case Icon::step:
      pen.fill({{3, 2.8f}, {10.4f, 8}, {3, 13.2f}});
      pen.bar(11, 2.8f, 13, 13.2f);
      return;
    default:
      pen.fill({{13, 2.8f}, {13, 13.2f}, {5.6f, 8}});
      pen.bar(3, 2.8f, 5, 13.2f);
      return;
  }
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color) {
  const Pen pen{list, ImVec2(center.x - size / 2, center.y - size / 2), size / 16, color};
  switch (icon) {
    case Icon::none:
      return;
    case Icon::play:
    case Icon::pause:
    case Icon::step:
    case Icon::back:
      return transport(pen, icon);
    case Icon::reset:
      return reset(pen);
    case Icon::undo:
    case Icon::redo:
      return turn(pen, icon == Icon::undo);
    case Icon::plus:
      pen.line({{8, 3}, {8, 13}});
      return pen.line({{3, 8}, {13, 8}});
    case Icon::close:
      pen.line({{4, 4}, {12, 12}});
      return pen.line({{12, 4}, {4, 12}});
    case Icon::download:
      return transfer(pen, true);
    case Icon::upload:
      return transfer(pen, false);
    case Icon::share:
      return share(pen);
    case Icon::help:
      return question(pen);
    case Icon::sun:
      return sun(pen);
    case Icon::moon:
      return moon(pen);
    case Icon::menu:
      for (const float y : {4.0f, 8.0f, 12.0f}) pen.line({{2.5f, y}, {13.5f, y}});
      return;
    case Icon::cube:
      return cube(pen);
    case Icon::contour:
      ellipse(pen, 6.4f, 4.6f);
      return ellipse(pen, 2.8f, 1.7f);
    case Icon::arrows:
      return arrows(pen);
    case Icon::curvature:
      return curvature(pen);
    case Icon::picture:
      return picture(pen);
    case Icon::fit:
      return fit(pen);
    case Icon::dice:
      return dice(pen);
    case Icon::enlarge:
      return resize(pen, true);
    case Icon::reduce:
      return resize(pen, false);
    case Icon::eraser:
      return eraser(pen);
    case Icon::branch:
      return branch(pen);
    case Icon::pin:
      return pin(pen);
    case Icon::chevron:
      return pen.line({{4, 6}, {8, 10}, {12, 6}});
    case Icon::scenes:
      return scenes(pen);
    case Icon::previous:
      return pen.line({{10, 3.5f}, {5.5f, 8}, {10, 12.5f}});
    case Icon::next:
      return pen.line({{6, 3.5f}, {10.5f, 8}, {6, 12.5f}});
  }
}

}  // namespace descent::web::widgets
