// What a PNG shows, decoded by the browser: size, number of colours, share of the commonest one.
// SPDX-License-Identifier: MIT

export async function statistics(stage, png) {
  const tab = await (await stage.context()).newPage();
  return tab.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return { width: image.width, height: image.height, colours: counts.size, commonest: Math.max(...counts.values()) / pixels.length };
  }, png.toString('base64'));
}
