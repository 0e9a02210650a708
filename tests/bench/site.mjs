// The site's part: the page in Chromium through the scripting interface, as a visitor has it (Network workspace on the
// screen, MNIST where the site has it).
// SPDX-License-Identifier: MIT
import { kRoot, Stage } from '../page/support/stage.mjs';
import { pauseLatency, predictOne, predictTenThousand, trainersEvaluation } from './answers.mjs';
import { backgroundSpeed } from './background.mjs';
import { lensRows } from './lens_figures.mjs';
import { lensTimes } from './lens_times.mjs';
import { memoryAtBatch } from './memory.mjs';
import { directBound, PeakMeter } from './peak_meter.mjs';
import { firstFrames, siteSizes } from './startup.mjs';
import { median } from './statistics.mjs';
import { surfaceFrames, surfaceRows } from './surface_frames.mjs';
import { number, percent, table, withSpread } from './table.mjs';
import { framesWhileTraining, kWarmUp, oneCycle, oneEpoch, oversubscribed, showNetwork, speedOf, trainingSpeeds } from './training.mjs';

const kBatches = [1, 8, 32, 128, 512];
const kPlan = { rounds: 5, ms: 1000, warmUp: kWarmUp, loads: 3, pauses: 20, predictions: 300, threads: [1, 2, 4, 8], batches: kBatches, surfaces: { ms: 4000, steps: 10000, turns: 10 }, lenses: { answers: 40, clicks: 20, studies: 5 } };
const kQuickPlan = { rounds: 1, ms: 100, loads: 1, pauses: 2, predictions: 20, threads: [1, 2], batches: [32], surfaces: { ms: 300, steps: 500, turns: 2 }, lenses: { answers: 3, clicks: 2, studies: 1 } };

export async function networkPage(stage) {
  const page = await stage.newPage();
  await showNetwork(page);
  return page;
}

// Peaks before, between and after, so that a figure of the table has one of its own minute.
async function training(stage, simd, plan, say) {
  const page = await networkPage(stage);
  const meter = await PeakMeter.open(stage, simd);
  const peaks = [await meter.measure()];
  const dataset = await page.run(() => window.descent.network.status().dataset);
  const speeds = [];
  for (const batch of plan.batches) {
    say(`training, batch ${batch}`);
    speeds.push(...await trainingSpeeds(page, plan.threads.map((threads) => ({ batch, threads })), plan));
    peaks.push(await meter.measure());
  }
  await meter.close();
  const peak = Object.fromEntries(Object.keys(peaks[0]).map((n) => [n, median(peaks.map((one) => one[n]))]));
  return { page, result: { dataset, peak_gflops: peak, peaks, speeds } };
}

export async function measureSite({ quick }, say) {
  const plan = quick ? kQuickPlan : kPlan;
  const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const stage = await Stage.open({ artifacts: '', root });
  const result = { browser: stage.browser.version(), plan };
  try {
    say('start of the page');
    result.start = await firstFrames(stage, plan.loads);
    const { page, result: trained } = await training(stage, (await infoOf(stage)).simd, plan, say);
    Object.assign(result, trained);
    result.info = await page.run(() => window.descent.info());
    say('frames, pauses, answers');
    result.frames = await framesWhileTraining(page, plan);
    result.pause_ms = await pauseLatency(page, plan.pauses);
    result.predict_one_ms = await predictOne(page, plan.predictions);
    result.predict_10000_ms = await predictTenThousand(page, plan.rounds);
    if (!quick) {
      result.epoch = await oneEpoch(page);
      result.cycle = await oneCycle(page);
    }
    say('lenses');
    result.lenses = await lensTimes(page, plan);
    result.evaluation_10000_ms = await trainersEvaluation(page, plan.rounds);
    await stage.closePages();
    result.memory = await memoryAtBatch(stage, Math.max(...plan.batches));
    say('picture of the surface');
    result.surfaces = await surfaceFrames(stage, plan.surfaces);
  } finally {
    await stage.close();
  }
  say('background tab');
  result.background = await backgroundSpeed(root, plan);
  result.size_gzipped = await siteSizes(root, result.info.simd);
  return result;
}

