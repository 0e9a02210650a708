// The site's part: the page in Chromium, through the scripting interface.
// SPDX-License-Identifier: MIT
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { kRoot, Stage } from '../page/support/stage.mjs';
import { median } from './statistics.mjs';
import { table } from './table.mjs';

const kWindows = 5;
const kLoads = 3;

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

export async function measureSite({ quick }, say) {
  say('the page in Chromium');
  const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const seconds = quick ? 0.5 : 4;
  const stage = await Stage.open({ artifacts: '', root });
  const result = { browser: stage.browser.version() };
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
  return result;
}

export function siteTables(result) {
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
  return table(rows);
}
