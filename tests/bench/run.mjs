// Measurements of the page in Chromium: node tests/bench/run.mjs [--seconds N] [--json FILE]
// Images a second at batch 32 with the seed network (median of several windows of N seconds) with one and with two
// threads, time of an evaluation, time to the first frame, intervals between frames while training, size of the site. A
// table for people, JSON for machines (default: bench.json in $DESCENT_ARTIFACTS or the cache folder).
// SPDX-License-Identifier: MIT
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { kRoot, Stage } from '../page/support/stage.mjs';

const kWindows = 5;
const kLoads = 3;

function argument(name, fallback) {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : fallback;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function firstFrames(stage) {
  const times = [];
  for (let i = 0; i < kLoads; i += 1) {
    const page = await stage.page();
    times.push(await page.run(() => {
      const at = (name) => performance.getEntriesByName(name)[0].startTime;
      return { from_navigation: at('descent:first-frame'), from_last_byte: at('descent:first-frame') - at('descent:downloaded') };
    }));
    await stage.closePages();
  }
  return {
    first_frame_ms: median(times.map((t) => t.from_navigation)),
    first_frame_after_last_byte_ms: median(times.map((t) => t.from_last_byte)),
  };
}

// Steps counted by the trainer over its own training time, so that the driver's delays do not matter.
async function speed(page, threads, seconds) {
  await page.run((t) => window.descent.network.configure({ threads: t, batch_size: 32, epochs: 1000 }), threads);
  await page.run(() => window.descent.network.reset());
  await page.run(() => { window.descent.network.train({ epochs: 1000 }).catch(() => {}); });
  await page.tab.waitForTimeout(2000);  // hot code is compiled again with optimisation
  await page.run(() => window.descent.ui.frames());
  const windows = [];
  for (let i = 0; i < kWindows; i += 1) {
    windows.push(await page.run(async (ms) => {
      const read = () => ({ steps: window.descent.network.status().step, at: performance.now() });
      const a = read();
      await new Promise((resolve) => setTimeout(resolve, ms));
      const b = read();
      return (32 * (b.steps - a.steps) * 1000) / (b.at - a.at);
    }, 1000 * seconds));
  }
  const frames = await page.run(() => window.descent.ui.frames());
  await page.run(() => window.descent.network.pause());
  return { images_per_second: median(windows), windows, frames };
}

// The forward pass alone, over the whole test set: predict() in one call.
async function evaluation(page) {
  return page.run(async () => {
    const images = new Float32Array(10000 * 784).map((_, i) => (i % 251) / 250);
    await window.descent.network.predict(images);
    const started = performance.now();
    await window.descent.network.predict(images);
    return performance.now() - started;
  });
}

async function siteSizes(root) {
  const sizes = {};
  let total = 0;
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = gzipSync(await readFile(join(root, entry.name)), { level: 9 }).length;
    sizes[entry.name] = bytes;
    total += bytes;
  }
  // A visitor's browser takes one of the two programs.
  const other = (sizes['descent-simd128.wasm'] ?? 0) + (sizes['descent-simd128.js'] ?? 0);
  return { files: sizes, all: total, one_visit: total - other };
}

const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
const seconds = Number(argument('--seconds', '4'));
const cache = process.env.DESCENT_CACHE ?? join(homedir(), '.cache', 'descent');
const file = argument('--json', join(process.env.DESCENT_ARTIFACTS ?? cache, 'bench.json'));

const stage = await Stage.open({ artifacts: dirname(file), root });
const result = { machine: { cpu: cpus()[0].model, threads: cpus().length, browser: stage.browser.version() } };
Object.assign(result, await firstFrames(stage));
const page = await stage.page();
result.info = await page.run(() => window.descent.info());
await page.run(async () => {
  await window.descent.apply({ ...window.descent.state(), workspace: 'network' });
  await window.descent.network.step(1);
});
result.dataset = await page.run(() => window.descent.network.status().dataset);
result.one_thread = await speed(page, 1, seconds);
result.two_threads = await speed(page, 2, seconds);
result.evaluation_10000_ms = await evaluation(page);
await stage.close();
result.size_gzipped = await siteSizes(root);

const rows = [
  ['images/s, batch 32, 1 thread', result.one_thread.images_per_second.toFixed(0)],
  ['images/s, batch 32, 2 threads', result.two_threads.images_per_second.toFixed(0)],
  ['10,000 images forward, 2 threads', `${result.evaluation_10000_ms.toFixed(0)} ms`],
  ['first frame after navigation', `${result.first_frame_ms.toFixed(0)} ms`],
  ['first frame after the last byte', `${result.first_frame_after_last_byte_ms.toFixed(0)} ms`],
  ['frame interval p95, training, 1 thread', `${result.one_thread.frames.p95_ms.toFixed(1)} ms`],
  ['frame interval p95, training, 2 threads', `${result.two_threads.frames.p95_ms.toFixed(1)} ms`],
  ['site gzipped, one visit, data apart', `${(result.size_gzipped.one_visit / 1e3).toFixed(0)} kB`],
];
console.log(`${result.machine.cpu}, ${result.machine.threads} threads, Chromium ${result.machine.browser}, ${result.dataset}`);
for (const [name, value] of rows) console.log(`${name.padEnd(44)}${value.padStart(12)}`);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(`written to ${file}`);
