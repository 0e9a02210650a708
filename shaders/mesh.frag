// SPDX-License-Identifier: MIT
// Colour map and contour lines as in the contour view, lit from above the viewer's left shoulder (Lambert, wrapped, with
// a faint highlight).
uniform sampler2D colors;
uniform vec3 eye;
uniform vec3 light;
in float value;
in vec3 normal;
in vec3 position;
out vec4 color;

void main() {
  float slope = length(vec2(dFdx(value), dFdy(value)));
  if (!(value < kHole)) discard;
  vec3 n = normalize(normal);
  vec3 view = normalize(eye - position);
  if (dot(n, view) < 0.0) n = -n;
  float diffuse = clamp(0.5 + 0.5 * dot(n, light), 0.0, 1.0);
  float highlight = pow(max(dot(n, normalize(light + view)), 0.0), 40.0);
  vec3 base = texture(colors, vec2(scaled(value), 0.5)).rgb;
  base = base * (0.45 + 0.80 * diffuse * diffuse) + 0.08 * highlight;
  color = vec4(mix(base, line_color, contour(value, slope, 0.0)), 1.0);
}