async function infoOf(stage) {
  const page = await stage.newPage();
  const info = await page.run(() => window.descent.info());
  await stage.closePages();
  return info;
}

function speedTable({ speeds, peak_gflops: peak, plan, dataset, browser, info }) {
  const rows = [`The page in Chromium ${browser}, ${info.simd} SIMD, ${dataset}: images/s while training, median of ${plan.rounds} windows`];
  rows.push(['batch', ...plan.threads.map((n) => `${n} thread${n === 1 ? '' : 's'}`)]);
  for (const batch of plan.batches) rows.push([String(batch), ...plan.threads.map((n) => withSpread(speedOf(speeds, batch, n)))]);
  rows.push(['all of it, direct, at the peak', ...plan.threads.map((n) => (peak[n] ? number(directBound(peak[n])) : '–'))]);
  rows.push(['peak GFLOP/s, in turns', ...plan.threads.map((n) => number(peak[n], 1))]);
  return table(rows);
}

const megabytes = (bytes) => (bytes === null ? '–' : `${number(bytes / 1e6)} MB`);

function scaling({ speeds, plan }) {
  const two = speedOf(speeds, 32, 2);
  const one = speedOf(speeds, 32, 1);
  const rows = [['batch 32: 2 threads against 1', `${number(median(two.values.map((value, i) => value / one.values[i])), 2)} x`]];
  for (const n of plan.threads.filter((threads) => threads > 2)) {
    rows.push([`batch 32: ${n} threads against 2`, percent(oversubscribed(speeds, 32, n))]);
  }
  return rows;
}

export function siteTables(result) {
  const { memory, background, start, epoch, cycle } = result;
  const ms = (value, decimals = 0) => `${withSpread(value, decimals)} ms`;
  return `${speedTable(result)}\n\n${table([
    ...scaling(result),
    ...(epoch ? [[`an epoch of ${number(epoch.images)} images with its evaluation`, `${number(epoch.seconds, 2)} s, ${percent(epoch.test_accuracy, 2)}`]] : []),
    ...(cycle ? [['one cycle of 3 epochs with their evaluations', `${number(cycle.seconds, 1)} s, ${percent(cycle.accuracies.at(-1), 2)}`]] : []),
    ['evaluation of 10,000 test images by the trainer', result.evaluation_10000_ms ? ms(result.evaluation_10000_ms) : '–'],
    ['predict() of 10,000 images', ms(result.predict_10000_ms)],
    ['predict() of one image, median / p95', `${number(result.predict_one_ms.median, 2)} / ${number(result.predict_one_ms.p95, 2)} ms`],
    ['pause takes effect, median / longest', `${number(result.pause_ms.median, 1)} / ${number(result.pause_ms.max, 1)} ms`],
    ['frame interval p95, training with all threads', ms(result.frames.p95_ms, 1)],
    ...surfaceRows(result.surfaces),
    ...lensRows(result.lenses),
    [`training in a background tab (${number(background.callbacks_per_second.hidden)} frames/s) against visible`, percent(background.ratio)],
    [`memory at batch ${memory.batch}: network`, megabytes(memory.network_bytes)],
    [`memory at batch ${memory.batch}: program with data set`, megabytes(memory.program_bytes)],
    [`memory at batch ${memory.batch}: tab's process`, megabytes(memory.tab_bytes)],
    ['first frame after navigation', ms(start.after_navigation_ms)],
    ['first frame after the last byte', ms(start.after_last_byte_ms)],
    ['one visit gzipped, data apart', `${number(result.size_gzipped.one_visit / 1e3)} kB`],
  ])}`;
}
