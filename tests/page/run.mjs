// The page's tests in a real Chromium: node tests/page/run.mjs [--list] [WORD...] (only tests whose name has a WORD).
// One server with isolation headers and one without, one browser; every test asks the page itself, through real input and
// through window.descent. Screenshots are kept in $DESCENT_ARTIFACTS (default: page-tests in the cache folder).
// Ends with "N passed, N failed".
// SPDX-License-Identifier: MIT
import { mkdir, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Stage } from './support/stage.mjs';
import { allTests } from './support/runner.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = process.env.DESCENT_CACHE ?? join(homedir(), '.cache', 'descent');
const artifacts = process.env.DESCENT_ARTIFACTS ?? join(cache, 'page-tests');

async function loadTests() {
  const files = (await readdir(here)).filter((name) => name.endsWith('.test.mjs')).sort();
  for (const file of files) await import(pathToFileURL(join(here, file)));
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  return allTests().filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

async function runOne(stage, { name, run, seconds }) {
  const started = performance.now();
  const notes = [];
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), 1000 * seconds);
  });
  try {
    await Promise.race([run(stage, (text) => notes.push(text)), late]);
    return { ok: true, notes, took: performance.now() - started };
  } catch (error) {
    return { ok: false, notes, error, took: performance.now() - started };
  } finally {
    clearTimeout(timer);
    await stage.closePages();
  }
}

function report(name, { ok, notes, error, took }) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}  (${(took / 1000).toFixed(1)} s)`);
  for (const note of notes) console.log(`        ${note}`);
  if (!ok) console.log(`        ${(error.stack ?? String(error)).split('\n').slice(0, 6).join('\n        ')}`);
}

const tests = await loadTests();
if (process.argv.includes('--list')) {
  for (const { name } of tests) console.log(name);
  process.exit(0);
}
await mkdir(artifacts, { recursive: true });
const stage = await Stage.open({ artifacts });
let failed = 0;
for (const one of tests) {
  const result = await runOne(stage, one);
  if (!result.ok) failed += 1;
  report(one.name, result);
}
await stage.close();
console.log(`screenshots: ${artifacts}`);
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && tests.length > 0 ? 0 : 1);
