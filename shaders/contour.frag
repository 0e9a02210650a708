// SPDX-License-Identifier: MIT
// Contour view: colour map (or a picture in its place) and contour lines; hatched where the surface has no value.
uniform sampler2D colors;
uniform vec4 to_texel;  // texel = pixel * xy + zw
uniform vec3 background;
#ifdef PLACED
const bool placed = true;  // colours stand in the place of the surface's
#else
const bool placed = false;
#endif
uniform sampler2D places;  // (rows, columns), row 0 at the lower edge; nothing known where transparent
uniform vec4 to_place;     // 0 … 1 in that picture = pixel * xy + zw
out vec4 color;

void main() {
  vec2 last = vec2(textureSize(field, 0) - 1);
  vec2 pixel = gl_FragCoord.xy;
  vec2 texel = pixel * to_texel.xy + to_texel.zw;
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
    float stripe = step(mod(pixel.x + pixel.y, 9.0 * line.y), line.y);
    color = vec4(mix(background, line_color, 0.10 * stripe), 1.0);
    return;
  }
  vec3 base = texture(colors, vec2(scaled(v), 0.5)).rgb;
  if (placed) {
    vec2 at = pixel * to_place.xy + to_place.zw;
    bool inside = all(greaterThanEqual(at, vec2(0.0))) && all(lessThanEqual(at, vec2(1.0)));
    vec4 place = inside ? textureLod(places, at, 0.0) : vec4(0.0);
    base = mix(mix(background, base, 0.3), place.rgb, place.a);
  }
  color = vec4(mix(base, line_color, contour(v, length(gradient), max(bend.x, bend.y))), 1.0);
}
