// Stage: servers, browser and pages. The project's own server serves dist/, once with and once without isolation headers.
// Every page collects what it reports as errors; a test that provokes errors on purpose says so.
// SPDX-License-Identifier: MIT
import { access, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { makeServer } from '../../../web/setup/server.mjs';
import { kArtifacts } from './artifacts.mjs';
import { scriptAhead, setPixels } from './drawing.mjs';
import { PageUnderTest } from './page.mjs';
import { isScreen, kDesktop, PagePool } from './pool.mjs';
import { UsedTabs } from './used_tabs.mjs';

export const kRoot = fileURLToPath(new URL('../../../', import.meta.url));

// Software rendering, so that results do not depend on the machine's graphics; nothing that talks to the network.
const kArguments = [
  '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

async function listen(options) {
  const server = await makeServer(options);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export class Stage {
  // artifacts: the folder of screenshots; '' where none are taken. launch: more options for the browser, as Playwright
  // knows them. sparing: pages draw only where { pixels: true } is asked for (drawing.mjs).
  static async open({ artifacts = kArtifacts, root = process.env.DESCENT_SITE ?? `${kRoot}dist`, launch = {}, sparing = false } = {}) {
    await access(`${root}/index.html`).catch(() => {
      throw new Error(`There is no site in ${root}: run ./descent build first`);
    });
    if (artifacts !== '') await mkdir(artifacts, { recursive: true });
    const stage = new Stage();
    stage.artifacts = artifacts;
    stage.sparing = sparing;
    stage.servers = [await listen({ root }), await listen({ root, isolation: false })];
    [stage.origin, stage.plainOrigin] = stage.servers.map((server) => `http://localhost:${server.address().port}/`);
    stage.browser = await chromium.launch({
      executablePath: process.env.DESCENT_CHROMIUM || '/usr/bin/chromium',
      args: kArguments,
      ...launch,
    });
    stage.contexts = [];
    stage.opened = [];
    stage.tabs = new UsedTabs(stage.origin);
    stage.pool = new PagePool(async (options, pixels) => {
      const page = setPixels(new PageUnderTest(await (await stage.browser.newContext({ ...kDesktop, ...options })).newPage()), pixels);
      await page.tab.addInitScript(scriptAhead('', pixels));
      await page.open(stage.origin);
      return page;
    });
    return stage;
  }

  // A browser context of the test's own, closed after it.
  async context(options = {}) {
    const context = await this.browser.newContext({ ...kDesktop, ...options });
    this.contexts.push(context);
    return context;
  }

  // A page as it starts, lent by the pool. options: viewport, deviceScaleFactor, hasTouch, isMobile; pixels: whether its
  // pixels are looked at, here as below.
  page({ pixels = !this.sparing, ...options } = {}) {
    return this.pool.take(options, pixels);
  }

  // A page that is loaded for this test alone, and has drawn its first frame. before: run in the page ahead of its own
  // scripts; fragment: of the address, such as '#scene=ravine'; ready: false where the program is not to start; visit: true
  // where the race of a first visit is to stay, in the place of that of a page that was reset; the rest as Playwright's
  // contexts take it.
  async newPage({ visit = false, ...rest } = {}) {
    const page = await this.#loadedPage(rest);
    const { address = this.origin, fragment = '', ready = true } = rest;
    if (!visit && ready && !`${address}${fragment}`.includes('#')) await page.startOver({ globals: true });
    return page;
  }

  async #loadedPage({ address = this.origin, before, context, fragment = '', ready = true, pixels = !this.sparing, ...options }) {
    if (context || address !== this.origin || !isScreen(options)) {
      const page = await this.blankPage({ before, context, pixels, ...options });
      await page.open(address + fragment, { ready });
      return page;
    }
    const used = await this.tabs.take(options);
    const page = used ?? new PageUnderTest(await (await this.browser.newContext({ ...kDesktop, ...options })).newPage());
    if (!used) this.tabs.adopt(page, options);
    await setPixels(page, pixels).openAnew(address, { fragment, before: scriptAhead(before, pixels), ready });
    return page;
  }

  // A page of page() or newPage() that the test needs no longer: the next one may be in its tab.
  async leave(page) {
    page.noFaults();
    await (this.pool.lent().includes(page) ? this.pool.takeBack(true, [page]) : this.tabs.giveBack(page));
  }

  // A page without an address, for this test alone; options as for newPage().
  async blankPage({ before, context, pixels = !this.sparing, ...options } = {}) {
    const owner = context ?? (await this.context(options));
    const page = setPixels(new PageUnderTest(await owner.newPage()), pixels);
    this.opened.push(page);
    await page.tab.addInitScript(scriptAhead(before, pixels));
    return page;
  }

  // Those of the test under way.
  pages() {
    return [...this.pool.lent(), ...this.tabs.lent(), ...this.opened.filter(({ tab }) => !tab.isClosed())];
  }

  async closePages() {
    this.opened = [];
    await this.tabs.close();
    await Promise.all(this.contexts.splice(0).map((context) => context.close().catch(() => {})));
  }

  // passed: whether its pages may be trusted.
  async endTest(passed) {
    await this.tabs.takeBack(passed);
    await this.closePages();
    await this.pool.takeBack(passed);
  }

  async close() {
    await this.closePages();
    await this.browser.close();
    for (const server of this.servers) server.close();
  }
}
