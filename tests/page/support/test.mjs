// test(): a test of the page, run by node:test. Each gets the stage, on which it opens pages, and may add notes to the
// report or skip itself. What a failing test leaves behind is in a folder of its own, named in the report.
// SPDX-License-Identifier: MIT
import { keepEvidence } from './evidence.mjs';
import { atEnd, test as register } from './registered.mjs';
import { Stage } from './stage.mjs';

export { check, close, equal, isClose, matches, mustFail, until } from './checks.mjs';

let opening = null;
const theStage = () => (opening ??= Stage.open({ sparing: true }));

atEnd(async () => {
  if (!opening) return;
  const stage = await opening;
  for (const line of stage.pool.report()) console.log(line);
  await stage.close();
});

// Names of the only tests to run, one a line; empty: all.
const only = new Set((process.env.DESCENT_PAGE_ONLY ?? '').split('\n').filter((name) => name !== ''));

// The words of the command line: a test whose name has one of them runs.
const words = (process.env.DESCENT_PAGE_WORDS ?? '').split('\n').filter((word) => word !== '');

const wanted = (name) => (only.size === 0 || only.has(name)) && (words.length === 0 || words.some((word) => name.includes(word)));

// Ends what waits for ever, never what is slow.
async function within(seconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), 1000 * seconds);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

// run(stage, note, skip): note(text) adds a line to the report; skip(reason) has the test counted as skipped, and what
// comes after it in `run` is the caller's to leave out. seconds: after which it counts as hanging. long: only with --long.
export function test(name, run, { seconds = 240, long = false } = {}) {
  if (!wanted(name) || (long && !process.env.DESCENT_TEST_LONG)) return;
  if (process.env.DESCENT_PAGE_LIST) {
    console.log(name);
    return;
  }
  register(name, async (t) => {
    const stage = await theStage();
    stage.pool.begin(name);
    let passed = false;
    try {
      await within(seconds, () => run(stage, (text) => t.diagnostic(text), (reason) => t.skip(reason)));
      for (const page of stage.pages()) page.noFaults();
      passed = true;
    } catch (error) {
      const folder = await keepEvidence(stage, name, error);
      t.diagnostic(`what it left: ${folder}`);
      throw error;
    } finally {
      await stage.endTest(passed);
    }
  });
}
