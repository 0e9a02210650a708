// SPDX-License-Identifier: MIT
// Contour view: colour map and contour lines; hatched where the surface has no value.
uniform sampler2D colors;
uniform vec4 to_texel;  // texel = pixel * xy + zw
uniform vec3 background;
out vec4 color;

void main() {
  vec2 last = vec2(textureSize(field, 0) - 1);
  vec2 texel = gl_FragCoord.xy * to_texel.xy + to_texel.zw;
  if (any(lessThan(texel, vec2(0.0))) || any(greaterThan(texel, last))) {
    color = vec4(background, 1.0);
    return;
  }
  float v;
  vec2 gradient;
  bool defined = interpolate(texel, v, gradient);
  gradient *= to_texel.xy;
  vec2 bend = vec2(length(dFdx(gradient)), length(dFdy(gradient)));
  if (!defined) {
    float stripe = step(mod(gl_FragCoord.x + gl_FragCoord.y, 9.0 * line.y), line.y);
    color = vec4(mix(background, line_color, 0.10 * stripe), 1.0);
    return;
  }
  vec3 base = texture(colors, vec2(scaled(v), 0.5)).rgb;
  color = vec4(mix(base, line_color, contour(v, length(gradient), max(bend.x, bend.y))), 1.0);
}
