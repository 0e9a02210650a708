// SPDX-License-Identifier: MIT
#include "web/render/line_program.h"

#include <algorithm>

#include "shaders_embedded.h"

namespace descent::web::render {
namespace {

constexpr std::size_t kRow = 512;  // vertices a texture row

void set_color(const Program& program, const char* name, const Rgba& color) {
  program.set(name, color.r, color.g, color.b, color.a);
}

}  // namespace

Rgba mix(const Rgba& a, const Rgba& b, float t) {
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b), 1};
}

void LineStrip::upload(std::span<const ScreenPath::Vertex> vertices, std::size_t unchanged) {
  const std::size_t count = vertices.size();
  uploaded_ = std::min({uploaded_, unchanged, count});
  if (uploaded_ == count) return;
  glActiveTexture(GL_TEXTURE0);
  if (count > capacity_) {
    const std::size_t rows = 2 * count / kRow + 1;
    capacity_ = rows * kRow;
    uploaded_ = 0;
    texture_.create(GL_RGBA32F, kRow, static_cast<int>(rows), GL_NEAREST);
  }
  texture_.bind(0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  // The rest of a row begun, then whole rows, then the beginning of the last one.
  while (uploaded_ < count) {
    const std::size_t column = uploaded_ % kRow;
    const std::size_t left = count - uploaded_;
    const bool whole = column == 0 && left >= kRow;
    const std::size_t width = whole ? kRow : std::min(left, kRow - column);
    const std::size_t height = whole ? left / kRow : 1;
    glTexSubImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(column), static_cast<GLint>(uploaded_ / kRow),
                    static_cast<GLsizei>(width), static_cast<GLsizei>(height), GL_RGBA, GL_FLOAT,
                    vertices.data() + uploaded_);
    uploaded_ += width * height;
  }
}

LineProgram::LineProgram() : program_({shaders::kPathVert}, {shaders::kPathFrag}) {}

void LineProgram::begin(double width, double height) const {
  program_.use();
  program_.set("viewport", static_cast<float>(width), static_cast<float>(height));
  program_.set("points", 0);
  program_.set("hidden_by_scene", 0);
  program_.set("scene_depth", 2);
  vertices_.bind();
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void LineProgram::end() const {
  glActiveTexture(GL_TEXTURE2);
  glBindTexture(GL_TEXTURE_2D, 0);
  glDisable(GL_BLEND);
}

void LineProgram::hide_behind(const Hiding& hiding) const {
  program_.set("hidden_by_scene", hiding.scene != nullptr ? 1 : 0);
  if (hiding.scene != nullptr) hiding.scene->depth().bind(2);
  program_.set("scene_place", static_cast<float>(hiding.x), static_cast<float>(hiding.y));
}

void LineProgram::draw(const LineStrip& strip, std::size_t first, std::size_t last, const Style& style) const {
  last = std::min(last, strip.segments());
  if (last <= first) return;
  set_color(program_, "past", style.past);
  set_color(program_, "present", style.present);
  program_.set("radius", style.radius);
  program_.set("depth_bias", style.depth_bias);
  program_.set("count", static_cast<float>(last - first));
  program_.set("first", static_cast<int>(first));
  strip.bind();
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(6 * (last - first)));
}

}  // namespace descent::web::render
