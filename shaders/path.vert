// SPDX-License-Identifier: MIT
// Paths: one instance a segment, a rectangle round the capsule of the given radius. Positions are device pixels of the
// target, y up; a.w = 0 marks a gap after the point. `emphasis` runs from 0 to 1 over the instances of a tail.
layout(location = 0) in vec4 a;  // x, y, depth, joined to the next point
layout(location = 1) in vec4 b;
uniform vec2 viewport;
uniform float radius;
uniform float depth_bias;
uniform float count;
out vec2 point;
flat out vec4 segment;
flat out float emphasis;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 along = b.xy - a.xy;
  float extent = length(along);
  along = extent > 0.0 ? along / extent : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = radius + 1.0;
  point = mix(a.xy - along * reach, b.xy + along * reach, corner.x) + across * reach * (2.0 * corner.y - 1.0);
  segment = vec4(a.xy, b.xy);
  emphasis = (float(gl_InstanceID) + 1.0) / count;
  float depth = mix(a.z, b.z, corner.x) - depth_bias;
  gl_Position = a.w > 0.5 ? vec4(2.0 * point / viewport - 1.0, depth, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
