// A picture that is dropped, pasted or chosen becomes the digit that is looked at: here it is decoded and made small, the
// program finds the digit in it (engine/data/picture_digit.cpp).
// SPDX-License-Identifier: MIT

const kMostBytes = 64e6;
const kSide = 256;  // pixels of the longer side: about nine for each of the digit's

export const isPicture = ({ name, type }) => /^image\//.test(type) || /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(name);

async function pixelsOf(file) {
  const size = (file.size / 1e6).toFixed(0);
  if (file.size > kMostBytes) throw new Error(`'${file.name}' has ${size} MB; a picture may have ${kMostBytes / 1e6}`);
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new Error(`'${file.name}' is no picture that this browser can read`);
  const scale = Math.min(1, kSide / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((length) => Math.max(1, Math.round(scale * length)));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

// takePicture() makes a digit of the picture and returns, in a sentence, what was done to it.
export async function takePicture(file, bridge) {
  const { width, height, data } = await pixelsOf(file);
  const { value: { kept, inverted } } = await bridge.call('digit_picture', { width, height }, [data]);
  const how = kept ? 'as it is' : 'its ink cropped, scaled to 20×20 and centred by mass as MNIST’s are';
  return `${file.name} is the digit now, ${how}${inverted ? '; dark ink on bright paper was turned round' : ''}.`;
}
