// Pictures of a page on which nothing moves any more.
// SPDX-License-Identifier: MIT
import { check } from './checks.mjs';
import { difference } from './png.mjs';

// atRest() pictures the page, or `clip` of it.
export const atRest = (page, clip) => page.picture(clip);

export function same(one, other, what) {
  const found = difference(one, other);
  check(found.count === 0, `${what}: ${JSON.stringify(found)}`);
}
