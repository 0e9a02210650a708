// The schedule of the network's learning rate: by script against its formula, by mouse, in the link; and the run of one
// cycle from its button.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { clickInRail, inSight } from '../support/rail.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kSizes = { train: 40, test: 20 };
const kRun = { optimizer: 'adam', batch_size: 8, epochs: 2, seed: 1, threads: 1 };  // 5 steps an epoch
const configure = (page, more) => page.run((config) => window.descent.network.configure(config), { ...kRun, ...more });
const status = (page) => page.run(() => window.descent.network.status());
const showNetwork = (page) => page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
const settings = async (page) => (await page.run(() => window.descent.state())).network;

const halfCosine = (from, to, u) => to + ((from - to) * (1 + Math.cos(Math.PI * u))) / 2;
// PyTorch's OneCycleLR with its defaults, step k = 0 … 9 of 10: the peak at 0.3 · 10 − 1.
const oneCycle = (k) => (k < 2 ? halfCosine(0.04, 1, k / 2) : halfCosine(1, 4e-6, (k - 2) / 7));

// The rates before each of 12 steps: 10 of the run, then anew.
async function checkRates(page, factor) {
  for (let k = 0; k < 12; k += 1) {
    close((await status(page)).learning_rate, 0.004 * factor(k % 10), 1e-12, `the rate of step ${k + 1}`);
    await page.run(() => window.descent.network.step(1));
  }
}

test('network schedule: the rates are those of the formula, and a constant one is told apart', async (stage) => {
  const page = await smallPage(stage, { sizes: kSizes });
  await configure(page, { hyperparameters: { learning_rate: 0.004 }, schedule: 'one_cycle' });
  await checkRates(page, oneCycle);
  await page.run(() => window.descent.network.reset());
  await configure(page, { schedule: 'constant' });
  await checkRates(page, () => 1);
  await mustFail(() => checkRates(page, oneCycle), 'rates of a constant schedule');
  matches(await page.refusal('() => window.descent.network.configure({ schedule: "zigzag" })'), /schedule.*zigzag/, 'an unknown schedule');
  matches(await page.refusal('() => window.descent.network.configure({ schedule: "cosine", schedule_parameters: { final_scale: 2 } })'), /final_scale/, 'a bad value');
  equal((await settings(page)).schedule, undefined, 'after refusals it stays constant');
  page.noErrors();
});

test('network schedule: it goes through the state into another page, with the same weights after', async (stage) => {
  const after = async (page) => page.run(async () => {
    await window.descent.network.step(7);
    return Array.from(await window.descent.network.predict(new Float32Array(784).fill(0.5)));
  });
  const page = await smallPage(stage, { sizes: kSizes });
  await configure(page, { hyperparameters: { learning_rate: 0.004 }, schedule: 'cosine', schedule_parameters: { final_scale: 0.1 } });
  const state = await page.run(() => window.descent.state());
  equal([state.network.schedule, state.network.schedule_parameters], ['cosine', { final_scale: 0.1 }], 'the state');
  const expected = await after(page);
  const other = await smallPage(stage, { sizes: kSizes });
  await other.run((s) => window.descent.apply(s), state);
  equal(await after(other), expected, 'the other page');
  await other.run(() => window.descent.network.reset());
  await configure(other, { schedule: 'constant' });
  check(JSON.stringify(await after(other)) !== JSON.stringify(expected), 'a constant rate gives the same weights');
});

test('network schedule: menu, curve and slider by mouse change the run live', async (stage) => {
  const page = await smallPage(stage, { sizes: kSizes });
  await configure(page, { hyperparameters: { learning_rate: 0.004 } });
  await showNetwork(page);
  await page.run(() => window.descent.network.step(5));
  await clickInRail(page, 'adam schedule', 'combo');
  await page.clickAt(page.center(await page.item('Cosine', 'option')));
  await until(async () => (await settings(page)).schedule === 'cosine', 'the schedule');
  const halfway = await status(page);
  equal(halfway.step, 5, 'the run goes on');
  close(halfway.learning_rate, 0.002, 1e-12, 'the rate halfway');
  const curve = await inSight(page, 'adam schedule curve', 'plot');
  close(curve.value, 0.5, 1e-9, 'the mark');
  matches(curve.text, /^step 6 of 10: 0\.5 × 0\.004 = 0\.002/, 'the line below');
  const final = await inSight(page, 'adam schedule final scale', 'slider');
  await page.drag([page.center(final, 0.05), page.center(final, 0.5)]);
  await until(async () => (await settings(page)).schedule_parameters.final_scale > 0.3, 'the slider');
  page.noErrors();
});

test('network schedule: the buttons start one cycle of three epochs, or of one, anew', async (stage) => {
  const page = await smallPage(stage, { sizes: kSizes });
  await configure(page, { optimizer: 'momentum' });
  await showNetwork(page);
  await page.run(() => window.descent.network.step(3));
  await clickInRail(page, 'One cycle, 3 epochs', 'button');
  const end = await until(async () => {
    const now = await status(page);
    return now.state === 'finished' && now.epoch === 3 && now;
  }, 'three epochs');
  equal(end.step, 6, 'steps of 32 images');
  const { optimizer, hyperparameters, schedule, epochs, batch_size: batch } = await settings(page);
  equal([optimizer, hyperparameters.learning_rate, schedule, epochs, batch], ['adam', 0.003, 'one_cycle', 3, 32], 'the configuration');
  await clickInRail(page, 'One cycle, 1 epoch', 'button');
  await until(async () => { const now = await status(page); return now.state === 'finished' && now.epoch === 1 && now.step === 3; }, 'one epoch of 16 images a step');
  const short = await settings(page);
  equal([short.optimizer, short.hyperparameters.learning_rate, short.schedule, short.schedule_parameters.peak_at, short.epochs, short.batch_size],
    ['adamw', 0.003, 'one_cycle', 0.15, 1, 16], 'its configuration');
});
