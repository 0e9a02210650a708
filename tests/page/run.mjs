// The page's tests in a real Chromium: node tests/page/run.mjs [--list] [--strict] [--repeat N] [--busy] [--long]
// [--test-…] [WORD...] (only tests whose name has a WORD; options of node:test are passed on).
//
// Workers run side by side, each a process with a browser of its own (suite.mjs) that asks for one file of tests after the
// other. A test that fails is run once more, alone, in a fresh browser: when it passes then it counts as passed and is
// named as flaky in the last lines, with the folders of what both runs left; more than three flaky ones fail the run.
// --strict gives no second try. --repeat runs all of it N times; --busy keeps one processor busy meanwhile. What failing
// tests leave is in $DESCENT_ARTIFACTS (default: page-tests in the cache folder). Ends with "page: N passed, N failed, N
// skipped". $DESCENT_PAGE_TESTS: another folder of tests, for the tests of this file.
// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

import { kArtifacts } from './support/artifacts.mjs';

const suite = fileURLToPath(new URL('./suite.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('./support/results_reporter.mjs', import.meta.url));
const tests = process.env.DESCENT_PAGE_TESTS ?? fileURLToPath(new URL('.', import.meta.url));
// One more than there are processors: a page waits for its next frame most of the time.
const kWorkers = availableParallelism() + 1;
const kMostFlaky = 3;

function options(args) {
  const found = { list: false, strict: false, busy: false, repeat: 1, nodes: [], words: [] };
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i];
    if (['--list', '--strict', '--busy'].includes(word)) found[word.slice(2)] = true;
    else if (word === '--long') process.env.DESCENT_TEST_LONG = '1';
    else if (word === '--repeat') found.repeat = Number(args[i += 1]);
    else if (word.startsWith('--test-')) found.nodes.push(word);
    else if (word.startsWith('-')) throw new Error(`run.mjs does not know ${word}`);
    else found.words.push(word);
  }
  if (!Number.isInteger(found.repeat) || found.repeat < 1) throw new Error('--repeat takes a whole number from 1 on');
  return found;
}

// All files of tests, the largest ones first: those that take longest do not stand alone at the end.
async function testFiles() {
  const names = (await readdir(tests, { recursive: true })).filter((name) => name.endsWith('.test.mjs') && !name.startsWith('node_modules'));
  const sized = await Promise.all(names.sort().map(async (name) => ({ file: join(tests, name), size: (await stat(join(tests, name))).size })));
  return sized.sort((a, b) => b.size - a.size).map(({ file }) => file);
}

// Runs one worker until `queue` is empty; resolves with its results [{name, result, seconds, error, skip}]. A process
// that ends before it has been told that there is nothing left is a failure of its own.
async function runWorker(number, queue, { nodes, words, list, only = [], attempt = 'first' }) {
  const file = join(kArtifacts, `results-${number}-${attempt}.ndjson`);
  await rm(file, { force: true });
  const shown = list || nodes.some((option) => option.startsWith('--test-reporter')) ? [] : ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const child = spawn(process.execPath, [...nodes, ...shown, `--test-reporter=${reporter}`, `--test-reporter-destination=${file}`, suite], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, DESCENT_PAGE_WORDS: words.join('\n'), DESCENT_PAGE_ONLY: only.join('\n'), DESCENT_PAGE_ATTEMPT: attempt },
  });
  let under_way = null, told = false;
  child.on('message', () => {
    under_way = queue.shift() ?? null;
    told = under_way === null;
    child.send({ file: under_way });
  });
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const results = lines.map((line) => JSON.parse(line));
  if (!told || (code !== 0 && !results.some(({ result }) => result === 'failed'))) {
    results.push({ name: `the tests of ${under_way} ended by themselves with code ${code}`, result: 'failed', seconds: 0, error: '' });
  }
  return results;
}

async function runWorkers(settings, count) {
  const queue = await testFiles();
  return (await Promise.all(Array.from({ length: count }, (_, i) => runWorker(i + 1, queue, settings)))).flat();
}

// The failed ones again, each alone. Those that pass are flaky now.
async function again(results, settings) {
  for (const test of results.filter(({ result }) => result === 'failed')) {
    console.log(`\n== once more, alone: ${test.name}`);
    const [second] = await runWorkers({ ...settings, words: [], only: [test.name], attempt: 'second' }, 1);
    test.second = second ?? { result: 'failed', error: 'it was not found again' };
    if (test.second.result === 'passed') test.result = 'flaky';
  }
}

const countOf = (results, ...kinds) => results.filter(({ result }) => kinds.includes(result)).length;

function summary(results, seconds) {
  const slowest = [...results].sort((a, b) => b.seconds - a.seconds).slice(0, 5);
  console.log(`\nslowest: ${slowest.map((test) => `${test.name.slice(0, 50)} ${test.seconds.toFixed(1)} s`).join('; ')}`);
  for (const test of results.filter(({ result }) => result === 'skipped')) console.log(`skipped: ${test.name}: ${test.skip}`);
  for (const test of results.filter(({ result }) => result === 'failed')) console.log(`FAILED: ${test.name}: ${test.error?.split('\n')[0]}`);
  for (const test of results.filter(({ result }) => result === 'flaky')) {
    console.log(`FLAKY: ${test.name}: failed, and passed when it was run alone; first ${test.error?.split('\n')[0]}`);
  }
  if (countOf(results, 'failed', 'flaky') > 0) console.log(`what they left: ${join(kArtifacts, 'failed')}`);
  const flaky = countOf(results, 'flaky');
  if (flaky > kMostFlaky) console.log(`${flaky} flaky tests; more than ${kMostFlaky} fail the run`);
  console.log(`${seconds.toFixed(0)} s, ${flaky} flaky`);
  console.log(`page: ${countOf(results, 'passed', 'flaky')} passed, ${countOf(results, 'failed')} failed, ${countOf(results, 'skipped')} skipped`);
}

const good = (results) => results.length > 0 && countOf(results, 'failed') === 0 && countOf(results, 'flaky') <= kMostFlaky;

async function runAll(settings) {
  const started = performance.now();
  await rm(join(kArtifacts, 'failed'), { recursive: true, force: true });
  const results = await runWorkers(settings, kWorkers);
  if (!settings.strict) await again(results, settings);
  await writeFile(join(kArtifacts, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  const seconds = (performance.now() - started) / 1000;
  summary(results, seconds);
  return { results, seconds };
}

const settings = options(process.argv.slice(2));
await mkdir(kArtifacts, { recursive: true });
if (settings.list) {
  process.env.DESCENT_PAGE_LIST = '1';
  await runWorkers(settings, 1);
  process.exit();
}
const busy = settings.busy ? new Worker('for (;;);', { eval: true }) : null;
const rounds = [];
for (let i = 0; i < settings.repeat; i += 1) {
  if (settings.repeat > 1) console.log(`\n==== round ${i + 1} of ${settings.repeat}`);
  rounds.push(await runAll(settings));
}
await busy?.terminate();
if (rounds.length > 1) {
  console.log('\nround  seconds  passed  flaky  failed');
  rounds.forEach(({ results, seconds }, i) => console.log([i + 1, seconds.toFixed(0), countOf(results, 'passed', 'flaky'), countOf(results, 'flaky'), countOf(results, 'failed')].map((cell, k) => String(cell).padStart([5, 9, 8, 7, 8][k])).join('')));
}
process.exit(rounds.every(({ results }) => good(results)) ? 0 : 1);
