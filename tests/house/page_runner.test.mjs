// Page tests that fail (tests/page/run.mjs) get a second try alone; flaky ones are named; too many of them, or a
// failure that stays, fail the run. Small suites that need no browser show it.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from './rules.mjs';

const folder = mkdtempSync(join(tmpdir(), 'descent-runner-'));
after(() => rmSync(folder, { recursive: true }));

// A folder with two files of tests that do what their names' first word says.
function testsOf(names) {
  const tests = mkdtempSync(join(folder, 'tests-'));
  for (const [i, part] of [names.slice(0, 1), names.slice(1)].entries()) {
    writeFileSync(join(tests, `part_${i}.test.mjs`), `
      import { test } from '${join(root, 'tests/page/support/registered.mjs')}';
      const only = (process.env.DESCENT_PAGE_ONLY ?? '').split('\\n').filter((name) => name !== '');
      const first = process.env.DESCENT_PAGE_ATTEMPT === 'first';
      for (const name of ${JSON.stringify(part)}) {
        if (only.length > 0 && !only.includes(name)) continue;
        test(name, (t) => {
          if (name.startsWith('skipped')) t.skip('no data here');
          if (name.startsWith('broken') || (name.startsWith('flaky') && first)) throw new Error('it was ' + name);
          if (name.startsWith('crash')) process.exit(7);
        });
      }`);
  }
  return tests;
}

function run(names, ...args) {
  const { more } = typeof args.at(-1) === 'object' ? args.pop() : {};
  const tests = testsOf(names);
  if (more) writeFileSync(join(tests, 'more.test.mjs'), more);
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'tests/page/run.mjs'), ...args], {
    encoding: 'utf8', timeout: 60000,
    env: { ...process.env, DESCENT_PAGE_TESTS: tests, DESCENT_ARTIFACTS: join(folder, 'artifacts'), NODE_TEST_CONTEXT: '' },
  });
  return { status, lines: stdout.trimEnd().split('\n'), results: JSON.parse(readFileSync(join(folder, 'artifacts', 'results.json'), 'utf8')) };
}

test('all passed: the run passes, and its last line says so', () => {
  const { status, lines } = run(['good one', 'good two']);
  assert.equal(status, 0);
  assert.equal(lines.at(-1), 'page: 2 passed, 0 failed, 0 skipped');
});

test('a flaky test passes the run and is named, with what its first try said', () => {
  const { status, lines, results } = run(['good', 'flaky a']);
  assert.equal(status, 0);
  assert.equal(lines.at(-1), 'page: 2 passed, 0 failed, 0 skipped');
  assert.match(lines.find((line) => line.startsWith('FLAKY: flaky a')), /it was flaky a/);
  const kept = results.find(({ name }) => name === 'flaky a');
  assert.equal(kept.result, 'flaky');
  assert.match(kept.error, /it was flaky a/);
  assert.equal(kept.second.result, 'passed');
});

test('more than three flaky ones fail the run', () => {
  const { status, lines } = run(['flaky 1', 'flaky 2', 'flaky 3', 'flaky 4']);
  assert.equal(status, 1);
  assert.ok(lines.some((line) => line.startsWith('4 flaky tests; more than 3')));
});

test('--strict takes no second try', () => {
  const { status, lines } = run(['good', 'flaky a'], '--strict');
  assert.equal(status, 1);
  assert.equal(lines.at(-1), 'page: 1 passed, 1 failed, 0 skipped');
});

test('a failure that stays fails the run', () => {
  const { status, lines } = run(['good', 'broken']);
  assert.equal(status, 1);
  assert.ok(lines.some((line) => line.startsWith('FAILED: broken: Error: it was broken')));
});

test('a skipped test counts as skipped, never as passed', () => {
  const { status, lines } = run(['good', 'skipped']);
  assert.equal(status, 0);
  assert.equal(lines.at(-1), 'page: 1 passed, 0 failed, 1 skipped');
  assert.ok(lines.includes('skipped: skipped: no data here'));
});

test('a worker that ends by itself, or tests that are none, fail the run', () => {
  const { status, results } = run(['good', 'crash']);
  assert.equal(status, 1);
  assert.ok(results.some(({ name }) => /part_1\.test\.mjs ended by themselves with code 7/.test(name)));
  assert.equal(run([]).status, 1);
});

test('a file of tests that cannot be loaded fails the run', () => {
  const { status, lines } = run(['good'], '--strict', { more: 'import "./none.mjs";' });
  assert.equal(status, 1);
  assert.ok(lines.some((line) => /^FAILED: .*more\.test\.mjs can be loaded: .*none\.mjs/.test(line)));
});

test('--repeat runs it again and gives a table', () => {
  const { status, lines } = run(['good'], '--repeat', '2', '--busy');
  assert.equal(status, 0);
  assert.equal(lines.filter((line) => line === 'page: 1 passed, 0 failed, 0 skipped').length, 2);
  assert.match(lines.at(-1), /^ +2 +\d+ +1 +0 +0$/);
});
