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

const kDecoder = `async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}`;

// How many pixels of two pictures differ, and the box round them.
export async function difference(stage, one, other) {
  const tab = await (await stage.context()).newPage();
  return tab.evaluate(async ([decoder, ...pngs]) => {
    const decode = (0, eval)(decoder);
    const [a, b] = [await decode(pngs[0]), await decode(pngs[1])];
    if (a.width !== b.width || a.height !== b.height) return { count: Infinity, sizes: [a.width, a.height, b.width, b.height] };
    const [p, q] = [a, b].map(({ data }) => new Uint32Array(data.buffer));
    const found = { count: 0, x0: a.width, y0: a.height, x1: 0, y1: 0 };
    p.forEach((pixel, i) => {
      if (pixel === q[i]) return;
      const [x, y] = [i % a.width, Math.floor(i / a.width)];
      Object.assign(found, { count: found.count + 1, x0: Math.min(found.x0, x), y0: Math.min(found.y0, y), x1: Math.max(found.x1, x), y1: Math.max(found.y1, y) });
    });
    return found;
  }, [kDecoder, one.toString('base64'), other.toString('base64')]);
}

// Colours [r, g, b] of a picture at points {x, y} in its pixels.
export async function colours(stage, png, points) {
  const tab = await (await stage.context()).newPage();
  return tab.evaluate(async ([decoder, base64, list]) => {
    const { data, width } = await (0, eval)(decoder)(base64);
    return list.map(({ x, y }) => [...data.subarray(4 * (Math.round(y) * width + Math.round(x))).subarray(0, 3)]);
  }, [kDecoder, png.toString('base64'), points]);
}
