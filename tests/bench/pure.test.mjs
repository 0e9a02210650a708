// The parts of the bench that measure nothing: statistics, options, tables, the lines of the kernels' program.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { kernelTable, readLines } from './kernel_lines.mjs';
import { lensRatios, lensRows } from './lens_figures.mjs';
import { markdown } from './markdown.mjs';
import { parseOptions } from './options.mjs';
import { hasAvx512 } from './peers/torch.mjs';
import { median, quantile, ratios, spread, summary } from './statistics.mjs';
import { surveyFigures } from './survey_figures.mjs';
import { number, percent, table, withSpread } from './table.mjs';

test('quantiles lie between the values', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.95), 4.8);
  assert.equal(quantile([7], 0.3), 7);
  assert.equal(spread([9, 10, 12]), 0.15);
  assert.deepEqual(summary([2, 1]), { median: 1.5, spread: 0.5 / 1.5, values: [2, 1] });
});

test('a statistic of nothing, or of something that is no number, is refused', () => {
  for (const values of [[], [1, NaN], [Infinity]]) assert.throws(() => median(values));
});

test('ratios compare rounds with each other, not medians', () => {
  // The machine was slow in the middle round; both were, so the ratio does not change.
  const rounds = { ours: [100, 50, 100], theirs: [50, 25, 50] };
  assert.deepEqual(ratios(rounds, 'ours'), { ours: 1, theirs: 0.5 });
  assert.equal(ratios({ ours: [1, 2], theirs: [NaN, NaN] }, 'ours').theirs, null);
});

test('surveys: ratios compare a line with the reference and with one thread of its round', () => {
  const lines = (factor) => [['one by one', 1, 10], ['basins 512 x 512', 1, 100], ['basins 512 x 512', 2, 190], ['sweep 10 x 100', 1, 50], ['sweep 10 x 100', 2, 90]]
    .map(([what, threads, rate]) => ({ what, surface: 'himmelblau', threads, steps_per_second: rate * factor, seconds: 1 / (rate * factor) }));
  const found = surveyFigures([lines(1), lines(0.25), lines(1)]);
  assert.deepEqual(found.map((one) => one.against_reference), [null, 10, 19, null, null]);
  assert.deepEqual(found.map((one) => one.against_one_thread), [null, null, 1.9, null, 1.8]);
  assert.equal(found[2].steps_per_second.median, 190);
  assert.throws(() => surveyFigures([lines(NaN)]));
});

test('lenses: speed against Training within a round, and what is asked stands beside each figure', () => {
  // The machine was slow in the second round; both were.
  const shares = lensRatios({ training: [100, 50, 100], gradients: [95, 47, 96], weights: [80, 40, 85], predictions: [100, 50, 99] });
  assert.deepEqual(shares, { training: 1, gradients: 0.95, weights: 0.8, predictions: 1 });
  const one = (value) => summary([value]);
  const rest = { explain: one(2), weight: one(3), unit: one(2.5), jacobian: one(5), spectrum: one(60.25), ranks: summary([480, 500, 700]), confusion: one(900), calibration: one(1100), posterior: one(3000), another: one(4) };
  const click = summary(Array.from({ length: 21 }, (_, i) => 10 + i));
  const result = { rest, training: { explain: one(9), weight: one(17), unit: one(8) }, click, ratios: shares, same_bits: true };
  const rows = Object.fromEntries(lensRows(result));
  const value = (start) => Object.entries(rows).find(([what]) => what.startsWith(start))[1];
  assert.equal(value('Jacobian'), '5.0 ms (asked 5)');
  assert.equal(value('singular values'), '60.3 ms (asked 50, missed)');
  assert.equal(value('accuracy at all ranks'), '500.0 ms (asked 500)');
  assert.equal(value('calibration'), '1,100.0 ms (asked 1000, missed)');
  assert.equal(value('the last layer’s posterior'), '3,000.0 ms (asked 2000, missed)');
  assert.equal(rows['a weight’s terms and central difference, while training'], '17.0 ms (asked 16, missed)');
  assert.equal(value('from a click'), '20.0 / 29.0 ms (asked 16, missed)');
  assert.equal(value('training with the lens Gradients'), '95 % (asked 90 %)');
  assert.equal(value('training with the lens Weights'), '80 % (asked 90 %, missed)');
  assert.equal(value('weights after'), 'the same bits');
  assert.equal(Object.fromEntries(lensRows({ ...result, same_bits: false }))['weights after a run with and without lenses'], 'not the same bits, missed');
  assert.throws(() => lensRows({ ...result, click: { values: [] } }));
});

