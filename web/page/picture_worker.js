// Encodes pixels as a PNG beside the page's own thread: {width, height, pixels} in, a Blob or {error} out.
// SPDX-License-Identifier: MIT

async function encode({ width, height, pixels }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const image = context.createImageData(width, height);
  const row = 4 * width;  // bottom row first
  for (let y = 0; y < height; y += 1) image.data.set(pixels.subarray((height - 1 - y) * row, (height - y) * row), y * row);
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

self.addEventListener('message', async ({ data }) => {
  try {
    self.postMessage({ blob: await encode(data) });
  } catch (error) {
    self.postMessage({ error: error.message });
  }
});
