// SPDX-License-Identifier: MIT
#include "web/render/path_pass.h"

#include <algorithm>

#include "shaders_embedded.h"
#include "web/widgets/theme.h"

namespace descent::web::render {
namespace {

constexpr std::size_t kRow = 512;            // points a texture row
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

}  // namespace

PathPass::PathPass() : program_({shaders::kPathVert}, {shaders::kPathFrag}) {}

void PathPass::forget_view(bool same_surface) {
  for (Path& path : paths_) {
    same_surface ? path.line.forget_camera() : path.line.forget();
    path.uploaded = 0;
    path.drawn = 0;
  }
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
    if (path.generation != runner.generation || path.line.taken() > runner.points.size() / 2 ||
        path.slot != runner.config.slot) {
      stale |= path.drawn > 0;
      path.line.forget();
      path.uploaded = 0;
      path.drawn = 0;
      path.generation = runner.generation;
      path.slot = runner.config.slot;
    }
    const std::size_t changed = path.line.extend(runner.points, projection);
    path.uploaded = std::min(path.uploaded, changed);
    // Segment k leads from vertex k to vertex k + 1.
    path.drawn = std::min(path.drawn, changed > 0 ? changed - 1 : 0);
    upload(path);
  }
  return stale;
}

void PathPass::upload(Path& path) {
  const std::size_t count = path.line.vertices().size();
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
                    path.line.vertices().data() + path.uploaded);
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
    const std::size_t segments = path.segments();
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
    const std::size_t segments = path.segments();
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
  return std::any_of(paths_.begin(), paths_.end(), [](const Path& path) { return path.drawn < path.segments(); });
}

}  // namespace descent::web::render
