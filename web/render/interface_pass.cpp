// SPDX-License-Identifier: MIT
// One upload of vertices and indices a frame, then one call per run of triangles with the same texture and clip
// rectangle.
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

// Clip rectangle of a command in device pixels, y up; false when nothing of it is on the canvas.
bool set_scissor(const ImVec4& clip, const ImDrawData& data, int width, int height) {
  const ImVec2 scale = data.FramebufferScale;
  const float left = std::fmax((clip.x - data.DisplayPos.x) * scale.x, 0.0F);
  const float top = std::fmax((clip.y - data.DisplayPos.y) * scale.y, 0.0F);
  const float right = std::fmin((clip.z - data.DisplayPos.x) * scale.x, static_cast<float>(width));
  const float bottom = std::fmin((clip.w - data.DisplayPos.y) * scale.y, static_cast<float>(height));
  if (right <= left || bottom <= top) return false;
  const auto x = static_cast<int>(left), y = static_cast<int>(bottom);
  glScissor(x, height - y, static_cast<int>(right) - x, y - static_cast<int>(top));
  return true;
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
}

void InterfacePass::upload(const ImDrawData& data) {
  all_vertices_.clear();
  all_indices_.clear();
  for (const ImDrawList* list : data.CmdLists) {
    const auto base = static_cast<ImDrawIdx>(all_vertices_.size());
    all_vertices_.insert(all_vertices_.end(), list->VtxBuffer.begin(), list->VtxBuffer.end());
    for (const ImDrawIdx index : list->IdxBuffer) all_indices_.push_back(base + index);
  }
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(all_vertices_.size() * sizeof(ImDrawVert)),
               all_vertices_.data(), GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(all_indices_.size() * sizeof(ImDrawIdx)),
               all_indices_.data(), GL_STREAM_DRAW);
}

void InterfacePass::clear(const Canvas& canvas, ImU32 background) {
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, canvas.width, canvas.height);
  clear_bound(background);
}

void InterfacePass::clear_bound(ImU32 background) {
  glDisable(GL_SCISSOR_TEST);
  clear_to(background);
}

void InterfacePass::fill(const Canvas& canvas, std::span<const Fill> fills) {
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glEnable(GL_SCISSOR_TEST);
  const auto pixel = [&](float points) { return static_cast<int>(std::lround(points * canvas.pixel_ratio)); };
  for (const Fill& fill : fills) {
    const int left = pixel(fill.rect.x), right = pixel(fill.rect.x + fill.rect.width);
    const int top = pixel(fill.rect.y), bottom = pixel(fill.rect.y + fill.rect.height);
    glScissor(left, canvas.height - bottom, std::max(right - left, 0), std::max(bottom - top, 0));
    clear_to(fill.color);
  }
  glDisable(GL_SCISSOR_TEST);
}

void InterfacePass::draw(const ImDrawData& data, const Canvas& canvas) {
  glViewport(0, 0, canvas.width, canvas.height);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  program_.use();
  program_.set("picture", 0);
  program_.set("size", data.DisplaySize.x, data.DisplaySize.y);
  array_.bind();
  upload(data);
  glActiveTexture(GL_TEXTURE0);
  std::size_t first = 0;  // of the list in all_indices_
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (!set_scissor(command.ClipRect, data, canvas.width, canvas.height)) continue;
      glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(command.GetTexID())));
      glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                     offset((first + command.IdxOffset) * sizeof(ImDrawIdx)));
    }
    first += static_cast<std::size_t>(list->IdxBuffer.Size);
  }
  glBindVertexArray(0);
  glDisable(GL_SCISSOR_TEST);
}

}  // namespace descent::web::render
