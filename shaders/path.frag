// SPDX-License-Identifier: MIT
// Coverage from the distance to the segment: smooth edges and round joints without multisampling.
uniform vec4 past;     // colour at emphasis 0
uniform vec4 present;  // colour at emphasis 1
uniform float radius;
uniform bool hidden_by_scene;  // compare with the drawn scene's depth
uniform sampler2D scene_depth;
uniform vec2 scene_place;  // of the scene's lower left corner on the canvas
in vec2 point;
flat in vec4 segment;
flat in float emphasis;
out vec4 color;

void main() {
  vec2 along = segment.zw - segment.xy;
  vec2 from = point - segment.xy;
  float s = clamp(dot(from, along) / max(dot(along, along), 1e-12), 0.0, 1.0);
  float coverage = clamp(radius + 0.5 - length(from - s * along), 0.0, 1.0);
  if (coverage <= 0.0) discard;
  if (hidden_by_scene && gl_FragCoord.z > texelFetch(scene_depth, ivec2(gl_FragCoord.xy - scene_place), 0).r) discard;
  vec4 c = mix(past, present, emphasis);
  color = vec4(c.rgb, c.a * coverage);
}
