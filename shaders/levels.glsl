// SPDX-License-Identifier: MIT
// Values to 0 … 1 and contour lines at round levels, shared by the contour view and the mesh. Values arrive relative to
// the field's offset; `phase` shifts the linear levels accordingly.
//   linear   t = (v − low) / range                 levels: multiples of `minor`, every `major_every`-th a main line
//   log      t = log(1 + (v − low) / soft) / range  levels: low + {1, 2, 5} · 10^k, powers of ten as main lines
#ifdef LOG_SCALE
const bool log_scale = true;
#else
const bool log_scale = false;
#endif
uniform vec3 scale;   // low, soft, 1 / transformed range
uniform vec3 relief;  // of heights in the 3-D view: soft, 1 / transformed range, low
uniform vec3 levels;  // minor, major_every, phase
uniform vec2 line;    // strength (0: no lines), device pixels per point
uniform vec3 line_color;

const float kHole = 1e37;  // samples that are not finite arrive as larger values

float scaled(float v) {
  float e = v - scale.x;
  return clamp((log_scale ? log(1.0 + max(e, 0.0) / scale.y) : e) * scale.z, 0.0, 1.0);
}

// Height of the 3-D view, 0 … 1, and its derivative by the value.
float raised(float v) {
  float e = max(v - relief.z, 0.0);
  return clamp((log_scale ? log(1.0 + e / relief.x) : e) * relief.y, 0.0, 1.0);
}
float steepness(float v) {
  return log_scale ? relief.y / (relief.x + max(v - relief.z, 0.0)) : relief.y;
}

// Device pixels until a value that changes by `slope` a pixel, and `bend` more with each pixel, has changed by `change`.
float reach(float change, float slope, float bend) {
  return 2.0 * change / (slope + sqrt(slope * slope + 2.0 * bend * change));
}

// Opacity of the line nearest to v, where v changes by g per device pixel and g itself by `bend`. Lines closer than a few
// pixels to one another fade out.
float contour(float v, float g, float bend) {
  float slope = max(g, 1e-30);
  float distance, spacing;
  bool major;
  if (log_scale) {
    float e = max(v - scale.x, 1e-30);
    float power = exp2(3.3219280949 * floor(0.3010299957 * log2(e)));
    float m = e / power;
    float level = m < 1.4142 ? 1.0 : m < 3.1623 ? 2.0 : m < 7.0711 ? 5.0 : 10.0;
    distance = abs(e - level * power) / slope;
    major = level == 1.0 || level == 10.0;
    spacing = reach((major ? 2.1 : 0.7) * e, slope, bend);
  } else {
    float k = round((v + levels.z) / levels.x);
    distance = abs(v + levels.z - k * levels.x) / slope;
    major = abs(mod(k + 0.5, levels.y) - 0.5) < 0.25;
    spacing = reach(levels.x * (major ? levels.y : 1.0), slope, bend);
  }
  float half_width = (major ? 0.62 : 0.38) * line.y;
  float coverage = clamp(half_width + 0.5 - distance, 0.0, 1.0) * min(half_width * 2.0, 1.0);
  return coverage * (major ? 1.0 : 0.5) * line.x * smoothstep(3.0, 8.0, spacing / line.y);
}
