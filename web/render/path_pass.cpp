// SPDX-License-Identifier: MIT
#include "web/render/path_pass.h"

#include <algorithm>
#include <utility>

#include "web/widgets/theme.h"

namespace descent::web::render {
namespace {

constexpr std::size_t kFrameBudget = 30000;  // segments drawn a frame
constexpr std::size_t kLap = 12;             // segments by which cores stay behind the casings
constexpr std::size_t kTail = 60;            // segments in full colour behind the head
constexpr float kRadius = 1.15F;             // points
constexpr float kCasing = 0.9F;              // points on each side
constexpr float kFutureRadius = 0.9F;        // points
constexpr float kFutureAlpha = 0.6F;
constexpr float kFlatBias = 1.0F / 64;  // between layers of the flat view
constexpr float kOrbitBias = 0.003F;    // lifts paths off the mesh by about a hundredth of its width

Rgba unpack(ImU32 color) {
  const auto channel = [&](int shift) { return static_cast<float>((color >> shift) & 255U) / 255.0F; };
  return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), 1};
}

struct PathColors {
  Rgba past, present, casing;
};

PathColors path_colors(int slot, Theme theme) {
  const Rgba full = unpack(widgets::runner_color(slot));
  const Rgba casing = theme == Theme::dark ? Rgba{0.05F, 0.05F, 0.08F, 0.75F} : Rgba{1, 1, 1, 0.85F};
  const Rgba toned = theme == Theme::dark ? Rgba{0.16F, 0.17F, 0.22F, 1} : Rgba{0.9F, 0.9F, 0.9F, 1};
  return {mix(full, toned, 0.22F), full, casing};
}

}  // namespace

void PathPass::forget_view(bool same_surface) {
  for (Path& path : paths_) {
    same_surface ? path.line.forget_camera() : path.line.forget();
    path.strip.upload({}, 0);
    path.future.forget();
    path.future_strip.upload({}, 0);
    path.forget_drawn();
  }
}

void PathPass::forget_drawn() {
  for (Path& path : paths_) path.forget_drawn();
}

void PathPass::Path::forget() {
  line.forget();
  strip.upload({}, 0);
  future.forget();
  future_strip.upload({}, 0);
  forget_drawn();
}

bool PathPass::update(const race::RaceSnapshot& race, const Projection& projection) {
  bool stale = false;
  if (paths_.size() != race.runners.size()) {
    stale = !paths_.empty();
    paths_.resize(race.runners.size());
  }
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    Path& path = paths_[i];
    const race::RunnerSnapshot& runner = race.runners[i];
    if (path.generation != runner.generation || path.line.taken() > runner.points.size() / 2 ||
        path.slot != runner.config.slot || path.preview != race.preview.version) {
      stale |= path.shown();
      moved_ = true;
      path.forget();
      path.generation = runner.generation;
      path.slot = runner.config.slot;
      path.preview = race.preview.version;
    }
    const std::size_t changed = path.line.extend(runner.points, projection);
    path.strip.upload(path.line.vertices(), changed);
    moved_ |= changed < path.line.vertices().size();
    // Segment k leads from vertex k to vertex k + 1.
    path.drawn = std::min(path.drawn, changed > 0 ? changed - 1 : 0);
    const std::vector<std::vector<double>>& previews = race.preview.paths;
    extend_future(path, runner, i < previews.size() ? std::span<const double>(previews[i]) : std::span<const double>(),
                  projection);
  }
  return stale;
}

// extend_future() comes once for each time the path is drawn anew: while the run goes along its record it stays true.
void PathPass::extend_future(Path& path, const race::RunnerSnapshot& runner, std::span<const double> preview,
                             const Projection& projection) {
  if (path.future.taken() > 0 || runner.points.size() < 2) return;
  std::vector<double> points(preview.begin(), preview.end());
  if (!runner.later_points.empty()) {
    points.assign(runner.points.end() - 2, runner.points.end());
    points.insert(points.end(), runner.later_points.begin(), runner.later_points.end());
  }
  if (points.size() < 4) return;
  path.future.extend(points, projection);
  path.future_strip.upload(path.future.vertices(), 0);
}

