// SPDX-License-Identifier: MIT
// Draws the paths of the runners: coloured lines with a casing that keeps them legible on any ground. Only new segments
// are drawn into the kept scene, so a frame of a long race costs what is new. What a run has recorded beyond the step
// that is shown lies under the paths as a faint line; going along it, the path covers it.
#pragma once

#include <cstdint>
#include <vector>

#include "web/render/damage.h"
#include "web/render/line_program.h"
#include "web/render/renderer.h"
#include "web/render/screen_path.h"

namespace descent::web::render {

class PathPass {
 public:
  // Everything is projected and drawn anew; `same_surface`: only the orbit camera has moved.
  void forget_view(bool same_surface);
  // Takes over new points of all runners. True when something drawn is no longer true (a run was reset or went back),
  // so that the kept scene must be drawn anew.
  bool update(const train::RaceSnapshot& race, const Projection& projection);
  // After the kept scene was cleared.
  void forget_drawn();
  // Draws what is new into the bound target; adds to `changed` where it, or the newest part of a path, looks different.
  void draw_new(const LineProgram& lines, const Projection& projection, Theme theme, std::vector<PixelBox>& changed);
  // The newest part of each path in full colour, onto the canvas; of paths that have it in `box`, pixels of the target
  // of draw_new().
  void draw_tails(const LineProgram& lines, const Projection& projection, Theme theme,
                  const LineProgram::Hiding& hiding, const PixelBox& box) const;
  // Segments are waiting for the next frame: a redraw is spread over frames when there are very many.
  [[nodiscard]] bool pending() const;

 private:
  struct Path {
    int slot = 0;
    std::uint64_t generation = 0;
    ScreenPath line;
    LineStrip strip;
    std::size_t drawn = 0;  // segments
    PixelBox tail;          // what its newest part covers, when last shown
    std::size_t tail_end = 0;
    // From the head on, as it was when the path was last drawn anew.
    ScreenPath future;
    LineStrip future_strip;
    std::size_t future_drawn = 0;

    [[nodiscard]] bool shown() const { return drawn > 0 || future_drawn > 0; }
    void forget_drawn() { drawn = future_drawn = 0; }
    void forget();
  };

  struct Layer {
    std::size_t index;  // later ones lie above
    const Projection& projection;
    Theme theme;
  };
  static void draw_new(const LineProgram& lines, Path& path, std::size_t last, const Layer& layer);
  static void follow_tail(Path& path, bool grown, double pixel_ratio, std::vector<PixelBox>& changed);
  static void extend_future(Path& path, const train::RunnerSnapshot& runner, const Projection& projection);
  static void draw_future(const LineProgram& lines, Path& path, std::size_t last, const Layer& layer);

  std::vector<Path> paths_;
};

}  // namespace descent::web::render
