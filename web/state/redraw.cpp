// SPDX-License-Identifier: MIT
// The one flag and the one deadline behind request_redraw().
#include "web/state/redraw.h"

#include <algorithm>

#include "engine/parallel/clock.h"

namespace descent::web {
namespace {

struct Redraw {
  bool once = true;
  double until = 0;
};
Redraw g_redraw;

}  // namespace

void request_redraw(double seconds) {
  g_redraw.once = true;
  if (seconds > 0) g_redraw.until = std::max(g_redraw.until, parallel::seconds_now() + seconds);
}

bool redraw_waits(double now) {
  return g_redraw.once || now < g_redraw.until;
}

bool take_redraw(double now) {
  const bool due = redraw_waits(now);
  g_redraw.once = false;
  return due;
}

}  // namespace descent::web
