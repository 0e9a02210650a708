// SPDX-License-Identifier: MIT
#include "web/render/path_pass.h"

#include <algorithm>
#include <cmath>

#include "shaders_embedded.h"
#include "web/widgets/theme.h"

namespace descent::web::render {
namespace {

constexpr std::size_t kRow = 512;      // points a texture row
constexpr double kMergedLength = 0.3;  // device pixels
constexpr double kTolerance = 0.2;     // of a merged segment against the points it passes, device pixels
constexpr double kLongestMerged = 16;  // device pixels
constexpr double kPieceLength = 5;     // of a segment lying on the surface, device pixels
constexpr int kMostPieces = 32;
constexpr double kClipMargin = 32;           // device pixels round the target
constexpr std::size_t kFrameBudget = 30000;  // segments drawn a frame
constexpr std::size_t kLap = 12;             // segments whose core is repeated over the next ones' casing
constexpr std::size_t kTail = 60;            // segments in full colour behind the head
constexpr float kRadius = 1.15F;             // points
constexpr float kCasing = 0.9F;              // points on each side
constexpr float kFlatBias = 1.0F / 64;       // between layers of the flat view
constexpr float kOrbitBias = 0.0006F;        // lifts paths off the mesh

struct Rgba {
  float r = 0, g = 0, b = 0, a = 1;
};

Rgba unpack(ImU32 color) {
  const auto channel = [&](int shift) { return static_cast<float>((color >> shift) & 255U) / 255.0F; };
  return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), 1};
}

Rgba mix(const Rgba& a, const Rgba& b, float t) {
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b), 1};
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

void set_color(const Program& program, const char* name, const Rgba& color) {
  program.set(name, color.r, color.g, color.b, color.a);
}

// Position of a surface point in device pixels, and its depth −1 … 1; not finite where there is no surface.
struct Placed {
  std::array<double, 2> pixel{};
  double depth = 0;
};
Placed place(surfaces::Point point, const Projection& p) {
  if (p.orbit == nullptr)
    return {{(point[0] - p.shown.x0) / (p.shown.x1 - p.shown.x0) * p.width,
             (point[1] - p.shown.y0) / (p.shown.y1 - p.shown.y0) * p.height},
            0};
  const double t = std::clamp(p.scale(sample_field(*p.field, point)), 0.0, 1.0);
  const OrbitView::Clip clip = p.orbit->clip(point, t);
  return {{(0.5 + 0.5 * clip.x / clip.w) * p.width, (0.5 + 0.5 * clip.y / clip.w) * p.height}, clip.z / clip.w};
}

}  // namespace

PathPass::PathPass() : program_({shaders::kPathVert}, {shaders::kPathFrag}) {}

void PathPass::Sleeve::begin(std::array<double, 2> from, std::array<double, 2> to) {
  anchor = from;
  reach = std::hypot(to[0] - from[0], to[1] - from[1]);
  direction = {(to[0] - from[0]) / reach, (to[1] - from[1]) / reach};
  highest = kTolerance / reach;
  lowest = -highest;
}

bool PathPass::Sleeve::extend(std::array<double, 2> to) {
  const double dx = to[0] - anchor[0], dy = to[1] - anchor[1];
  const double along = dx * direction[0] + dy * direction[1];
  if (along <= reach || along > kLongestMerged) return false;
  const double slope = (dy * direction[0] - dx * direction[1]) / along;
  if (slope < lowest || slope > highest) return false;
  reach = along;
  lowest = std::max(lowest, slope - kTolerance / along);
  highest = std::min(highest, slope + kTolerance / along);
  return true;
}

void PathPass::restart(Path& path) {
  path.taken = 0;
  path.open = false;
  path.vertices.clear();
  path.uploaded = 0;
  path.drawn = 0;
}

void PathPass::forget_view() {
  for (Path& path : paths_) restart(path);
}

