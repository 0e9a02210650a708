// The tables of RESULTS.md out of a run's JSON: node tests/bench/markdown.mjs FILE, the result of
// ./descent bench --kernels --site --surfaces --peers --accuracy --json FILE. Parts that were not measured are left out.
// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { accuracyRuns } from './accuracy_runs.mjs';
import { lensRows } from './lens_figures.mjs';
import { median } from './statistics.mjs';
import { surfaceRows } from './surface_frames.mjs';
import { kSurveyHead, surveyRow } from './survey_figures.mjs';
import { number, percent } from './table.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;
const grid = (head, rows) => [row(head), `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(row)].join('\n');
const spreadOf = ({ median: middle, spread }) => `${number(middle)} ± ${percent(spread)}`;

function peerGrid({ peers }) {
  const cell = (name, threads) => {
    const one = peers.find((peer) => peer.name === name && peer.threads === threads);
    return one.missing ? '–' : `${number(one.images_per_second.median)} (${number(one.ratio, 2)})`;
  };
  const rows = [...new Set(peers.map((one) => one.name))].map((name) => {
    const what = peers.find((one) => one.name === name).what ?? name;
    return [what.startsWith(name.split(',')[0]) ? what : `${name}: ${what}`, cell(name, 1), cell(name, 2)];
  });
  return grid(['training, batch 32, images/s (ratio to Descent)', '1 thread', '2 threads'], rows);
}

function speedGrid({ speeds, plan, peak_gflops: peak }) {
  const rows = plan.batches.map((batch) => [`batch ${batch}`, ...plan.threads.map((threads) => spreadOf(
    speeds.find((one) => one.batch === batch && one.threads === threads).images_per_second))]);
  rows.push(['peak of the minute, GFLOP/s', ...plan.threads.map((n) => number(peak[n], 1))]);
  return grid(['training, images/s', ...plan.threads.map((n) => `${n} thread${n === 1 ? '' : 's'}`)], rows);
}

function siteGrid(site) {
  const { memory, background, start, epoch, cycle, frames, pause_ms: pause, predict_one_ms: one } = site;
  return grid(['', ''], [
    ...(epoch ? [['an epoch of 60,000 images and its evaluation', `${number(epoch.seconds, 1)} s, ${percent(epoch.test_accuracy, 2)}`]] : []),
    ...(cycle ? [['one cycle of 3 epochs and their evaluations', `${number(cycle.seconds, 1)} s, ${percent(cycle.accuracies.at(-1), 2)}`]] : []),
    ...(site.evaluation_10000_ms ? [['evaluation of 10,000 test images', `${number(site.evaluation_10000_ms.median)} ms`]] : []),
    ['`predict` of one image', `${number(one.median, 2)} ms`],
    ['interval between frames while training, 95 %', `${number(frames.p95_ms.median, 1)} ms`],
    ...(site.surfaces ? surfaceRows(site.surfaces) : []),
    ...(site.lenses ? lensRows(site.lenses) : []),
    ['pause takes effect: median, longest of 20', `${number(pause.median)} ms, ${number(pause.max)} ms`],
    ['speed in a background tab', `${percent(background.ratio)} of that in front`],
    [`memory at batch ${memory.batch}: network; whole program with data set`, `${number(memory.network_bytes / 1e6)} MB; ${number(memory.program_bytes / 1e6)} MB`],
    ['first frame after navigation; after the last byte', `${number(start.after_navigation_ms.median)} ms; ${number(start.after_last_byte_ms.median)} ms`],
    ['one visit, gzipped, data apart', `${number(site.size_gzipped.one_visit / 1e3)} kB`],
  ]);
}

function kernelGrid({ flavours: { relaxed } }) {
  const threads = Object.keys(relaxed.peak);
  const rows = relaxed.cases.filter((one) => threads.some((n) => one.by_threads[n]?.done_percent)).map((one) => [
    `${one.name} ${one.pass}`,
    ...threads.flatMap((n) => {
      const found = one.by_threads[n] ?? {};
      return [number(found.us_per_image, 2), number(found.done_gflops, 1), percent(found.done_percent / 100), percent(found.direct_percent / 100)];
    }),
  ]);
  return grid(['kernel, relaxed SIMD in Chromium', ...threads.flatMap((n) => [`µs/image, ${n} thread${n === '1' ? '' : 's'}`, 'GFLOP/s', 'of peak', 'direct'])], rows);
}

function accuracyGrid(result) {
  const { epochs } = result;
  const each = (runs, n) => (runs.some((run) => run.accuracies[n - 1] === undefined) ? '–' : runs.map((run) => percent(run.accuracies[n - 1], 2)).join(', '));
  const rows = accuracyRuns(result).map(([name, runs]) => [name, ...epochs.map((n) => each(runs, n)), number(median(runs.map(({ seconds }) => seconds)), 1)]);
  return grid(['test accuracy with seeds 1, 2, …', ...epochs.map((n) => `${n} epoch${n === 1 ? '' : 's'}`), 'seconds, median'], rows);
}

const surveyGrid = ({ figures }) => grid(kSurveyHead, figures.map(surveyRow));

// The grids of what was measured, one after the other.
export function markdown(result) {
  const browser = result.site?.browser ?? result.peers?.browser ?? result.kernels?.browser;
  const head = `Measured on ${result.date.slice(0, 10)}: ${result.machine.cpu}, ${result.machine.threads} cores, Chromium ${browser}.`;
  const parts = [['peers', peerGrid], ['site', speedGrid], ['site', siteGrid], ['surfaces', surveyGrid], ['accuracy', accuracyGrid], ['kernels', kernelGrid]];
  return [head, ...parts.filter(([name]) => result[name]).map(([name, make]) => make(result[name]))].join('\n\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(markdown(JSON.parse(await readFile(process.argv[2], 'utf8'))));
}
