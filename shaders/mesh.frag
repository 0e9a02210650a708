// SPDX-License-Identifier: MIT
// Colour map and contour lines as in the contour view. Lit by a soft lamp over the viewer's left shoulder (wrapped
// Lambert), by the sky more than by the ground, and with a faint highlight (Blinn). Value and normal come from the
// samples at every pixel, so that lines and light are smooth where the mesh has corners.
uniform sampler2D colors;
uniform vec3 box;
uniform vec3 eye;
uniform vec3 light;
in vec2 texel;
in vec3 position;
out vec4 color;

vec3 lit(vec3 base, vec3 n) {
  vec3 view = eye - position;
  bool below = dot(n, view) < 0.0;
  if (below) n = -n;
  float lamp = clamp(0.25 + 0.75 * dot(n, light), 0.0, 1.0);
  float sky = 0.5 + 0.5 * n.z;
  vec3 shade = base * (0.20 + 0.34 * sky + 0.72 * lamp * lamp);
  if (!rough) shade += 0.07 * pow(max(dot(n, normalize(light + normalize(view))), 0.0), 48.0);
  return below ? 0.6 * shade : shade;
}

void main() {
  vec2 last = vec2(textureSize(field, 0) - 1);
  float v;
  vec2 gradient;
  bool defined = interpolate(clamp(texel, vec2(0.0), last), v, gradient);
  float slope = length(vec2(dFdx(v), dFdy(v)));
  if (!defined) discard;
  vec2 cell = 2.0 * box.xy / last;
  vec3 n = normalize(vec3(-box.z * steepness(v) * gradient / cell, 1.0));
  vec3 base = lit(texture(colors, vec2(scaled(v), 0.5)).rgb, n);
  color = vec4(mix(base, line_color, contour(v, slope, 0.0)), 1.0);
}
