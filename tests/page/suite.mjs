// All tests of one lane, in this process and one browser: node [--test-reporter=…] tests/page/suite.mjs LANE, where LANE
// is "screen" (what is looked at and worked by hand) or "script" (what needs no pixel: tests/page/script/).
// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const lane = process.argv[2];

const entries = await readdir(here, { recursive: true });
const files = entries.filter((name) => name.endsWith('.test.mjs') && !name.startsWith('node_modules')).sort();
const ofLane = files.filter((name) => name.startsWith('script') === (lane === 'script'));
for (const file of ofLane) await import(pathToFileURL(join(here, file)));
