// UsedTabs: tabs of tests that needed a new page, kept for the next such test on a screen of the same kind. Loading the page anew
// in a tab costs half of what a tab of its own does; nothing of what was in it is left: not its storage, not its scripts.
// SPDX-License-Identifier: MIT
import { screenOf, wake } from './pool.mjs';

export class UsedTabs {
  #resting = new Map();  // kind of screen -> pages
  #lent = new Map();     // page -> kind of screen
  #origin;

  // origin: of the pages that are kept.
  constructor(origin) {
    this.#origin = origin;
  }

  // A page of this screen, not loaded yet, or none. options: as for stage.page().
  async take(options) {
    const { kind, viewport } = screenOf(options);
    const page = this.#resting.get(kind)?.pop();
    if (!page) return page;
    this.#lent.set(page, kind);
    await wake(page, viewport);
    return page;
  }

  // Will come back here.
  adopt(page, options) {
    this.#lent.set(page, screenOf(options).kind);
  }

  lent() {
    return [...this.#lent.keys()].filter(({ tab }) => !tab.isClosed());
  }

  async close() {
    for (const page of this.lent()) await page.tab.context().close().catch(() => {});
    this.#lent.clear();
  }

  // trusted: whether the test passed; after another its tabs may be in any state, and are closed.
  async takeBack(trusted) {
    for (const page of [...this.#lent.keys()]) await this.#putAway(page, trusted);
  }

  // One that its test needs no longer.
  async giveBack(page) {
    if (!this.#lent.has(page)) throw new Error('giveBack() takes a page that stage.newPage() gave, once');
    await this.#putAway(page, true);
  }

  async #putAway(page, trusted) {
    const kind = this.#lent.get(page);
    this.#lent.delete(page);
    const keeps = trusted && !page.tab.isClosed() && page.tab.url().startsWith(this.#origin);
    if (keeps && await page.rest()) this.#resting.set(kind, [...(this.#resting.get(kind) ?? []), page]);
    else await page.tab.context().close().catch(() => {});
  }
}
