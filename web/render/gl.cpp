// SPDX-License-Identifier: MIT
#include "web/render/gl.h"

#include <EGL/egl.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "shaders_embedded.h"

// SDL asks EGL for functions of GL by their names, in order to look for extensions that WebGL does not have.
// Emscripten's own answer is a table of all of them, for which all are linked. Null says that there is none.
extern "C" EGLAPI __eglMustCastToProperFunctionPointerType EGLAPIENTRY eglGetProcAddress(const char* /*name*/) {
  return nullptr;
}

namespace descent::web::render {
namespace {

[[noreturn]] void give_up(const char* what, const char* log) {
  std::fprintf(stderr, "%s: %s\n", what, log);
  std::abort();
}

GLuint compile(GLenum kind, std::string_view defines, Program::Parts parts) {
  std::string source(shaders::kPreludeGlsl);
  source += defines;
  for (const std::string_view part : parts) source += part;
  const GLuint shader = glCreateShader(kind);
  const char* text = source.c_str();
  glShaderSource(shader, 1, &text, nullptr);
  glCompileShader(shader);
  GLint ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok == 0) {
    std::array<char, 2048> log{};
    glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()) - 1, nullptr, log.data());
    give_up("A shader does not compile", log.data());
  }
  return shader;
}

}  // namespace

Program::Program(std::initializer_list<std::string_view> vertex, std::initializer_list<std::string_view> fragment)
    : Program("", Parts(vertex.begin(), vertex.size()), Parts(fragment.begin(), fragment.size())) {}

Program::Program(std::string_view defines, Parts vertex, Parts fragment) : id_(glCreateProgram()) {
  const GLuint vertex_shader = compile(GL_VERTEX_SHADER, defines, vertex);
  const GLuint fragment_shader = compile(GL_FRAGMENT_SHADER, defines, fragment);
  glAttachShader(id_, vertex_shader);
  glAttachShader(id_, fragment_shader);
  glLinkProgram(id_);
  glDeleteShader(vertex_shader);
  glDeleteShader(fragment_shader);
  GLint ok = 0;
  glGetProgramiv(id_, GL_LINK_STATUS, &ok);
  if (ok == 0) {
    std::array<char, 2048> log{};
    glGetProgramInfoLog(id_, static_cast<GLsizei>(log.size()) - 1, nullptr, log.data());
    give_up("Shaders do not link", log.data());
  }
}

GLint Program::uniform(const char* name) const {
  if (const auto found = uniforms_.find(std::string_view(name)); found != uniforms_.end()) return found->second;
  return uniforms_.emplace(name, glGetUniformLocation(id_, name)).first->second;
}

void Texture::create(GLenum internal_format, int width, int height, GLenum filter) {
  reset();
  glGenTextures(1, &id_);
  glBindTexture(GL_TEXTURE_2D, id_);
  glTexStorage2D(GL_TEXTURE_2D, 1, internal_format, width, height);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, static_cast<GLint>(filter));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, static_cast<GLint>(filter));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

Target::~Target() {
  if (framebuffer_ != 0) glDeleteFramebuffers(1, &framebuffer_);
}

bool Target::resize(int width, int height) {
  if (width == width_ && height == height_ && framebuffer_ != 0) return false;
  width_ = width;
  height_ = height;
  if (framebuffer_ == 0) glGenFramebuffers(1, &framebuffer_);
  glActiveTexture(GL_TEXTURE0);
  color_.create(GL_RGBA8, width, height, GL_NEAREST);
  depth_.create(GL_DEPTH_COMPONENT24, width, height, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, color_.id(), 0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, depth_.id(), 0);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  return true;
}

void Target::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glViewport(0, 0, width_, height_);
}

void Target::copy_colors_to(const Target& other, int right, int up) const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  other.color_.bind(0);
  glCopyTexSubImage2D(GL_TEXTURE_2D, 0, std::max(right, 0), std::max(up, 0), std::max(-right, 0), std::max(-up, 0),
                      width_ - std::abs(right), height_ - std::abs(up));
}

void Target::borrow_depth(const Target* other) {
  const GLuint depth = other != nullptr ? other->depth_.id() : depth_.id();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, depth, 0);
}

MultisampleTarget::~MultisampleTarget() {
  if (framebuffer_ == 0) return;
  glDeleteFramebuffers(1, &framebuffer_);
  glDeleteRenderbuffers(1, &color_);
  glDeleteRenderbuffers(1, &depth_);
}

void MultisampleTarget::resize(int width, int height) {
  if (framebuffer_ == 0) {
    glGenFramebuffers(1, &framebuffer_);
    glGenRenderbuffers(1, &color_);
    glGenRenderbuffers(1, &depth_);
  }
  if (width == width_ && height == height_) return;
  width_ = width;
  height_ = height;
  constexpr GLsizei kSamples = 4;
  glBindRenderbuffer(GL_RENDERBUFFER, color_);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, kSamples, GL_RGBA8, width, height);
  glBindRenderbuffer(GL_RENDERBUFFER, depth_);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, kSamples, GL_DEPTH_COMPONENT24, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_);
}

void MultisampleTarget::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glViewport(0, 0, width_, height_);
}

void MultisampleTarget::resolve_to(const Target& target) const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  target.bind_for_drawing();
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT,
                    GL_NEAREST);
}

}  // namespace descent::web::render
