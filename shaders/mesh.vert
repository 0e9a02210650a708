// SPDX-License-Identifier: MIT
// 3-D view: one vertex a sample. Normals from central differences of the scaled heights.
uniform sampler2D field;
uniform mat4 matrix;
uniform vec3 box;  // half sizes in x and y, height
out float value;
out vec3 normal;
out vec3 position;

float height_at(ivec2 p) {
  return box.z * scaled(texelFetch(field, p, 0).r);
}

void main() {
  ivec2 size = textureSize(field, 0);
  ivec2 p = ivec2(gl_VertexID % size.x, gl_VertexID / size.x);
  ivec2 low = max(p - 1, ivec2(0));
  ivec2 high = min(p + 1, size - 1);
  vec2 cell = 2.0 * box.xy / vec2(size - 1);
  value = texelFetch(field, p, 0).r;
  normal = vec3((height_at(ivec2(low.x, p.y)) - height_at(ivec2(high.x, p.y))) / (float(high.x - low.x) * cell.x),
                (height_at(ivec2(p.x, low.y)) - height_at(ivec2(p.x, high.y))) / (float(high.y - low.y) * cell.y), 1.0);
  position = vec3(box.xy * (2.0 * vec2(p) / vec2(size - 1) - 1.0), box.z * scaled(value));
  gl_Position = matrix * vec4(position, 1.0);
}
