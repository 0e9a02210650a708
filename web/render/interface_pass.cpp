// SPDX-License-Identifier: MIT
// One upload of vertices and indices a frame, then one call per run of triangles with the same texture and clip
// rectangle.
#include "web/render/interface_pass.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "shaders_embedded.h"

namespace descent::web::render {
namespace {

const void* offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);
}

// Clip rectangle of a command, whole pixels as GL's scissor cuts them.
PixelBox clip_box(const ImVec4& clip, const ImDrawData& data, const Canvas& canvas) {
  const ImVec2 scale = data.FramebufferScale;
  const float left = std::fmax((clip.x - data.DisplayPos.x) * scale.x, 0.0F);
  const float top = std::fmax((clip.y - data.DisplayPos.y) * scale.y, 0.0F);
  const float right = std::fmin((clip.z - data.DisplayPos.x) * scale.x, static_cast<float>(canvas.width));
  const float bottom = std::fmin((clip.w - data.DisplayPos.y) * scale.y, static_cast<float>(canvas.height));
  if (right <= left || bottom <= top) return {};
  return {static_cast<int>(left), canvas.height - static_cast<int>(bottom), static_cast<int>(right),
          canvas.height - static_cast<int>(top)};
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
  frame_ = {};  // letters may lie elsewhere in the texture
}

void InterfacePass::Frame::take(const ImDrawData& data, const Canvas& canvas) {
  size = data.DisplaySize;
  vertices.clear();
  indices.clear();
  runs.clear();
  for (const ImDrawList* list : data.CmdLists) {
    const auto base = static_cast<ImDrawIdx>(vertices.size());
    const std::size_t first = indices.size();
    vertices.insert(vertices.end(), list->VtxBuffer.begin(), list->VtxBuffer.end());
    for (const ImDrawIdx index : list->IdxBuffer) indices.push_back(base + index);
    for (const ImDrawCmd& command : list->CmdBuffer) {
      const PixelBox clip = clip_box(command.ClipRect, data, canvas);
      if (!clip.empty() && command.ElemCount > 0)
        runs.push_back({command.GetTexID(), clip, first + command.IdxOffset, command.ElemCount});
    }
  }
}

bool InterfacePass::Frame::equals(const Frame& other) const {
  static_assert(sizeof(ImDrawVert) == 20, "bytes between its members would be compared as well");
  return size.x == other.size.x && size.y == other.size.y && runs == other.runs && indices == other.indices &&
         vertices.size() == other.vertices.size() &&
         std::memcmp(vertices.data(), other.vertices.data(), vertices.size() * sizeof(ImDrawVert)) == 0;
}

bool InterfacePass::update(const ImDrawData& data, const Canvas& canvas) {
  std::swap(frame_, before_);
  frame_.take(data, canvas);
  return !frame_.equals(before_);
}

void InterfacePass::clear(ImU32 background) {
  glDisable(GL_SCISSOR_TEST);
  clear_to(background);
}

void InterfacePass::fill(const Canvas& canvas, std::span<const Fill> fills) {
  glEnable(GL_SCISSOR_TEST);
  for (const Fill& fill : fills) {
    set_scissor(pixels_of(fill.rect, canvas));
    clear_to(fill.color);
  }
  glDisable(GL_SCISSOR_TEST);
}

void InterfacePass::draw(const Canvas& canvas) {
  glViewport(0, 0, canvas.width, canvas.height);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  program_.use();
  program_.set("picture", 0);
  program_.set("size", frame_.size.x, frame_.size.y);
  array_.bind();
  const auto bytes = [](const auto& items) { return static_cast<GLsizeiptr>(items.size() * sizeof(items[0])); };
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.id());
  glBufferData(GL_ARRAY_BUFFER, bytes(frame_.vertices), frame_.vertices.data(), GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, bytes(frame_.indices), frame_.indices.data(), GL_STREAM_DRAW);
  glActiveTexture(GL_TEXTURE0);
  for (const Run& run : frame_.runs) {
    set_scissor(run.clip);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(run.texture)));
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(run.count), GL_UNSIGNED_INT,
                   offset(run.first * sizeof(ImDrawIdx)));
  }
  glBindVertexArray(0);
  glDisable(GL_SCISSOR_TEST);
}

}  // namespace descent::web::render
