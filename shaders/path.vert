// SPDX-License-Identifier: MIT
// Paths: six vertices a segment, two triangles round the capsule of the given radius. Points are fetched from a texture
// rather than given as instanced attributes: software GL draws every instance on its own. Positions are device pixels,
// y up, from the target's lower left corner; w = 0 marks a gap after the point. `emphasis` runs from 0 to 1 over the segments of a tail.
uniform sampler2D points;  // x, y, depth, joined to the next point; row by row
uniform int first;         // segment of the first vertex
uniform vec2 viewport;
uniform float radius;
uniform float depth_bias;
uniform float count;
out vec2 point;
flat out vec4 segment;
flat out float emphasis;

vec4 point_at(int i) {
  int width = textureSize(points, 0).x;
  return texelFetch(points, ivec2(i % width, i / width), 0);
}

void main() {
  int index = gl_VertexID / 6;
  int vertex = gl_VertexID - 6 * index;
  vec2 corner = vec2(vertex == 1 || vertex == 3 || vertex == 4, vertex == 2 || vertex == 4 || vertex == 5);
  vec4 a = point_at(first + index);
  vec4 b = point_at(first + index + 1);
  vec2 along = b.xy - a.xy;
  float extent = length(along);
  along = extent > 0.0 ? along / extent : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = radius + 1.0;
  point = mix(a.xy - along * reach, b.xy + along * reach, corner.x) + across * reach * (2.0 * corner.y - 1.0);
  segment = vec4(a.xy, b.xy);
  emphasis = (float(index) + 1.0) / count;
  float depth = mix(a.z, b.z, corner.x) - depth_bias;
  gl_Position = a.w > 0.5 ? vec4(2.0 * point / viewport - 1.0, depth, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
