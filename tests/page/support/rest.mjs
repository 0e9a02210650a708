// Pictures of a page on which nothing moves any more.
// SPDX-License-Identifier: MIT
import { difference } from './png.mjs';
import { check, until } from './runner.mjs';

// Twice the same picture, of the page or of `clip` of it, half a second apart: nothing moves any more.
export async function atRest(stage, page, clip) {
  let last = await page.tab.screenshot({ clip });
  return until(async () => {
    await page.tab.waitForTimeout(500);
    const now = await page.tab.screenshot({ clip });
    const { count } = await difference(stage, last, now);
    last = now;
    return count === 0 && now;
  }, 'a picture at rest', 20);
}

export const same = async (stage, one, other, what) => {
  const found = await difference(stage, one, other);
  check(found.count === 0, `${what}: ${JSON.stringify(found)}`);
};
