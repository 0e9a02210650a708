// PagePool: pages that stay open from one test to the next. A page that comes back is reset through the scripting interface
// and compared with what a page of that screen was when it was new: state, statuses, everything on the screen, address,
// focus, names of the window. One that differs is closed, and the run says so. To be lent as another size it is resized and
// reset once more (reset.test.mjs: it is as new then).
// SPDX-License-Identifier: MIT
import { draw } from './drawing.mjs';

// A screen of another kind takes another tab; one of another size does not.
const kKind = ['deviceScaleFactor', 'hasTouch', 'isMobile'];

// A page may be asked for these here; a test that needs more opens a page of its own.
const kScreen = ['viewport', ...kKind];

export const kDesktop = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1, hasTouch: false, isMobile: false, colorScheme: 'dark' };

// isScreen() says whether these options ask for a screen and nothing else.
export const isScreen = (options) => Object.keys(options).every((name) => kScreen.includes(name));

// {kind, viewport, key}; key: of kind and size.
export function screenOf(options) {
  for (const name of Object.keys(options)) {
    if (!kScreen.includes(name)) throw new Error(`stage.page() takes ${kScreen.join(', ')}; for '${name}' use stage.newPage()`);
  }
  const { viewport, ...kind } = { ...kDesktop, ...options };
  const text = JSON.stringify(kKind.map((name) => kind[name]));
  return { kind: text, viewport, key: `${text} ${viewport.width}x${viewport.height}` };
}

// Wakes a page that rests, in a window of this size.
export async function wake(page, viewport) {
  await page.sleep(false);
  const { width, height } = page.screen;
  if (width !== viewport.width || height !== viewport.height) await page.tab.setViewportSize(viewport);
  page.screen = viewport;
}

// All that a visitor or a script could have changed, as far as the page can tell.
export async function factsOf(page) {
  return page.tab.evaluate(() => ({
    state: window.descent.state(), race: window.descent.race.status(), network: window.descent.network.status(),
    sampler: window.descent.sampler.status(), items: window.descent.ui.items(), hash: location.hash,
    focus: document.activeElement?.id ?? null, size: [innerWidth, innerHeight],
    problem: document.getElementById('screen').dataset.phase === 'problem', inputs: document.querySelectorAll('input').length,
    names: Object.keys(window).filter((name) => name.startsWith('__')),
  }));
}

// The parts that differ, as sentences; none: the pages are alike.
export function differences(now, fresh) {
  return Object.keys(fresh).filter((part) => JSON.stringify(now[part]) !== JSON.stringify(fresh[part])).map((part) => {
    const [a, b] = [now[part], fresh[part]].map((value) => JSON.stringify(value));
    let at = 0;
    while (a[at] === b[at]) at += 1;
    const from = Math.max(0, at - 60);
    return `${part} is …${a.slice(from, at + 80)}… instead of …${b.slice(from, at + 80)}…`;
  });
}

export class PagePool {
  #open;
  #idle = [];          // {page, screen} at rest
  #fresh = new Map();  // key of a screen -> facts of a page that was as it starts
  #lent = new Map();   // page -> screen
  #closed = [];        // why pages were closed
  #counts = { opened: 0, reused: 0, resized: 0 };
  #test = '';

  // open(options): a new page in a context of its own, which draws.
  constructor(open) {
    this.#open = open;
  }

  // pixels: whether the page is to draw.
  async take(options = {}, pixels = true) {
    const screen = screenOf(options);
    const page = await this.#takeIdle(screen, pixels) ?? await this.#takeNew(options, pixels);
    if (!this.#fresh.has(screen.key)) this.#fresh.set(screen.key, await factsOf(page));
    page.begin();
    this.#lent.set(page, screen);
    return page;
  }

  async #takeNew(options, pixels) {
    const page = await this.#open(options, pixels);
    this.#counts.opened += 1;
    if (pixels) await page.tab.waitForFunction(() => document.getElementById('screen').hidden);  // it fades
    await page.startOver();  // a first visit shows a race under way
    return page;
  }

  // The one that needs least to be what is asked for, or none.
  async #takeIdle(screen, pixels) {
    const costs = ({ page, screen: { key } }) => 2 * (key !== screen.key) + (page.pixels !== pixels);
    const [found] = this.#idle.filter(({ screen: { kind } }) => kind === screen.kind).sort((a, b) => costs(a) - costs(b));
    if (!found) return null;
    this.#idle.splice(this.#idle.indexOf(found), 1);
    const { page } = found;
    const resized = found.screen.key !== screen.key;
    await wake(page, screen.viewport);
    const began = pixels && !page.pixels;  // what it kept of its pictures is empty
    await draw(page, pixels);
    if (resized || began) await page.startOver();
    this.#counts[resized ? 'resized' : 'reused'] += 1;
    return page;
  }

  lent() {
    return [...this.#lent.keys()];
  }

  // The name of the test that takes pages from here on.
  begin(test) {
    this.#test = test;
  }

  // trusted: whether the test passed; after another its pages may be in any state, and are closed.
  async takeBack(trusted, pages = this.lent()) {
    for (const page of pages) {
      const screen = this.#lent.get(page);
      this.#lent.delete(page);
      const why = trusted ? await this.#restore(page, screen) : 'its test failed';
      if (why === null) this.#idle.push({ page, screen });
      else await page.tab.context().close().catch(() => {});
      if (why !== null && trusted) this.#closed.push(`${this.#test}: ${why}`);
    }
  }

  // Null when the page is as new, else why it is not. On a busy machine either look may have come a frame too early: the page
  // gets a second one, and the next page of this screen is looked at anew.
  async #restore(page, { key }) {
    try {
      let found = ['there is none to compare it with'];
      for (let look = 0; look < 2 && found.length > 0 && this.#fresh.has(key); look += 1) {
        await page.startOver();
        found = differences(await factsOf(page), this.#fresh.get(key));
      }
      if (found.length > 0) this.#fresh.delete(key);
      await page.sleep(true);
      return found.length === 0 ? null : found.join('; ');
    } catch (error) {
      return error.message;
    }
  }

  report() {
    const { opened, reused, resized } = this.#counts;
    return [`pages: ${opened} opened for the pool, ${reused} times one was used again, ${resized} times resized; ${this.#closed.length} not as new after a test`,
      ...this.#closed.map((line) => `  ${line}`)];
  }
}