void PathPass::forget_drawn() {
  for (Path& path : paths_) path.drawn = 0;
}

bool PathPass::update(const train::RaceSnapshot& race, const Projection& projection) {
  bool stale = false;
  if (paths_.size() != race.runners.size()) {
    stale = !paths_.empty();
    paths_.resize(race.runners.size());
  }
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    Path& path = paths_[i];
    const train::RunnerSnapshot& runner = race.runners[i];
    const std::size_t count = runner.points.size() / 2;
    if (path.generation != runner.generation || path.taken > count || path.slot != runner.config.slot) {
      stale |= path.drawn > 0;
      restart(path);
      path.generation = runner.generation;
      path.slot = runner.config.slot;
    }
    for (; path.taken < count; ++path.taken)
      append(path, {runner.points[2 * path.taken], runner.points[2 * path.taken + 1]}, projection);
    upload(path);
  }
  return stale;
}

void PathPass::append(Path& path, surfaces::Point point, const Projection& projection) {
  const Placed placed = place(point, projection);
  const surfaces::Point from = path.last_point;
  path.last_point = point;
  if (path.taken == 0 || projection.orbit == nullptr) {
    if (path.taken == 0) {
      path.last = placed.pixel;
      path.last_depth = placed.depth;
    } else {
      line_to(path, placed.pixel, placed.depth, projection);
    }
    return;
  }
  const double length = std::hypot(placed.pixel[0] - path.last[0], placed.pixel[1] - path.last[1]);
  const int pieces =
      std::isfinite(length) ? std::clamp(static_cast<int>(length / kPieceLength), 1, kMostPieces) : kMostPieces;
  for (int k = 1; k <= pieces; ++k) {
    const double s = static_cast<double>(k) / pieces;
    const Placed piece = place({from[0] + s * (point[0] - from[0]), from[1] + s * (point[1] - from[1])}, projection);
    line_to(path, piece.pixel, piece.depth, projection);
  }
}

void PathPass::line_to(Path& path, std::array<double, 2> to, double depth, const Projection& projection) {
  std::array<double, 2> a = path.last;
  std::array<double, 2> b = to;
  if (std::hypot(b[0] - a[0], b[1] - a[1]) < kMergedLength) return;
  const ClipBox box{-kClipMargin, -kClipMargin, projection.width + kClipMargin, projection.height + kClipMargin};
  const bool visible = clip_segment(a, b, box);
  const auto vertex = [](std::array<double, 2> p, double z) {
    return Vertex{static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(z), 1};
  };
  if (visible && path.open && a == path.last && b == to && path.sleeve.extend(to)) {
    path.vertices.back() = vertex(to, depth);
    const std::size_t changed = path.vertices.size() - 1;
    path.uploaded = std::min(path.uploaded, changed);
    path.drawn = std::min(path.drawn, changed - 1);
  } else if (visible) {
    if (!path.open || a != path.last) {
      if (!path.vertices.empty()) {
        path.vertices.back().joined = 0;
        path.uploaded = std::min(path.uploaded, path.vertices.size() - 1);
      }
      path.vertices.push_back(vertex(a, path.last_depth));
    }
    path.vertices.push_back(vertex(b, depth));
    path.sleeve.begin(a, b);
  }
  path.open = visible && b == to;
  path.last = to;
  path.last_depth = depth;
}