test('options: parts, filters and files', () => {
  assert.deepEqual(parseOptions([]).parts, ['kernels', 'site']);
  const { parts, filters, json, quick } = parseOptions(['--kernels', 'conv2 forward', 'dense', '--quick', '--json', 'a.json']);
  assert.deepEqual([parts, filters, json, quick], [['kernels'], ['conv2 forward', 'dense'], 'a.json', true]);
  assert.deepEqual(parseOptions(['--peers', '--accuracy']).parts, ['peers', 'accuracy']);
});

for (const words of [['--wrong'], ['conv2'], ['--json'], ['--flavour', 'avx']]) {
  test(`options: '${words.join(' ')}' is refused`, () => assert.throws(() => parseOptions(words)));
}

const kLines = [
  '{"name":"peak","threads":1,"gflops":60.5}',
  '{"name":"conv2","pass":"forward","threads":1,"us_per_image":79.1,"done_gflops":56.4,"done_percent":93.2,"direct_percent":93.2}',
  '{"name":"peak","threads":2,"gflops":120}',
  '{"name":"conv2","pass":"forward","threads":2,"us_per_image":39.9,"done_gflops":111.5,"done_percent":92.9,"direct_percent":92.9}',
];

test('lines of the kernels’ program become one row for each pass', () => {
  const read = readLines(kLines);
  assert.deepEqual(read.peak, { 1: 60.5, 2: 120 });
  assert.equal(read.cases.length, 1);
  assert.equal(read.cases[0].by_threads[2].us_per_image, 39.9);
  const text = kernelTable('Here', read);
  assert.match(text, /^Here: peak 60\.5 GFLOP\/s on 1 thread, 120\.0 GFLOP\/s on 2 threads\n/);
  assert.match(text, /conv2 forward +79\.10 +56\.4 +93 % +93 % +– +39\.90 +111\.5 +93 % +93 % +–$/m);
});

test('a line that is no JSON is not passed over', () => assert.throws(() => readLines(['{"name":"peak","gflops":inf}'])));

test('tables are aligned, and figures are written for people', () => {
  assert.equal(table(['Title', ['a', '1'], ['bcd', '100']]), 'Title\na      1\nbcd  100');
  assert.deepEqual([number(12345.6), number(NaN), number(1.005, 1), percent(0.5)], ['12,346', '–', '1.0', '50 %']);
  assert.deepEqual([withSpread(summary([90, 100, 110])), withSpread(summary([5]))], ['100 ± 10 %', '5']);
});

test('AVX-512 is read from the processor’s flags', () => {
  assert.equal(hasAvx512('flags\t\t: fpu avx2 avx512f avx512dq\n'), true);
  assert.equal(hasAvx512('flags\t\t: fpu avx2\nmodel name: avx512f\n'), false);
});

test('RESULTS.md’s tables come out of a run’s JSON, and only what was measured', () => {
  const run = (threads, images, ratio) => ({ name: 'Other', what: 'Other 1.0, native', threads, images_per_second: summary([images]), ratio });
  const result = {
    date: '2026-01-02T03:04:05Z',
    machine: { cpu: 'A processor', threads: 2 },
    peers: { browser: '1.2', peers: [run(1, 1234, 0.5), { name: 'Other', threads: 2, missing: 'not installed' }] },
    kernels: { flavours: { relaxed: readLines(kLines) } },
  };
  const text = markdown(result);
  assert.match(text, /^Measured on 2026-01-02: A processor, 2 cores, Chromium 1\.2\./);
  assert.match(text, /^\| Other 1\.0, native \| 1,234 \(0\.50\) \| – \|$/m);
  assert.match(text, /^\| conv2 forward \| 79\.10 \| 56\.4 \| 93 % \| 93 % \| 39\.90 \|/m);
  assert.doesNotMatch(text, /seeds|batch 512|NaN|undefined/);
});
