// SPDX-License-Identifier: MIT
// Contour view: the sampled heights with Catmull-Rom interpolation (exact for quadratics, so contour lines are smooth at
// any zoom), colour map, contour lines. Float textures need not filter, hence the 16 fetches.
// Reference: Catmull and Rom, "A class of local interpolating splines" (1974).
uniform sampler2D field;  // (height, width), row 0 at the lower edge
uniform sampler2D colors;
uniform vec4 to_texel;  // texel = pixel * xy + zw
uniform vec3 background;
out vec4 color;

vec4 weights(float t) {
  float t2 = t * t;
  float t3 = t2 * t;
  return vec4(-0.5 * t + t2 - 0.5 * t3, 1.0 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2.0 * t2 - 1.5 * t3, -0.5 * t2 + 0.5 * t3);
}

// d weights / dt
vec4 slopes(float t) {
  float t2 = t * t;
  return vec4(-0.5 + 2.0 * t - 1.5 * t2, -5.0 * t + 4.5 * t2, 0.5 + 4.0 * t - 4.5 * t2, -t + 1.5 * t2);
}

void main() {
  ivec2 last = textureSize(field, 0) - 1;
  vec2 texel = gl_FragCoord.xy * to_texel.xy + to_texel.zw;
  if (any(lessThan(texel, vec2(0.0))) || any(greaterThan(texel, vec2(last)))) {
    color = vec4(background, 1.0);
    return;
  }
  ivec2 cell = min(ivec2(texel), last - 1);
  vec2 t = texel - vec2(cell);
  mat4 f;
  float worst = 0.0;
  for (int j = 0; j < 4; ++j)
    for (int i = 0; i < 4; ++i) {
      float value = texelFetch(field, clamp(cell + ivec2(i - 1, j - 1), ivec2(0), last), 0).r;
      f[j][i] = value;
      worst = max(worst, value);
    }
  float v;
  vec2 gradient;  // per device pixel
  if (worst < kHole) {
    vec4 across = weights(t.x) * f;
    v = dot(across, weights(t.y));
    gradient = vec2(dot(slopes(t.x) * f, weights(t.y)), dot(across, slopes(t.y))) * to_texel.xy;
  } else {
    v = mix(mix(f[1][1], f[1][2], t.x), mix(f[2][1], f[2][2], t.x), t.y);
    gradient = vec2(dFdx(v), dFdy(v));
  }
  vec2 bend = vec2(length(dFdx(gradient)), length(dFdy(gradient)));
  if (!(v < kHole)) {
    float stripe = step(mod(gl_FragCoord.x + gl_FragCoord.y, 9.0 * line.y), line.y);
    color = vec4(mix(background, line_color, 0.10 * stripe), 1.0);
    return;
  }
  vec3 base = texture(colors, vec2(scaled(v), 0.5)).rgb;
  color = vec4(mix(base, line_color, contour(v, length(gradient), max(bend.x, bend.y))), 1.0);
}
