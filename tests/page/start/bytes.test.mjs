// The bytes of one visit, whatever is opened: the page, its scripts and one of its two programs, gzipped. Data sets, and
// the types that only authors of scripts read, come apart.
// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { kRoot } from '../support/stage.mjs';
import { check, mustFail, test } from '../support/test.mjs';

const kMost = 1.2e6;  // bytes of a visit
const site = process.env.DESCENT_SITE ?? `${kRoot}dist`;
const kApart = [/^data\//, /\.d\.ts$/, /^descent-simd128\./];  // browsers with relaxed SIMD take the other program, which is the larger one
const isApart = (path) => kApart.some((apart) => apart.test(path));

function files() {
  return readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(site.length + 1));
}

const size = (path) => gzipSync(readFileSync(`${site}/${path}`), { level: 9 }).length;

function mustFit(bytes) {
  check(bytes <= kMost, `a visit takes ${Math.round(bytes / 1000)} kB of ${kMost / 1000}`);
}

test('bytes: a visit fits, and nothing that is counted apart is asked for', async (stage, note) => {
  const counted = files().filter((path) => !isApart(path));
  const bytes = counted.reduce((sum, path) => sum + size(path), 0);
  note(`${(bytes / 1000).toFixed(1)} kB`);
  mustFit(bytes);
  await mustFail(() => mustFit(bytes + kMost), 'a visit that is too large');
  check(size('descent-relaxed.wasm') >= size('descent-simd128.wasm'), 'the larger program is counted');
  const asked = new Set();
  const listen = ({ url }) => asked.add(new URL(url, stage.origin).pathname.slice(1) || 'index.html');
  stage.servers[0].on('request', listen);
  const page = await stage.newPage({ context: await stage.context() });
  for (const name of ['Network', 'Surfaces']) await page.click(name, 'tab');
  await page.settled();
  stage.servers[0].off('request', listen);
  const apart = [...asked].filter((path) => isApart(path) && !path.startsWith('data/'));
  check(asked.has('descent-relaxed.wasm') && asked.size > 10, `${asked.size} files are asked for`);
  check(apart.length === 0, `asked for, but counted apart: ${apart}`);
  page.noErrors();
});
