// SPDX-License-Identifier: MIT
// The sides of the block below the surface: two vertices a sample along the field's edge, on the surface and on the
// floor; of every stride-th sample and the corners. Counter-clockwise from the lower left corner.
uniform mat4 matrix;
uniform vec3 box;  // half sizes in x and y, height
uniform int stride;
out float value;
out float height;  // of the surface above the floor, 0 … 1
out float level;   // 0 on the floor, 1 on the surface
out float hole;
flat out vec2 outward;

void main() {
  ivec2 last = textureSize(field, 0) - 1;
  ivec2 cells = (last + stride - 1) / stride;
  int k = gl_VertexID / 2;
  ivec2 p = ivec2(k, 0);
  outward = vec2(0.0, -1.0);
  if (k > 2 * cells.x + cells.y) {
    p = ivec2(0, 2 * (cells.x + cells.y) - k);
    outward = vec2(-1.0, 0.0);
  } else if (k > cells.x + cells.y) {
    p = ivec2(2 * cells.x + cells.y - k, cells.y);
    outward = vec2(0.0, 1.0);
  } else if (k > cells.x) {
    p = ivec2(cells.x, k - cells.x);
    outward = vec2(1.0, 0.0);
  }
  p = min(stride * p, last);
  value = texelFetch(field, p, 0).y;
  hole = value < kHole ? 0.0 : 1.0;
  height = hole > 0.0 ? 0.0 : raised(value);
  level = float(gl_VertexID % 2);
  gl_Position = matrix * vec4(box.xy * (2.0 * vec2(p) / vec2(last) - 1.0), box.z * height * level, 1.0);
}
