// PagePool: pages that stay open from one test to the next, one or more for each screen. A page that comes back is reset
// through the scripting interface and compared with what a page of that screen was when it was new: state, statuses,
// everything on the screen, address, focus, names of the window. One that differs is closed, and the run says so.
// SPDX-License-Identifier: MIT

// kScreen is what a page of the pool may be asked for; a test that needs more opens a new page.
const kScreen = ['viewport', 'deviceScaleFactor', 'hasTouch', 'isMobile'];

// isScreen() says whether these options ask for a screen and nothing else.
export const isScreen = (options) => Object.keys(options).every((name) => kScreen.includes(name));

export function keyOf(options) {
  for (const name of Object.keys(options)) {
    if (!kScreen.includes(name)) throw new Error(`stage.page() takes ${kScreen.join(', ')}; for '${name}' use stage.newPage()`);
  }
  return JSON.stringify(kScreen.map((name) => options[name] ?? null));
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
  #idle = new Map();   // key -> pages at rest
  #fresh = new Map();  // key -> facts of a page that was just opened
  #lent = new Map();   // page -> key
  #closed = [];        // why pages were closed
  #counts = { opened: 0, reused: 0 };
  #test = '';

  // open(options): a new page in a context of its own.
  constructor(open) {
    this.#open = open;
  }

  async take(options = {}) {
    const key = keyOf(options);
    let page = this.#idle.get(key)?.pop();
    if (page) {
      this.#counts.reused += 1;
      await page.sleep(false);
    } else {
      page = await this.#open(options);
      this.#counts.opened += 1;
      await page.settled();
      if (!this.#fresh.has(key)) this.#fresh.set(key, await factsOf(page));
    }
    page.begin();
    this.#lent.set(page, key);
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
  async takeBack(trusted) {
    for (const [page, key] of [...this.#lent]) {
      this.#lent.delete(page);
      const why = trusted ? await this.#restore(page, key) : 'its test failed';
      if (why === null) this.#idle.set(key, [...(this.#idle.get(key) ?? []), page]);
      else await page.tab.context().close().catch(() => {});
      if (why !== null && trusted) this.#closed.push(`${this.#test}: ${why}`);
    }
  }

  // Null when the page is as new, else why it is not.
  async #restore(page, key) {
    try {
      await page.startOver();
      const found = differences(await factsOf(page), this.#fresh.get(key));
      await page.sleep(true);
      return found.length === 0 ? null : found.join('; ');
    } catch (error) {
      return error.message;
    }
  }

  report() {
    const { opened, reused } = this.#counts;
    return [`pages: ${opened} opened for the pool, ${reused} times one was used again, ${this.#closed.length} not as new after a test`,
      ...this.#closed.map((line) => `  ${line}`)];
  }
}