void PathPass::upload(Path& path) {
  const std::size_t count = path.vertices.size();
  if (path.uploaded == count) return;
  glActiveTexture(GL_TEXTURE0);
  if (count > path.capacity) {
    const std::size_t rows = 2 * count / kRow + 1;
    path.capacity = rows * kRow;
    path.uploaded = 0;
    path.texture.create(GL_RGBA32F, kRow, static_cast<int>(rows), GL_NEAREST);
  }
  path.texture.bind(0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  // The rest of a row begun, then whole rows, then the beginning of the last one.
  while (path.uploaded < count) {
    const std::size_t column = path.uploaded % kRow;
    const std::size_t left = count - path.uploaded;
    const bool whole = column == 0 && left >= kRow;
    const std::size_t width = whole ? kRow : std::min(left, kRow - column);
    const std::size_t height = whole ? left / kRow : 1;
    glTexSubImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(column), static_cast<GLint>(path.uploaded / kRow),
                    static_cast<GLsizei>(width), static_cast<GLsizei>(height), GL_RGBA, GL_FLOAT,
                    path.vertices.data() + path.uploaded);
    path.uploaded += width * height;
  }
}

void PathPass::set_view(const Projection& projection) const {
  program_.use();
  program_.set("viewport", static_cast<float>(projection.width), static_cast<float>(projection.height));
  vertices_.bind();
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

// Segments [first, last) of the path.
void PathPass::draw_range(const Path& path, std::size_t first, std::size_t last, float radius, float depth_bias) const {
  if (last <= first) return;
  program_.set("radius", radius);
  program_.set("depth_bias", depth_bias);
  program_.set("count", static_cast<float>(last - first));
  program_.set("points", 0);
  program_.set("first", static_cast<int>(first));
  path.texture.bind(0);
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(6 * (last - first)));
}

// Flat: later runners lie above earlier ones, cores above casings, by constant depths. On the mesh: hidden by it.
void PathPass::draw_new(const Projection& projection, Theme theme) {
  set_view(projection);
  const bool flat = projection.orbit == nullptr;
  const auto ratio = static_cast<float>(projection.pixel_ratio);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glDepthMask(flat ? GL_TRUE : GL_FALSE);
  program_.set("hidden_by_scene", 0);
  std::size_t budget = kFrameBudget;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    Path& path = paths_[i];
    const std::size_t segments = path.vertices.empty() ? 0 : path.vertices.size() - 1;
    const std::size_t last = std::min(segments, path.drawn + budget);
    if (last <= path.drawn) continue;
    budget -= last - path.drawn;
    const PathColors colors = path_colors(path.slot, theme);
    const auto layer = static_cast<float>(2 * i);
    const auto bias = [&](float above) { return flat ? (layer + above) * kFlatBias : (1 + 0.2F * above) * kOrbitBias; };
    set_color(program_, "past", colors.casing);
    set_color(program_, "present", colors.casing);
    draw_range(path, path.drawn, last, (kRadius + kCasing) * ratio, bias(0));
    set_color(program_, "past", colors.past);
    set_color(program_, "present", colors.past);
    draw_range(path, path.drawn - std::min(path.drawn, kLap), last, kRadius * ratio, bias(1));
    path.drawn = last;
  }
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
}

void PathPass::draw_tails(const Projection& projection, Theme theme, int origin_x, int origin_y, const Target* scene) {
  set_view(projection);
  program_.set("hidden_by_scene", scene != nullptr ? 1 : 0);
  program_.set("scene_depth", 2);
  if (scene != nullptr) scene->depth().bind(2);
  program_.set("origin", static_cast<float>(origin_x), static_cast<float>(origin_y));
  for (const Path& path : paths_) {
    if (path.vertices.size() < 2) continue;
    const std::size_t segments = path.vertices.size() - 1;
    const PathColors colors = path_colors(path.slot, theme);
    set_color(program_, "past", colors.past);
    set_color(program_, "present", colors.present);
    draw_range(path, segments - std::min(segments, kTail), segments,
               1.1F * kRadius * static_cast<float>(projection.pixel_ratio), 1.5F * kOrbitBias);
  }
  glActiveTexture(GL_TEXTURE2);
  glBindTexture(GL_TEXTURE_2D, 0);
  glDisable(GL_BLEND);
}

bool PathPass::pending() const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [](const Path& path) { return path.drawn + 1 < path.vertices.size(); });
}

}  // namespace descent::web::render
