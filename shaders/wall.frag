// SPDX-License-Identifier: MIT
// Sides of the block: the colour of the rim above, paler towards the floor.
uniform sampler2D colors;
uniform vec3 ground;
uniform vec3 light;
in float value;
in float height;
in float level;
in float hole;
flat in vec2 outward;
out vec4 color;

void main() {
  if (hole > 0.0) discard;
  float lamp = 0.7 + 0.3 * max(dot(outward, light.xy), 0.0);
  vec3 rim = texture(colors, vec2(scaled(value), 0.5)).rgb;
  float depth = (1.0 - level) * height;  // below the rim
  color = vec4(lamp * mix(ground, rim, 0.35 + 0.5 * exp(-4.0 * depth)), 1.0);
}
