// SPDX-License-Identifier: MIT
// One upload of vertices and indices a frame, then, for each part that is drawn, one call per run of triangles with the
// same texture and clip rectangle.
#include "web/render/interface_pass.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "shaders_embedded.h"

namespace descent::web::render {
namespace {

const void* offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);
}

void set_scissor(const PixelBox& box) {
  glScissor(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
}

void clear_to(ImU32 color) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(color);
  glClearColor(c.x, c.y, c.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

InterfacePass::InterfacePass() : program_({shaders::kInterfaceVert}, {shaders::kInterfaceFrag}) {
  array_.bind();
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.id());
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_.id());
  constexpr GLsizei kStride = sizeof(ImDrawVert);
  for (const GLuint location : {0U, 1U, 2U}) glEnableVertexAttribArray(location);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, kStride, offset(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, kStride, offset(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, offset(offsetof(ImDrawVert, col)));
  glBindVertexArray(0);
}

void InterfacePass::upload_fonts() {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas->GetTexDataAsRGBA32(&pixels, &width, &height);
  glActiveTexture(GL_TEXTURE0);
  fonts_.create(GL_RGBA8, width, height, GL_LINEAR);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  atlas->SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(fonts_.id())));
  atlas->ClearTexData();
  chunks_.forget();
}

const std::vector<PixelBox>& InterfacePass::update(const ImDrawData& data, const Canvas& canvas) {
  size_ = data.DisplaySize;
  return chunks_.update(data, canvas);
}

void InterfacePass::upload() {
  const auto bytes = [](const auto& items) { return static_cast<GLsizeiptr>(items.size() * sizeof(items[0])); };
  array_.bind();
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.id());
  glBufferData(GL_ARRAY_BUFFER, bytes(chunks_.vertices()), chunks_.vertices().data(), GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, bytes(chunks_.indices()), chunks_.indices().data(), GL_STREAM_DRAW);
  glBindVertexArray(0);
}

void InterfacePass::clear(const PixelBox& box, ImU32 background) {
  glEnable(GL_SCISSOR_TEST);
  set_scissor(box);
  clear_to(background);
  glDisable(GL_SCISSOR_TEST);
}

void InterfacePass::fill(const Canvas& canvas, std::span<const Fill> fills, const PixelBox& box) {
  glEnable(GL_SCISSOR_TEST);
  for (const Fill& fill : fills) {
    const PixelBox part = intersection(box, pixels_of(fill.rect, canvas));
    if (part.empty()) continue;
    set_scissor(part);
    clear_to(fill.color);
  }
  glDisable(GL_SCISSOR_TEST);
}

// Pieces that follow one another and have the same texture and clip rectangle go in one call.
void InterfacePass::draw(const Canvas& canvas, const PixelBox& box) {
  glViewport(0, 0, canvas.width, canvas.height);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  program_.use();
  program_.set("picture", 0);
  program_.set("size", size_.x, size_.y);
  array_.bind();
  glActiveTexture(GL_TEXTURE0);
  const std::vector<InterfaceChunk>& chunks = chunks_.chunks();
  for (std::size_t i = 0; i < chunks.size();) {
    const InterfaceChunk& first = chunks[i++];
    if (!meet(first.box, box)) continue;
    std::size_t end = first.first + first.count;
    for (; i < chunks.size() && chunks[i].first == end && chunks[i].texture == first.texture &&
           chunks[i].clip == first.clip && meet(chunks[i].box, box);
         ++i)
      end += chunks[i].count;
    set_scissor(intersection(first.clip, box));
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(first.texture)));
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(end - first.first), GL_UNSIGNED_INT,
                   offset(first.first * sizeof(ImDrawIdx)));
  }
  glBindVertexArray(0);
  glDisable(GL_SCISSOR_TEST);
}

}  // namespace descent::web::render
