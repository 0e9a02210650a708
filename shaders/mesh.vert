// SPDX-License-Identifier: MIT
// 3-D view: one vertex a sample. Holes lie on the floor; no fragment of theirs is drawn.
uniform mat4 matrix;
uniform vec3 box;  // half sizes in x and y, height
out vec2 texel;
out vec3 position;

void main() {
  ivec2 size = textureSize(field, 0);
  ivec2 p = ivec2(gl_VertexID % size.x, gl_VertexID / size.x);
  float value = texelFetch(field, p, 0).y;
  texel = vec2(p);
  position = vec3(box.xy * (2.0 * texel / vec2(size - 1) - 1.0), value < kHole ? box.z * raised(value) : 0.0);
  gl_Position = matrix * vec4(position, 1.0);
}
