// Libraries that train in the browser: a page of ours for each, with the library from npm beside it, in the browser that
// Descent runs in. The packages lie in $DESCENT_PEERS, where ./descent bench --peers puts them.
// SPDX-License-Identifier: MIT
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { kRoot } from '../../page/support/stage.mjs';
import { makeServer } from '../../../web/setup/server.mjs';

// Folder of the page, folder of the package, files.
const kCopies = [
  ['tfjs', 'tfjs', /^tf\.min\.js$/],
  ['tfjs', 'tfjs-backend-wasm', /^tf-backend-wasm\.min\.js$|\.wasm$/],
  ['jax', 'jax', /\.js$/],
];

const packageFolder = (name) => join(process.env.DESCENT_PEERS ?? '', name);

async function makePage(data) {
  const folder = join(kRoot, 'build/peers-page');
  await rm(folder, { recursive: true, force: true });
  await cp(join(kRoot, 'tests/bench/peers/page'), folder, { recursive: true });
  await cp(data, join(folder, 'data'), { recursive: true });
  for (const [to, from, wanted] of kCopies) {
    await mkdir(join(folder, to), { recursive: true });
    const dist = join(packageFolder(from), 'dist');
    for (const file of await readdir(dist).catch(() => [])) {
      if (wanted.test(file)) await cp(join(dist, file), join(folder, to, file));
    }
  }
  return folder;
}

// An error when a package is not there.
async function versionOf(name) {
  const text = await readFile(join(packageFolder(name), 'package.json'), 'utf8').catch(() => {
    throw new Error(`npm's package ${name} is not installed`);
  });
  return JSON.parse(text).version;
}

export class BrowserPeers {
  // data: folder with MNIST's files.
  static async start(browser, data) {
    const peers = new BrowserPeers();
    Object.assign(peers, { browser, contexts: [] });
    peers.server = await makeServer({ root: await makePage(data) });
    await new Promise((resolve) => peers.server.listen(0, '127.0.0.1', resolve));
    return peers;
  }

  // name: 'tfjs' or 'jax'. The number of threads of both follows navigator.hardwareConcurrency: jax-js takes as many,
  // TensorFlow.js no more than half of it. TensorFlow.js makes its workers of blobs, which our server's policy forbids.
  async open(name, given) {
    const version = await versionOf(name);
    const context = await this.browser.newContext({ bypassCSP: true });
    this.contexts.push(context);
    const tab = await context.newPage();
    await tab.addInitScript((n) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: n });
    }, name === 'tfjs' ? 2 * given.threads : given.threads);
    await tab.goto(`http://localhost:${this.server.address().port}/`);
    const facts = await tab.evaluate(async ([module, settings]) => {
      window.peer = await (await import(`./${module}.js`)).open(settings);
      return { what: window.peer.what, threads: window.peer.threads, evaluates: Boolean(window.peer.evaluate) };
    }, [name, { ...given, version }]);
    return {
      what: facts.what,
      threads: facts.threads,
      train: (ms) => tab.evaluate((time) => window.peer.train(time), ms),
      evaluate: facts.evaluates && ((batch) => tab.evaluate((n) => window.peer.evaluate(10000, n), batch)),
      close: () => context.close().catch(() => {}),
    };
  }

  async close() {
    await Promise.all(this.contexts.map((context) => context.close().catch(() => {})));
    this.server.close();
  }
}
