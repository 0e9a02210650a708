// Stage: servers, browser and pages. The project's own server serves dist/, once with and once without isolation headers.
// Every page collects what it reports as errors; a test that provokes errors on purpose says so.
// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { makeServer } from '../../../web/setup/server.mjs';
import { PageUnderTest } from './page.mjs';

export const kRoot = fileURLToPath(new URL('../../../', import.meta.url));

// Software rendering, so that results do not depend on the machine's graphics; nothing that talks to the network.
const kArguments = [
  '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const kDesktop = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1 };

async function listen(options) {
  const server = await makeServer(options);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export class Stage {
  // launch: more options for the browser, as Playwright knows them.
  static async open({ artifacts, root = process.env.DESCENT_SITE ?? `${kRoot}dist`, launch = {} }) {
    await access(`${root}/index.html`).catch(() => {
      throw new Error(`There is no site in ${root}: run ./descent build first`);
    });
    const stage = new Stage();
    stage.artifacts = artifacts;
    stage.servers = [await listen({ root }), await listen({ root, isolation: false })];
    [stage.origin, stage.plainOrigin] = stage.servers.map((server) => `http://localhost:${server.address().port}/`);
    stage.browser = await chromium.launch({
      executablePath: process.env.DESCENT_CHROMIUM || '/usr/bin/chromium',
      args: kArguments,
      ...launch,
    });
    stage.contexts = [];
    return stage;
  }

  async context(options = {}) {
    const context = await this.browser.newContext({ ...kDesktop, ...options });
    this.contexts.push(context);
    return context;
  }

  // A page that has been opened and drew its first frame. before: run in the page ahead of its own scripts.
  async page({ address = this.origin, before, context, fragment = '', ...options } = {}) {
    const page = await this.blankPage({ before, context, ...options });
    await page.open(address + fragment);
    return page;
  }

  async blankPage({ before, context, ...options } = {}) {
    const owner = context ?? (await this.context(options));
    const page = new PageUnderTest(await owner.newPage());
    if (before) await page.tab.addInitScript(before);
    return page;
  }

  async closePages() {
    await Promise.all(this.contexts.splice(0).map((context) => context.close().catch(() => {})));
  }

  async close() {
    await this.closePages();
    await this.browser.close();
    for (const server of this.servers) server.close();
  }
}
