// SPDX-License-Identifier: MIT
// Frames are drawn only when something may look different: training threads need the processor more than a still
// picture does. Input and new snapshots are noticed by the app; whoever changes the picture in another way, or
// animates, says so here. Main thread only.
#pragma once

namespace descent::web {

// Draw the next frame, and go on drawing for this many seconds.
void request_redraw(double seconds = 0);

// True while a frame is asked for that has not been taken yet.
[[nodiscard]] bool redraw_waits(double now);

// True when a frame is due at `now` (seconds); a request without duration is served once.
[[nodiscard]] bool take_redraw(double now);

}  // namespace descent::web
