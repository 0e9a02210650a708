// Images a second while training: steps counted by the trainer, against the clock on the wall. All configurations take
// turns, so that a slow minute of the machine slows all of them; each figure is the median of several windows.
// SPDX-License-Identifier: MIT
import { median, summary } from './statistics.mjs';

const kSettle = 300;  // ms after a change of configuration
// Browsers compile hot functions of a program a second time, and better, while it runs: the first seconds are slower. All
// libraries in a browser are given this time before they are measured.
export const kWarmUp = 6000;  // ms
const kTries = 5;

// Runs in the page: images in one window of `ms`. The edges of the window are moments at which the step count changed, so
// the rhythm in which the trainer reports does not matter. An evaluation of the test set within a window spoils it.
// fresh: the window begins where an epoch begins.
async function imagesInWindow({ ms, batch, fresh }) {
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const change = async (field) => {
    const { [field]: before } = window.descent.network.status();
    for (;;) {
      await sleep(2);
      const { step, epoch, state } = window.descent.network.status();
      if ({ step, epoch }[field] !== before || !['training', 'evaluating'].includes(state)) return { step, epoch, state, at: performance.now() };
    }
  };
  if (fresh) await change('epoch');
  const from = await change('step');
  await sleep(ms);
  const to = await change('step');
  const whole = from.state === 'training' && to.state === 'training' && from.epoch === to.epoch;
  return { whole, rate: (1000 * batch * (to.step - from.step)) / (to.at - from.at), state: to.state };
}

export async function imagesPerSecond(page, ms, batch) {
  for (let i = 0; i < kTries; i += 1) {
    const found = await page.run(imagesInWindow, { ms, batch, fresh: i > 0 });
    if (found.whole) return found.rate;
    if (!['training', 'evaluating'].includes(found.state)) throw new Error(`training has stopped: ${found.state}`);
  }
  throw new Error(`no window of ${ms} ms without an evaluation: an epoch is too short for it`);
}

// The Network workspace on the screen, with its data set: the first step waits for that.
export async function showNetwork(page) {
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
  await page.run(() => window.descent.network.step(1));
}

export async function startTraining(page, settings = {}) {
  await page.run((given) => window.descent.network.configure({ epochs: 1000, ...given }), settings);
  await page.run(() => { window.descent.network.train({ epochs: 1000 }).catch(() => {}); });
}

export const pauseTraining = (page) => page.run(() => window.descent.network.pause());

// configurations: [{batch, threads}]. Resolves with [{batch, threads, images_per_second}].
export async function trainingSpeeds(page, configurations, { rounds, ms, warmUp = 0, settle = kSettle }) {
  const found = configurations.map((one) => ({ ...one, rates: [] }));
  await startTraining(page);
  await page.tab.waitForTimeout(warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const one of found) {
      await page.run(([batch_size, threads]) => window.descent.network.configure({ batch_size, threads }), [one.batch, one.threads]);
      await page.tab.waitForTimeout(settle);
      one.rates.push(await imagesPerSecond(page, ms, one.batch));
    }
  }
  await pauseTraining(page);
  return found.map(({ rates, ...one }) => ({ ...one, images_per_second: summary(rates) }));
}

// oneEpoch() takes from the start to the end of one epoch, its evaluation included.
export async function oneEpoch(page) {
  await page.run(() => window.descent.network.configure({ batch_size: 32, threads: 0 }));
  await page.run(() => window.descent.network.reset());
  return page.run(async () => {
    const started = performance.now();
    const status = await window.descent.network.train({ epochs: 1 });
    return { seconds: (performance.now() - started) / 1000, test_accuracy: status.test.accuracy, images: status.train_count };
  });
}

// The runs of the buttons "One cycle", by their epochs.
export const kCycles = {
  1: { optimizer: 'adamw', peak_at: 0.15, batch_size: 16 },
  3: { optimizer: 'adam', peak_at: 0.3, batch_size: 32 },
};
export const kCycleRate = 0.003;

// seconds: training and evaluations, as the trainer counts them.
export async function oneCycle(page, seed = 1, epochs = 3) {
  const set = (given) => page.run((more) => window.descent.network.configure({ threads: 0, ...more }), given);
  const { optimizer, peak_at: peak, batch_size: batch } = kCycles[epochs];
  await set({
    seed, optimizer, hyperparameters: { learning_rate: kCycleRate }, batch_size: batch, epochs, schedule: 'one_cycle', schedule_parameters: { peak_at: peak },
  });
  await page.run(() => window.descent.network.reset());
  const { seconds, history } = await page.run(() => window.descent.network.train());
  await set({ optimizer: 'adam', hyperparameters: { learning_rate: 0.001 }, schedule: 'constant', epochs: 10, batch_size: 32 });
  return { seed, seconds, accuracies: history.test.map((point) => point.accuracy) };
}

// framesWhileTraining() measures how evenly frames come while all threads train: intervals between display callbacks.
export async function framesWhileTraining(page, { rounds, ms }) {
  const p95 = [];
  let longest = 0;
  await startTraining(page, { batch_size: 32, threads: 0 });
  for (let i = 0; i < rounds; i += 1) {
    await page.run(() => window.descent.ui.frames());
    await page.tab.waitForTimeout(ms);
    const frames = await page.run(() => window.descent.ui.frames());
    p95.push(frames.p95_ms);
    longest = Math.max(longest, frames.max_ms);
  }
  await pauseTraining(page);
  return { p95_ms: summary(p95), max_ms: longest };
}

export const speedOf = (speeds, batch, threads) => speeds.find((one) => one.batch === batch && one.threads === threads)?.images_per_second;

// Speed at many threads as a share of the speed at two, in the same rounds.
export function oversubscribed(speeds, batch, threads) {
  const [many, two] = [threads, 2].map((n) => speedOf(speeds, batch, n));
  return many && two ? median(many.values.map((value, i) => value / two.values[i])) : null;
}
