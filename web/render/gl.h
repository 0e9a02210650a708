// SPDX-License-Identifier: MIT
// WebGL 2 objects that free themselves. A shader is the prelude (version, precision) followed by the given parts; one
// that does not compile is a bug of ours and ends the program with the driver's message on the console.
#pragma once

#include <GLES3/gl3.h>

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace descent::web::render {

class Program {
 public:
  Program(std::initializer_list<std::string_view> vertex, std::initializer_list<std::string_view> fragment);
  // `defines`: lines ahead of both shaders' parts.
  using Parts = std::span<const std::string_view>;
  Program(std::string_view defines, Parts vertex, Parts fragment);
  ~Program() { glDeleteProgram(id_); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void use() const { glUseProgram(id_); }
  [[nodiscard]] GLint uniform(const char* name) const;  // asked once a name
  void set(const char* name, int value) const { glUniform1i(uniform(name), value); }
  void set(const char* name, float value) const { glUniform1f(uniform(name), value); }
  void set(const char* name, float x, float y) const { glUniform2f(uniform(name), x, y); }
  void set(const char* name, float x, float y, float z) const { glUniform3f(uniform(name), x, y, z); }
  void set(const char* name, float x, float y, float z, float w) const { glUniform4f(uniform(name), x, y, z, w); }

 private:
  GLuint id_ = 0;
  mutable std::map<std::string, GLint, std::less<>> uniforms_;
};

class Texture {
 public:
  Texture() = default;
  ~Texture() { reset(); }
  Texture(Texture&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Texture& operator=(Texture&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }

  // Immutable storage of one level; filter for both directions, clamped at the edges.
  void create(GLenum internal_format, int width, int height, GLenum filter);
  void reset() {
    if (id_ != 0) glDeleteTextures(1, &id_);
    id_ = 0;
  }
  void bind(GLuint unit) const {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_2D, id_);
  }
  [[nodiscard]] GLuint id() const { return id_; }

 private:
  GLuint id_ = 0;
};

class Buffer {
 public:
  Buffer() { glGenBuffers(1, &id_); }
  ~Buffer() {
    if (id_ != 0) glDeleteBuffers(1, &id_);
  }
  Buffer(Buffer&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  [[nodiscard]] GLuint id() const { return id_; }

 private:
  GLuint id_ = 0;
};

class VertexArray {
 public:
  VertexArray() { glGenVertexArrays(1, &id_); }
  ~VertexArray() { glDeleteVertexArrays(1, &id_); }
  VertexArray(const VertexArray&) = delete;
  VertexArray& operator=(const VertexArray&) = delete;
  void bind() const { glBindVertexArray(id_); }

 private:
  GLuint id_ = 0;
};

// A colour and a depth texture of one size to draw into.
class Target {
 public:
  ~Target();
  // True when the size changed (the contents are undefined then).
  bool resize(int width, int height);
  void bind() const;
  // Colours, to a target of the same size, moved by so many pixels; what leaves it is left out. (As a copy into its
  // texture, which costs nothing beside a blit where the processor draws.)
  void copy_colors_to(const Target& other, int right = 0, int up = 0) const;
  // From now on with the depths of another target of the same size; with its own again for nullptr.
  void borrow_depth(const Target* other);
  void bind_for_drawing() const { glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_); }
  [[nodiscard]] const Texture& color() const { return color_; }
  [[nodiscard]] const Texture& depth() const { return depth_; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

 private:
  GLuint framebuffer_ = 0;
  Texture color_, depth_;
  int width_ = 0, height_ = 0;
};

// The same with four samples a pixel, for edges of the mesh; drawn into, then resolved into a Target of its size.
class MultisampleTarget {
 public:
  ~MultisampleTarget();
  void resize(int width, int height);
  void bind() const;
  void resolve_to(const Target& target) const;

 private:
  GLuint framebuffer_ = 0, color_ = 0, depth_ = 0;
  int width_ = 0, height_ = 0;
};

}  // namespace descent::web::render
