// SPDX-License-Identifier: MIT
// Draws the paths of the runners: coloured lines with a casing that keeps them legible on any ground. Only new segments
// are drawn into the kept scene, so a frame of a long race costs what is new. What a run has recorded beyond the step
// that is shown, or will do from the start (race::Preview), lies under the paths as a faint line; going along it, the
// path covers it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "web/model/geometry/screen_path.h"
#include "web/render/line_program.h"
#include "web/render/renderer.h"

namespace descent::web::render {

class PathPass {
 public:
  // Everything is projected and drawn anew; `same_surface`: only the orbit camera has moved.
  void forget_view(bool same_surface);
  // Takes over new points of all runners. True when something drawn is no longer true (a run was reset or went back),
  // so that the kept scene must be drawn anew.
  bool update(const race::RaceSnapshot& race, const Projection& projection);
  // forget_drawn() comes after the kept scene was cleared.
  void forget_drawn();
  // A Frame is what paths are drawn for.
  struct Frame {
    const Projection& projection;
    Theme theme;
  };
  // Draws new segments into the bound target; true when they, or the newest part of a path, make the picture look
  // different.
  bool draw_new(const LineProgram& lines, const Frame& frame);
  // The newest part of each path in full colour, the last segment with its casing, onto the canvas.
  void draw_tails(const LineProgram& lines, const Frame& frame, const LineProgram::Hiding& hiding) const;
  // Segments are waiting for the next frame: a redraw is spread over frames when there are very many.
  [[nodiscard]] bool pending() const;

 private:
  struct Path {
    int slot = 0;
    std::uint64_t generation = 0;
    ScreenPath line;
    LineStrip strip;
    std::size_t drawn = 0;      // segments
    std::uint64_t preview = 0;  // the version that the future may be of
    // The future goes from the head on, as it was when the path was last drawn anew; or it is the preview.
    ScreenPath future;
    LineStrip future_strip;
    std::size_t future_drawn = 0;

    // Segments that stay as they are. The last one does not: the next points may lie along it and move its end, so it
    // is never drawn into the kept scene but over it, with the tail.
    [[nodiscard]] std::size_t settled() const { return strip.segments() - std::min<std::size_t>(strip.segments(), 1); }
    [[nodiscard]] bool shown() const { return drawn > 0 || future_drawn > 0; }
    void forget_drawn() { drawn = future_drawn = 0; }
    void forget();
  };

  // Segments [first, last).
  struct Stretch {
    std::size_t first = 0, last = 0;
  };
  // Paths lie one above the other in their order. A part's casings, and the cores of as many segments, kLap behind
  // them: so all casings that reach below a core are there before it, and what is drawn piece by piece, each piece
  // once, is to the pixel what one drawing of everything gives. The last cores are part of the tail, which lies over
  // the scene.
  void draw_line(const LineProgram& lines, std::size_t index, const Stretch& part, const Frame& frame) const;
  void draw_future(const LineProgram& lines, std::size_t index, const Stretch& part, const Frame& frame) const;
  static void begin(const LineProgram& lines, const Frame& frame);
  static void end(const LineProgram& lines);
  static void extend_future(Path& path, const race::RunnerSnapshot& runner, std::span<const double> preview,
                            const Projection& projection);

  std::vector<Path> paths_;
  bool moved_ = false;  // the newest part of a path is another than in the last draw_new()
};

}  // namespace descent::web::render
