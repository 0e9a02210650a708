// SPDX-License-Identifier: MIT
// In JavaScript, because OpenGL ES has no glGetBufferSubData; WebGL 2 has, and the pixels belong to JavaScript anyway.
#include "web/render/picture_read.h"

#include <emscripten.h>

// clang-format off
EM_JS(void, descent_js_read_picture, (int id, int width, int height), {
  const gl = GLctx;
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, 4 * width * height, gl.STREAM_READ);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const poll = () => {
    const state = gl.clientWaitSync(fence, 0, 0);
    if (state === gl.TIMEOUT_EXPIRED) {
      setTimeout(poll, 10);
      return;
    }
    let pixels = null;
    if (state !== gl.WAIT_FAILED) {
      pixels = new Uint8ClampedArray(4 * width * height);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, pixels);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    }
    gl.deleteSync(fence);
    gl.deleteBuffer(buffer);
    Module.bridgePicture(id, width, height, pixels);
  };
  setTimeout(poll, 10);
});
// clang-format on

namespace descent::web::render {

void read_picture(int id, int width, int height) {
  descent_js_read_picture(id, width, height);
}

}  // namespace descent::web::render
