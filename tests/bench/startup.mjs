// Time to the first frame and what a visit downloads.
// SPDX-License-Identifier: MIT
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { summary } from './statistics.mjs';

// Each load has a fresh profile, so nothing is cached, and comes from the local disk, so the network is left out.
export async function firstFrames(stage, loads) {
  const navigation = [];
  const lastByte = [];
  for (let i = 0; i < loads; i += 1) {
    const page = await stage.newPage();
    const [frame, downloaded] = await page.run(() => ['descent:first-frame', 'descent:downloaded']
      .map((name) => performance.getEntriesByName(name)[0].startTime));
    navigation.push(frame);
    lastByte.push(frame - downloaded);
    await stage.closePages();
  }
  return { after_navigation_ms: summary(navigation), after_last_byte_ms: summary(lastByte) };
}

// Bytes with gzip -9, data sets apart. one_visit: a browser takes one of the two programs, here the given one, and no
// declarations for editors.
export async function siteSizes(root, simd) {
  const files = {};
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isFile()) files[entry.name] = gzipSync(await readFile(join(root, entry.name)), { level: 9 }).length;
  }
  const total = (names) => names.reduce((sum, name) => sum + files[name], 0);
  const other = new RegExp(`^descent-(?!${simd})(relaxed|simd128)\\.|\\.d\\.ts$`);
  return { files, all: total(Object.keys(files)), one_visit: total(Object.keys(files).filter((name) => !other.test(name))) };
}
