// SPDX-License-Identifier: MIT
// Copies the finished scene to the canvas, pixel by pixel: the viewport has the scene's size, the texture does not
// filter. (Fetching texels by number takes a software renderer twice as long.)
uniform sampler2D scene;
in vec2 place;
out vec4 color;

void main() {
  color = texture(scene, place);
}
