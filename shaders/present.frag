// SPDX-License-Identifier: MIT
// Copies the finished scene to the canvas, pixel by pixel.
uniform sampler2D scene;
uniform vec2 origin;
out vec4 color;

void main() {
  color = texelFetch(scene, ivec2(gl_FragCoord.xy - origin), 0);
}
