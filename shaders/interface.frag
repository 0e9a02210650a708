// SPDX-License-Identifier: MIT
// Glyph coverage or a small picture, times the vertex colour.
uniform sampler2D picture;
in vec2 texel;
in vec4 shade;
out vec4 color;

void main() {
  color = shade * texture(picture, texel);
}
