// Tells what PNGs show, decoded here. Points are {x, y} in the picture's pixels.
// SPDX-License-Identifier: MIT
import { PNG } from 'pngjs';

const decoded = new WeakMap();

// {width, height, data: bytes R, G, B, A, row 0 on top}
export function decode(png) {
  if (!decoded.has(png)) decoded.set(png, PNG.sync.read(png));
  return decoded.get(png);
}

const words = ({ data }) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4);

// Size, number of colours, share of the commonest one.
export function statistics(png) {
  const image = decode(png);
  const pixels = words(image);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  let commonest = 0;
  for (const count of counts.values()) commonest = Math.max(commonest, count);
  return { width: image.width, height: image.height, colours: counts.size, commonest: commonest / pixels.length };
}

// difference() counts the pixels in which two pictures differ, and gives the box round them.
export function difference(one, other) {
  if (one.equals(other)) return { count: 0 };
  const [a, b] = [decode(one), decode(other)];
  if (a.width !== b.width || a.height !== b.height) return { count: Infinity, sizes: [a.width, a.height, b.width, b.height] };
  const [p, q] = [words(a), words(b)];
  const found = { count: 0, x0: a.width, y0: a.height, x1: 0, y1: 0 };
  p.forEach((pixel, i) => {
    if (pixel === q[i]) return;
    const [x, y] = [i % a.width, Math.floor(i / a.width)];
    Object.assign(found, { count: found.count + 1, x0: Math.min(found.x0, x), y0: Math.min(found.y0, y), x1: Math.max(found.x1, x), y1: Math.max(found.y1, y) });
  });
  return found;
}

// The share of pixels with a channel more than `least` of 255 apart; 1 for pictures of different sizes.
export function shareApart(one, other, least = 8) {
  const [a, b] = [decode(one), decode(other)];
  if (a.data.length !== b.data.length) return 1;
  let apart = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2].some((k) => Math.abs(a.data[i + k] - b.data[i + k]) > least)) apart += 1;
  }
  return apart / (a.data.length / 4);
}

// coloured() counts the pixels that have a colour: `strong` ones (channels more than 100 of 255 apart) and `faint` ones
// (more than 28).
export function coloured(png) {
  const { data } = decode(png);
  const count = { strong: 0, faint: 0 };
  for (let i = 0; i < data.length; i += 4) {
    const apart = Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]);
    if (apart > 100) count.strong += 1;
    else if (apart > 28) count.faint += 1;
  }
  return count;
}

// Colours [r, g, b] of a picture at points.
export function colours(png, points) {
  const { data, width } = decode(png);
  return points.map(({ x, y }) => [...data.subarray(4 * (Math.round(y) * width + Math.round(x))).subarray(0, 3)]);
}
