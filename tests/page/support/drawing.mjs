// Pages that draw nothing, for tests that look at no pixel. They do all that pages do; but where a processor draws in place of
// a graphics card most of its time goes into frames, and these give none to it. What would look at a pixel of them fails.
// SPDX-License-Identifier: MIT
import { check } from './checks.mjs';

const kNone = 'a picture of a page that draws nothing: its test asks the stage for { pixels: true }';

// Runs in the page: from here on the functions that draw do, or do not.
function switchDrawing({ pixels, sentence }) {
  const { prototype } = window.WebGL2RenderingContext ?? {};
  const instead = { clear() {}, drawArrays() {}, drawElements() {}, readPixels() { throw new Error(sentence); } };
  for (const name of prototype ? Object.keys(instead) : []) {
    const real = prototype[name].real ?? prototype[name];
    prototype[name] = pixels ? real : Object.assign(instead[name], { real });
  }
}

const wanted = (pixels) => ({ pixels, sentence: kNone });

// scriptAhead() runs ahead of the page’s own scripts: `before`, a function or text, and the switch that keeps the page from
// drawing; empty where there is nothing to run.
export function scriptAhead(before, pixels) {
  const own = typeof before === 'function' ? `(${before})();` : before ?? '';
  return pixels ? own : `(${switchDrawing})(${JSON.stringify(wanted(false))});${own}`;
}

// Notes whether the page draws; asked for its picture, one that does not fails.
export function setPixels(page, pixels) {
  const guarded = page.pixels !== undefined;
  page.pixels = pixels;
  if (guarded) return page;
  const take = page.tab.screenshot.bind(page.tab);
  page.tab.screenshot = async (options) => {
    check(page.pixels, kNone);
    return take(options);
  };
  return page;
}

// Has a page that is open draw from here on, or no longer. What it keeps of its pictures is left as it was.
export async function draw(page, pixels) {
  if (page.pixels === pixels) return;
  setPixels(page, pixels);
  await page.tab.evaluate(switchDrawing, wanted(pixels));
}

// The page draws, all of it: in a window of another size it begins anew.
export async function reveal(page) {
  if (page.pixels) return;
  await draw(page, true);
  const { width, height } = page.tab.viewportSize();
  for (const more of [50, 0]) {
    await page.tab.setViewportSize({ width: width + more, height: height + more });
    await page.frames(10);
  }
}
