// Questions about pictures, decoded by the browser.
// SPDX-License-Identifier: MIT

// How much of two pictures of equal size differs: the share of pixels with a channel more than `least` of 255 apart.
export async function difference(stage, a, b, least = 8) {
  const tab = await (await stage.context()).newPage();
  return tab.evaluate(async ({ pictures, least: limit }) => {
    const [one, two] = await Promise.all(pictures.map(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data;
    }));
    if (one.length !== two.length) return 1;
    let apart = 0;
    for (let i = 0; i < one.length; i += 4) {
      if ([0, 1, 2].some((k) => Math.abs(one[i + k] - two[i + k]) > limit)) apart += 1;
    }
    return apart / (one.length / 4);
  }, { pictures: [a, b].map((png) => png.toString('base64')), least });
}

// How many pixels have a colour: `strong` ones (channels more than 100 of 255 apart) and `faint` ones (more than 28).
export async function coloured(stage, png) {
  const tab = await (await stage.context()).newPage();
  return tab.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const count = { strong: 0, faint: 0 };
    for (let i = 0; i < data.length; i += 4) {
      const apart = Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]);
      if (apart > 100) count.strong += 1;
      else if (apart > 28) count.faint += 1;
    }
    return count;
  }, png.toString('base64'));
}
