// SPDX-License-Identifier: MIT
// Pixels from the graphics processor without waiting for it: copied into a buffer there, fetched when a fence says that
// they are ready.
#pragma once

namespace descent::web::render {

// Reads the bound framebuffer's width × height RGBA pixels, bottom row first, and hands them later to
// Module.bridgePicture(id, width, height, Uint8ClampedArray); null instead of pixels when the context was lost.
void read_picture(int id, int width, int height);

}  // namespace descent::web::render
