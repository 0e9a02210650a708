// SPDX-License-Identifier: MIT
// The sampled heights between their samples: Catmull-Rom interpolation (exact for quadratics, so contour lines are smooth
// at any zoom), or bilinear where that is enough. Float textures need not filter, hence the 16 fetches.
// Reference: Catmull and Rom, "A class of local interpolating splines" (1974).
uniform sampler2D field;  // (height, width), row 0 at the lower edge
uniform bool rough;       // while the view moves: 4 fetches a pixel instead of 16

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

// One sample. (Asked for by place, not by number: a software renderer is twice as fast then.)
float sample_at(ivec2 p) {
  return textureLod(field, (vec2(p) + 0.5) / vec2(textureSize(field, 0)), 0.0).r;
}

void bicubic(ivec2 cell, ivec2 last, vec2 t, inout float v, inout vec2 gradient) {
  mat4 f;
  float worst = 0.0;
  for (int j = 0; j < 4; ++j)
    for (int i = 0; i < 4; ++i) {
      float value = sample_at(clamp(cell + ivec2(i - 1, j - 1), ivec2(0), last));
      f[j][i] = value;
      worst = max(worst, value);
    }
  if (worst > kHole) return;
  vec4 across = weights(t.x) * f;
  v = dot(across, weights(t.y));
  gradient = vec2(dot(slopes(t.x) * f, weights(t.y)), dot(across, slopes(t.y)));
}

// Value and gradient (per texel) at texel coordinates inside the field; false in a cell with a corner that is a hole.
bool interpolate(vec2 texel, out float v, out vec2 gradient) {
  ivec2 last = textureSize(field, 0) - 1;
  ivec2 cell = min(ivec2(texel), last - 1);
  vec2 t = texel - vec2(cell);
  float a = sample_at(cell), b = sample_at(cell + ivec2(1, 0));
  float c = sample_at(cell + ivec2(0, 1)), d = sample_at(cell + 1);
  v = mix(mix(a, b, t.x), mix(c, d, t.x), t.y);
  gradient = vec2(mix(b - a, d - c, t.y), mix(c - a, d - b, t.x));
  float worst = max(max(a, b), max(c, d));
  if (!rough && worst < kHole) bicubic(cell, last, t, v, gradient);
  return worst < kHole;
}