// Below all paths of the flat view, whichever is drawn first; where its own segments overlap only one counts.
void PathPass::draw_future(const LineProgram& lines, std::size_t index, const Stretch& part, const Frame& frame) const {
  const Path& path = paths_[index];
  const bool flat = frame.projection.orbit == nullptr;
  Rgba color = path_colors(path.slot, frame.theme).present;
  color.a = kFutureAlpha;
  if (flat) glDepthFunc(GL_LESS);
  lines.draw(
      path.future_strip, part.first, part.last,
      {color, color, kFutureRadius * static_cast<float>(frame.projection.pixel_ratio), flat ? -kFlatBias : kOrbitBias});
  glDepthFunc(GL_LEQUAL);
}

// Flat: later runners lie above earlier ones, cores above casings, by constant depths. On the mesh: hidden by it.
void PathPass::draw_line(const LineProgram& lines, std::size_t index, const Stretch& part, const Frame& frame) const {
  const Path& path = paths_[index];
  const bool flat = frame.projection.orbit == nullptr;
  const auto ratio = static_cast<float>(frame.projection.pixel_ratio);
  const PathColors colors = path_colors(path.slot, frame.theme);
  const auto bias = [&](float above) {
    return flat ? (static_cast<float>(2 * index) + above) * kFlatBias : (1 + 0.2F * above) * kOrbitBias;
  };
  const Stretch cores{part.first - std::min(part.first, kLap), part.last - std::min(part.last, kLap)};
  lines.draw(path.strip, part.first, part.last, {colors.casing, colors.casing, (kRadius + kCasing) * ratio, bias(0)});
  lines.draw(path.strip, cores.first, cores.last, {colors.past, colors.past, kRadius * ratio, bias(1)});
}

void PathPass::begin(const LineProgram& lines, const Frame& frame) {
  lines.begin(frame.projection.width, frame.projection.height);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glDepthMask(frame.projection.orbit == nullptr ? GL_TRUE : GL_FALSE);
}

void PathPass::end(const LineProgram& lines) {
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
  lines.end();
}

bool PathPass::draw_new(const LineProgram& lines, const Frame& frame) {
  bool changed = std::exchange(moved_, false);
  std::size_t budget = kFrameBudget;
  begin(lines, frame);
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    Path& path = paths_[i];
    const Stretch part{path.future_drawn, std::min(path.future_strip.segments(), path.future_drawn + budget)};
    if (part.last <= part.first) continue;
    draw_future(lines, i, part, frame);
    path.future_drawn = part.last;
    budget -= part.last - part.first;
    changed = true;
  }
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    Path& path = paths_[i];
    const Stretch part{path.drawn, std::min(path.settled(), path.drawn + budget)};
    if (part.last <= part.first) continue;
    draw_line(lines, i, part, frame);
    path.drawn = part.last;
    budget -= part.last - part.first;
    changed = true;
  }
  end(lines);
  return changed;
}

void PathPass::draw_tails(const LineProgram& lines, const Frame& frame, const LineProgram::Hiding& hiding) const {
  const auto ratio = static_cast<float>(frame.projection.pixel_ratio);
  const float radius = 1.1F * kRadius * ratio, casing = (kCasing - 0.1F * kRadius) * ratio;
  lines.begin(frame.projection.width, frame.projection.height);
  lines.hide_behind(hiding);
  for (const Path& path : paths_) {
    const std::size_t segments = path.strip.segments();
    const PathColors colors = path_colors(path.slot, frame.theme);
    lines.draw(path.strip, path.settled(), segments, {colors.casing, colors.casing, radius + casing, kOrbitBias});
    lines.draw(path.strip, segments - std::min(segments, kTail), segments,
               {colors.past, colors.present, radius, 1.5F * kOrbitBias});
  }
  lines.end();
}

bool PathPass::pending() const {
  return std::any_of(paths_.begin(), paths_.end(), [](const Path& path) {
    return path.drawn < path.settled() || path.future_drawn < path.future_strip.segments();
  });
}

}  // namespace descent::web::render
