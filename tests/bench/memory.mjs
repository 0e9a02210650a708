// Memory while training: the program's own (what it uses of its WebAssembly memory, data sets included), what the trainer says of the
// network, and what the browser's process for the tab holds (Linux: proportional set size).
// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';

import { pauseTraining, showNetwork, startTraining } from './training.mjs';

async function residentBytes(stage) {
  const session = await stage.browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(processInfo.filter(({ type }) => type === 'renderer').map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    return 1024 * Number(text.match(/^Pss: +(\d+) kB/m)?.[1] ?? NaN);
  }));
  const known = sizes.filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : null;
}

// On a page of its own, so that nothing was allocated for other batch sizes. ms: of training before it is read.
export async function memoryAtBatch(stage, batch, ms = 2000) {
  const page = await stage.newPage();
  await showNetwork(page);
  await startTraining(page, { batch_size: batch, threads: 0 });
  await page.tab.waitForTimeout(ms);
  const program = await page.run(() => window.descent.info().memory_used);
  const tab = await residentBytes(stage);
  const { memory_bytes: network } = await pauseTraining(page);
  await stage.closePages();
  return { batch, network_bytes: network, program_bytes: program, tab_bytes: tab };
}
