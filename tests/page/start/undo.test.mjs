// Undo and redo by keys, by the buttons in the bar and in the message, for what hands do in both workspaces; and what
// took time comes back as it stood, to the last bit.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const message = async (page) => (await page.items()).find(({ label }) => label === 'message')?.text;
const told = (page, text) => until(async () => (await message(page)) === text, `the message '${text}'`);
const runners = async (page) => (await race(page)).optimizers
  .map(({ optimizer, step, recorded, point, loss, gradient_evaluations: spent }) => [optimizer, step, recorded, point, loss, spent]);
const trained = (page) => page.run(async () => {
  const { network } = window.descent;
  const { step, state, history, train } = network.status();
  return { step, state, history, loss: train.loss, bits: await window.__base64(await network.save()) };
});

// A race at step 40 that stands.
async function racing(stage, options) {
  const page = await stage.page(options);
  await page.run(async () => {
    await window.descent.race.pause();
    await window.descent.race.reset();
    await window.descent.race.step(40);
  });
  await page.settled();
  return page;
}

test('undo: an optimizer that was removed comes back with the whole race, by the button in the message', async (stage) => {
  const page = await racing(stage);
  const before = await runners(page);
  const remove = await page.item(/^Remove /, 'button');
  const name = remove.label.slice('Remove '.length);
  await page.clickAt(page.center(remove));
  await raceUntil(page, ({ optimizers: left }) => left.length === before.length - 1, 'one less');
  await told(page, `${name} removed`);
  equal((await race(page)).step, 0, 'the others start again');
  await mustFail(async () => equal(await runners(page), before, 'the race'), 'equality of races');
  await page.click('Undo', 'button');
  await raceUntil(page, ({ step }) => step === 40, 'the step of before');
  equal(await runners(page), before, 'the race of before');
  await told(page, `Undone: ${name} removed`);
  await page.click('Redo', 'button');
  await raceUntil(page, ({ optimizers: left }) => left.length === before.length - 1, 'one less again');
  page.noErrors();
});

test('undo: what a script changes while the pointer moves, or after a reset, is not told as a hand’s doing', async (stage) => {
  const page = await racing(stage);
  const change = async (optimizers) => {
    await page.run((o) => window.descent.race.configure({ optimizers: o.map((optimizer) => ({ optimizer })) }), optimizers);
    await page.settled();
    return message(page);
  };
  await page.tab.mouse.move(640, 300);
  await page.frames();
  equal(await change(['adam', 'momentum']), undefined, 'message after a move');
  await page.key('ArrowRight');
  equal(await change(['adam']), 'Momentum removed', 'message after a key');
  await page.run(() => window.descent.reset());
  equal(await change(['adam']), undefined, 'message after a reset');
  page.noErrors();
});

test('undo: R takes nothing away for good, and the keys go back and forth', async (stage) => {
  const page = await racing(stage);
  const before = await runners(page);
  await page.key('r');
  await raceUntil(page, ({ step }) => step === 0, 'the reset');
  await told(page, 'Race reset');
  await page.key('Control+z');
  await raceUntil(page, ({ step }) => step === 40, 'the step of before');
  equal(await runners(page), before, 'the race of before');
  for (const [key, step] of [['Control+Shift+z', 0], ['Meta+z', 40], ['Control+y', 0], ['Control+z', 40]]) {
    await page.key(key);
    await raceUntil(page, (status) => status.step === step, `${key}: step ${step}`);
  }
  await page.run(() => window.descent.race.step(5));
  equal((await race(page)).step, 45, 'it goes on');
  page.noErrors();
});

test('undo: a drag of a slider is one change, in the bar with its name', async (stage) => {
  const page = await racing(stage);
  const rate = async () => (await race(page)).optimizers[0].hyperparameters.learning_rate;
  const before = await rate();
  const slider = await page.item(/learning.rate/i, 'slider');
  await page.drag([0.5, 0.55, 0.6, 0.65, 0.7].map((f) => page.center(slider, f)));
  await until(async () => (await rate()) !== before, 'another rate');
  await page.settled();
  const after = await rate();
  await page.click('Undo change', 'button');
  await until(async () => (await rate()) === before, 'the rate of before');
  equal((await race(page)).step, 40, 'what is recorded stays');
  await page.click('Redo change', 'button');
  await until(async () => (await rate()) === after, 'the other rate');
  page.noErrors();
});

test('undo: weights, optimizer, curves and position of a network survive Reset, bit for bit', async (stage) => {
  const page = await smallPage(stage);
  await page.click('Network', 'tab');
  await page.run(() => window.descent.network.step(12));
  await page.settled();
  const before = await trained(page);
  await page.click('Reset', 'button');
  await until(async () => (await trained(page)).step === 0, 'the reset');
  await told(page, 'Training reset');
  await mustFail(async () => equal(await trained(page), before, 'the run'), 'equality of runs');
  await page.click('Undo', 'button');
  await until(async () => (await trained(page)).step === 12, 'the step of before');
  const after = await trained(page);
  equal({ ...after, state: before.state }, before, 'the run of before');
  check(!(await page.items()).some(({ label, role }) => label === 'Undo' && role === 'button'), 'no data set to go back to');
  page.noErrors();
});

test('undo: strokes on the pad go one by one', async (stage) => {
  const page = await smallPage(stage);
  await page.click('Network', 'tab');
  const image = () => page.run(() => window.descent.state().digit.image ?? null);
  const pad = await page.item('Draw here', 'canvas');
  const seen = [await image()];
  for (const [x, y] of [[0.3, 0.7], [0.6, 0.3]]) {
    await page.drag([page.center(pad, x, 0.3), page.center(pad, y, 0.7)]);
    await page.settled();
    seen.push(await image());
  }
  check(new Set(seen).size === 3, 'three different digits');
  for (const wanted of [seen[1], seen[0]]) {
    await page.key('Control+z');
    await until(async () => (await image()) === wanted, 'the digit of before');
  }
  for (const wanted of [seen[1], seen[2]]) {
    await page.key('Control+y');
    await until(async () => (await image()) === wanted, 'the digit of after');
  }
  page.noErrors();
});

test('undo: on a phone a button stands beside the symbols of the sentence', async (stage) => {
  const page = await racing(stage, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await page.run(() => window.descent.race.configure({ surface: 'beale' }));
  await page.settled();
  await page.tap('Undo change', 'button');
  await raceUntil(page, ({ surface, step }) => surface !== 'beale' && step === 40, 'the surface of before');
  page.noErrors();
});
