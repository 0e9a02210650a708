// SPDX-License-Identifier: MIT
// A triangle that covers the whole viewport, with the place in the picture: 0 … 1.
out vec2 place;

void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  place = 0.5 * corner + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}
