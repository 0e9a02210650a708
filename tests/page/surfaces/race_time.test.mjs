// Time in the race: the scrubber with mouse, finger and keys, branches, what the doctor offers.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, isClose, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const points = ({ optimizers }) => optimizers.map(({ point }) => point);

// Types the step into its field.
async function goTo(page, step) {
  await page.click('step', 'field');
  await page.tab.keyboard.type(String(step));
  await page.key('Enter');
}

// Two runs with memory on Himmelblau's surface, `steps` made; the points at each step, from the engine's own run.
async function recorded(page, steps) {
  const config = {
    surface: 'himmelblau', start: [0.5, -1],
    optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.05 } }, { optimizer: 'momentum', hyperparameters: { learning_rate: 0.002 } }],
  };
  return page.run(async ({ config, steps }) => {
    await window.descent.race.configure(config);
    await window.descent.race.step(steps);
    const runs = await Promise.all(config.optimizers.map((one) => window.descent.descend({ surface: config.surface, start: config.start, steps, ...one })));
    return Array.from({ length: steps + 1 }, (_, k) => runs.map((run) => [run.points[2 * k], run.points[2 * k + 1]]));
  }, { config, steps });
}

test('race time: dragging the scrubber shows any step exactly and forgets nothing', async (stage) => {
  const page = await stage.page();
  const expected = await recorded(page, 60);
  const bar = await until(async () => {
    const item = await page.item('scrubber', 'slider', { enabled: true });
    return item.value === 60 && item;
  }, 'the scrubber at the end');
  await page.drag([0.9, 0.7, 0.4].map((f) => page.center(bar, f)));
  const there = await raceUntil(page, ({ step }) => step < 30 && step > 18, 'dragged to 0.4 of 60 steps');
  equal([there.recorded, points(there)], [60, expected[there.step]], 'points where it was dragged to');
  await mustFail(() => equal(points(there), expected[there.step + 1], 'points'), 'the points of another step');
  await page.drag([page.center(bar, 0.4), page.center(bar, 1.4)]);
  const end = await raceUntil(page, ({ step }) => step === 60, 'the end of the record');
  equal(points(end), expected[60], 'points at the end');
  page.noErrors();
});

test('race time: keys go back and forth; the number can be typed', async (stage) => {
  const page = await stage.page();
  const expected = await recorded(page, 40);
  for (let i = 0; i < 3; i += 1) await page.key('ArrowLeft');
  let now = await raceUntil(page, ({ step }) => step === 37, 'three steps back');
  equal([now.recorded, points(now)], [40, expected[37]], 'points three steps back');
  await page.key('ArrowRight');
  await raceUntil(page, ({ step }) => step === 38, 'one step forth');
  await goTo(page, 12);
  now = await raceUntil(page, ({ step }) => step === 12, 'the typed step');
  equal(points(now), expected[12], 'points at the typed step');
  await goTo(page, 41);
  await page.settled();
  equal((await race(page)).step, 12, 'after a step that is not recorded');
});

test('race time: a finger drags the scrubber on a small screen', async (stage) => {
  const page = await stage.page(kPhone);
  const expected = await recorded(page, 50);
  const bar = await until(async () => {
    const item = await page.item('scrubber', 'slider', { enabled: true });
    return item.value === 50 && item;
  }, 'the scrubber at the end');
  check(bar.height >= 34 && bar.x >= 0 && bar.x + bar.width < 390, 'room for a finger');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [page.center(bar, 0.8)]);
  await page.frames();
  await touch('touchMove', [page.center(bar, 0.5)]);
  await page.frames();
  await touch('touchEnd', []);
  const there = await raceUntil(page, ({ step }) => Math.abs(step - 25) <= 2, 'dragged to the middle');
  equal(points(there), expected[there.step], 'points in the middle');
  page.noErrors();
});

test('race time: a branch leaves the chosen run at the step shown, and both are kept', async (stage) => {
  const page = await stage.page();
  const expected = await recorded(page, 40);
  await goTo(page, 15);
  await raceUntil(page, ({ step }) => step === 15, 'the typed step');
  await page.click('Branch', 'button');
  let now = await raceUntil(page, ({ optimizers }) => optimizers.length === 3, 'one run more');
  const [parent, , branch] = now.optimizers;
  equal([branch.optimizer, branch.branch_of, branch.recorded, branch.point], ['adam', parent.slot, 15, expected[15][0]], 'the branch');
  check(new Set(now.optimizers.map(({ slot }) => slot)).size === 3, 'a colour of its own');
  await until(() => page.run(() => window.descent.state().view.selected === 2), 'the branch is chosen');
  // Another rate for the branch alone; then both go on.
  const slider = await page.item('adam 2 learning rate', 'slider');
  await page.drag([page.center(slider), page.center(slider, 0.9)]);
  await raceUntil(page, ({ optimizers }) => optimizers[2].hyperparameters.learning_rate > 0.05, 'a larger rate');
  for (let i = 0; i < 4; i += 1) await page.click('Step', 'button');
  now = await raceUntil(page, ({ step }) => step === 19, 'four steps on');
  equal(now.optimizers[0].point, expected[19][0], 'the parent goes along its record');
  check(!isClose(now.optimizers[2].point[0], expected[19][0][0], 1e-6), 'the branch goes its own way');
  // The state carries the branch.
  const again = await stage.page();
  const state = await page.run(() => window.descent.state());
  await again.run((s) => window.descent.apply(s), state);
  await again.run(() => window.descent.race.step(19));
  equal(points(await race(again)), points(now), 'points of the race that the state describes');
  page.noErrors();
});

test('race time: a run that diverges says why, leads back and takes the rate that was tried', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({
    surface: 'quadratic', start: [-4, 1.5], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.3 } }],
  }));
  await page.run(() => window.descent.race.step(200));
  const ill = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'diverged', 'divergence');
  const sentence = await page.item('diagnosis', 'text');
  matches(sentence.text, /0\.3 is above .*0\.2\b/, 'the sentence has the numbers');
  equal((await page.item('gradient_descent row', 'option')).text, 'diverged', 'the standings');
  const { advice } = ill.optimizers[0].diagnosis;
  note(sentence.text);
  await page.click(`Back to step ${advice.step}`, 'button');
  const before = await raceUntil(page, ({ step }) => step === advice.step, 'the step before');
  equal([before.recorded, before.optimizers[0].diagnosis], [ill.recorded, null], 'nothing is forgotten, nothing is wrong there');
  await goTo(page, ill.recorded);
  await page.click(/^Try rate /, 'button');
  const healed = await raceUntil(page, ({ optimizers }) => optimizers[0].hyperparameters.learning_rate === advice.learning_rate, 'the offered rate');
  equal([healed.step, healed.optimizers[0].diagnosis], [ill.step, null], 'the run with the offered rate');
  check(healed.optimizers[0].loss < 1, `loss ${healed.optimizers[0].loss}`);
  await mustFail(() => page.item('diagnosis', 'text', { seconds: 0.5 }), 'a diagnosis of the healed run');
  page.noErrors();
});

test('race time: oscillation is named in the standings and read out', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({
    surface: 'quadratic', start: [0, 1.5], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.2 } }],
  }));
  await page.run(() => window.descent.race.step(60));
  await until(async () => (await page.item('gradient_descent row', 'option')).text === 'oscillating', 'the word in the standings');
  await until(() => page.run(() => /oscillates since step \d+/.test(document.getElementById('status').textContent)), 'the line that is read out');
});
