// SPDX-License-Identifier: MIT
// The sampled heights between their samples: Catmull-Rom interpolation (exact for quadratics, so contour lines are smooth
// at any zoom), or bilinear where that is enough. Float textures need not filter; each texel holds a sample with its three
// neighbours of the row, so that a cell takes 4 look-ups instead of 16.
// Reference: Catmull and Rom, "A class of local interpolating splines" (1974).
uniform sampler2D field;  // (height, width), row 0 at the lower edge; .y: the sample, .x the one before, .zw those after
#ifdef ROUGH
const bool rough = true;  // while the view moves: 2 look-ups a pixel
#else
const bool rough = false;
#endif

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

// A sample between its neighbours of the row; beyond the edge the one on it. (Asked for by place, not by number: a
// software renderer is twice as fast then.)
vec4 row_at(vec2 texel) {
  return textureLod(field, (texel + 0.5) / vec2(textureSize(field, 0)), 0.0);
}

float largest(vec4 v) {
  return max(max(v.x, v.y), max(v.z, v.w));
}

void bicubic(mat4 f, vec2 t, out float v, out vec2 gradient) {
  vec4 across = weights(t.x) * f;
  v = dot(across, weights(t.y));
  gradient = vec2(dot(slopes(t.x) * f, weights(t.y)), dot(across, slopes(t.y)));
}

// Value and gradient (per texel) at texel coordinates inside the field; false in a cell with a corner that is a hole.
// Bilinear beside a hole.
bool interpolate(vec2 texel, out float v, out vec2 gradient) {
  vec2 cell = min(floor(texel), vec2(textureSize(field, 0) - 2));
  vec2 t = texel - cell;
  vec4 corners;  // lower left and right, upper left and right
  mat4 f;        // rows round the cell
  vec4 lower = row_at(cell);
  vec4 upper = row_at(cell + vec2(0.0, 1.0));
  corners = vec4(lower.yz, upper.yz);
  if (!rough) f = mat4(row_at(cell - vec2(0.0, 1.0)), lower, upper, row_at(cell + vec2(0.0, 2.0)));
  v = mix(mix(corners.x, corners.y, t.x), mix(corners.z, corners.w, t.x), t.y);
  gradient = vec2(mix(corners.y - corners.x, corners.w - corners.z, t.y),
                  mix(corners.z - corners.x, corners.w - corners.y, t.x));
  if (!rough) {
    if (largest(max(max(f[0], f[1]), max(f[2], f[3]))) < kHole) bicubic(f, t, v, gradient);
  }
  return largest(corners) < kHole;
}
