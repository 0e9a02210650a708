// SPDX-License-Identifier: MIT
// The interface's triangles: points of the canvas, y down, to clip space.
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 tint;
uniform vec2 size;  // of the canvas in points
out vec2 texel;
out vec4 shade;

void main() {
  texel = uv;
  shade = tint;
  vec2 clip = 2.0 * position / size - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}
