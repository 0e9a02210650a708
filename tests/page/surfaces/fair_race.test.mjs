// All runs meet the same budget, noise and length of schedules; tuning shows its progress, can be cancelled and taken
// back; schedules stand on the cards; sliders' ranges follow their values.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { clickInRail, inSight } from '../support/rail.mjs';
import { check, close, equal, isClose, matches, mustFail, test, until } from '../support/test.mjs';

const rates = ({ optimizers }) => optimizers.map(({ hyperparameters }) => hyperparameters.learning_rate);

const kBowl = {
  surface: 'quadratic', parameters: { kappa: 10 }, start: [-4, 1.5], budget: 0, noise: 0, schedule_steps: 200, seed: 1,
  optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.01 } }, { optimizer: 'adam', hyperparameters: { learning_rate: 0.01 } }],
};
const onBowl = (page, more = {}) => page.run((config) => window.descent.race.configure(config), { ...kBowl, ...more });

async function typeInto(page, label, text) {
  await clickInRail(page, label, 'field');
  await page.type(text);
  await page.key('Enter');
}

test('fair race: budget, noise, seed and schedule length by hand, in the state and in the race', async (stage) => {
  const page = await stage.page();
  await onBowl(page);
  await clickInRail(page, 'Fair race', 'button');
  await typeInto(page, 'gradient budget', '25');
  await raceUntil(page, ({ budget }) => budget === 25, 'the budget');
  await typeInto(page, 'schedule length', '60');
  await raceUntil(page, (status) => status.schedule_steps === 60, 'the length');
  const slider = await inSight(page, 'gradient noise', 'slider');
  await page.drag([page.center(slider, 0.02), page.center(slider, 0.2)]);
  await raceUntil(page, ({ noise }) => isClose(noise, 2, 0.2), 'the noise');
  const before = (await race(page)).seed;
  await clickInRail(page, 'New noise', 'button');
  const { seed } = await raceUntil(page, (status) => status.seed !== before, 'another seed');
  await page.run(() => window.descent.race.step(100));
  const end = await race(page);
  for (const run of end.optimizers) matches(run.reason, /budget of 25 gradient evaluations used/, run.optimizer);
  equal(end.optimizers.map(({ recorded }) => recorded), [25, 25], 'steps');
  await typeInto(page, 'gradient budget', '2.5');
  await page.settled();
  equal((await race(page)).budget, 25, 'after half a gradient');
  // A link holds it all.
  const state = await page.run(() => window.descent.state());
  equal([state.race.budget, state.race.schedule_steps, state.race.seed], [25, 60, seed], 'the state');
  const again = await stage.page();
  await again.run((s) => window.descent.apply(s), state);
  await again.run(() => window.descent.race.step(100));
  equal((await race(again)).optimizers.map(({ point }) => point), end.optimizers.map(({ point }) => point), 'the same noise');
  page.noErrors();
});

test('fair race: tuning states its budget, shows the rates it used and what they cost, and is taken back', async (stage, note) => {
  const page = await stage.page();
  await onBowl(page, { budget: 60 });
  await clickInRail(page, 'Fair race', 'button');
  await clickInRail(page, 'Tune learning rates', 'button');
  const tuned = await raceUntil(page, ({ tuning }) => tuning !== null, 'the rates of tuning');
  equal([tuned.tuning.budget, rates(tuned)], [60, tuned.tuning.optimizers.map((one) => one.learning_rate)], 'rates of the race');
  close(rates(tuned)[0], 2 / 11, 0.15, 'gradient descent: 2/(λmin + λmax)');
  equal(tuned.tuning.optimizers.map((one) => one.former_learning_rate), [0.01, 0.01], 'former rates');
  const report = await page.item('tuning report', 'text');
  equal(report.value, tuned.tuning.gradient_evaluations, 'what it cost');
  check(report.y + report.height < 590, 'the report is in sight');
  note(report.text);
  const card = await inSight(page, 'tuned rate', 'text');
  matches(card.text, /^Tuned: f = .* after 60 gradients; the rate was 0\.01/, 'the card');
  // The promise holds: the run ends where tuning said.
  await page.run(() => window.descent.race.step(100));
  close((await race(page)).optimizers[0].loss, tuned.tuning.optimizers[0].loss, 1e-12, 'loss after the budget');
  await clickInRail(page, 'Undo tuning', 'button');
  const back = await raceUntil(page, ({ tuning }) => tuning === null, 'no tuning');
  equal([rates(back), back.step], [[0.01, 0.01], 0], 'the race as before');
  await mustFail(() => page.item('tuning report', 'text', { seconds: 0.5 }), 'a report after undoing');
  matches(await page.refusal('() => window.descent.race.undo_tuning()'), /no tuning to undo/, 'undone twice');
  page.noErrors();
});

test('fair race: tuning shows how far it is and is cancelled without a complaint', async (stage) => {
  const page = await stage.page();
  const optimizers = Array.from({ length: 12 }, () => ({ optimizer: 'adam', hyperparameters: { learning_rate: 0.02 } }));
  await onBowl(page, { surface: 'rosenbrock', parameters: {}, start: [-1.2, 1], optimizers, budget: 100000 });
  for (let i = 0; i < 12; i += 1) await page.tab.mouse.wheel(0, 0);
  await page.tab.mouse.move(140, 300);
  await page.tab.mouse.wheel(0, 9000);
  await page.frames(6);
  await clickInRail(page, 'Fair race', 'button');
  await clickInRail(page, 'Tune learning rates', 'button');
  const bar = await page.item('progress', 'progress');
  matches(bar.text, /^tuning \d+ %$/, 'progress');
  await until(async () => (await page.item('progress', 'progress')).value > 0, 'progress grows');
  await clickInRail(page, 'Cancel', 'button');
  await inSight(page, 'Tune learning rates', 'button');
  await page.settled();
  const items = await page.items();
  check(!items.some(({ label }) => label === 'progress'), 'the bar is gone');
  check(!items.some(({ label, text }) => /cancel/i.test(`${label} ${text ?? ''}`)), 'no message about it');
  const status = await race(page);
  equal([status.tuning, status.message, new Set(rates(status)).size, rates(status)[0]], [null, '', 1, 0.02], 'the race');
  page.noErrors();
});

test('fair race: the switch turns freezing off for the running race, and on again; the state and the link know', async (stage) => {
  const page = await stage.page();
  const swinging = { start: [0, 1.5], steps_per_second: 1000, optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.2 } }] };
  await onBowl(page, swinging);
  await page.run(() => window.descent.race.play());
  const frozen = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen');
  equal([frozen.freeze, await page.run(() => window.descent.state().race.freeze)], [true, true], 'on to begin with');
  await clickInRail(page, 'Fair race', 'button');
  await clickInRail(page, 'freeze runs in trouble', 'checkbox');
  const freed = await raceUntil(page, ({ freeze }) => freeze === false, 'off');
  equal([freed.step, freed.optimizers[0].status], [frozen.step, 'running'], 'the race is where it was, and may go on');
  await page.run(() => window.descent.race.play());
  const further = await raceUntil(page, ({ step }) => step > 200, 'it goes on');
  equal([further.optimizers[0].status, further.optimizers[0].diagnosis.kind], ['running', 'oscillating'], 'named, not frozen');
  await page.run(() => window.descent.race.pause());
  const link = await page.run(async () => (await import('./links.js')).encodeState(window.descent.state()));
  const again = await stage.page();
  await again.follow(link);
  await raceUntil(again, ({ freeze }) => freeze === false, 'the link');
  const other = await stage.page();
  await onBowl(other, { ...swinging, freeze: false });
  await clickInRail(other, 'Fair race', 'button');
  const before = (await other.run(() => window.descent.race.step(60))).step;
  await clickInRail(other, 'freeze runs in trouble', 'checkbox');
  const on = await raceUntil(other, ({ freeze }) => freeze === true, 'on again');
  equal([on.step, on.optimizers[0].status], [before, 'running'], 'nothing is frozen before it plays');
  await other.run(() => window.descent.race.play());
  await raceUntil(other, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen again');
  matches(await other.refusal(() => window.descent.race.configure({ freeze: 'no' })), /freeze/, 'no switch');
  other.noErrors();
});

test('fair race: a schedule from the menu of a card changes the running race and is drawn with its step', async (stage) => {
  const page = await stage.page();
  await onBowl(page);
  await page.run(() => window.descent.race.step(30));
  const constant = await page.run((config) => window.descent.descend({ surface: config.surface, parameters: config.parameters, start: config.start, steps: 30, ...config.optimizers[0] })
    .then(({ points }) => [points[60], points[61]]), kBowl);
  await clickInRail(page, 'gradient descent more', 'button');
  await clickInRail(page, 'gradient descent schedule', 'combo');
  await page.clickAt(page.center(await page.item('Cosine', 'option')));
  let now = await raceUntil(page, ({ optimizers }) => optimizers[0].schedule === 'cosine', 'the schedule');
  equal([now.step, now.optimizers[0].point], [30, constant], 'the path so far stays');
  await page.run(() => window.descent.race.step(20));
  now = await race(page);
  const factor = (t) => (1 + Math.cos((Math.PI * (t - 1)) / 200)) / 2;
  close(now.optimizers[0].learning_rate, 0.01 * factor(50), 1e-12, 'rate of step 50');
  equal(now.optimizers[0].changes.map(({ step, schedule }) => [step, schedule]), [[0, 'constant'], [30, 'cosine']], 'changes');
  const curve = await inSight(page, 'gradient descent schedule curve', 'plot');
  close(curve.value, factor(51), 1e-9, 'the mark');
  matches(curve.text, /^step 51 of 200: 0\.85\d? × 0\.01 = 0\.0085/, 'the line below');
  // The schedule's parameter takes effect at once.
  const final = await inSight(page, 'gradient descent schedule final scale', 'slider');
  await page.drag([page.center(final, 0.05), page.center(final, 0.5)]);
  now = await raceUntil(page, ({ optimizers }) => isClose(optimizers[0].schedule_parameters.final_scale, 0.5, 0.15), 'the slider');
  equal(now.step, 50, 'the race stays where it is');
  // The same by script; a branch carries it through the state.
  await page.run(() => window.descent.race.change({ runner: 0, schedule: 'step', schedule_parameters: { interval: 0.1 } }));
  await page.run(() => window.descent.race.step(30));
  await page.run(() => window.descent.race.branch({ runner: 0, step: 70 }));
  const both = await page.run(() => window.descent.race.step(10));
  equal(both.optimizers[2].earlier.map((one) => one.schedule ?? 'step'), ['constant', 'cosine', 'step'], 'the branch knows');
  const again = await stage.page();
  await again.run((s) => window.descent.apply(s), await page.run(() => window.descent.state()));
  equal((await again.run(() => window.descent.race.step(90))).optimizers[2].point, both.optimizers[2].point, 'the branch again');
  matches(await page.refusal('() => window.descent.race.change({ runner: 0, schedule: "zigzag" })'), /zigzag/, 'unknown schedule');
  page.noErrors();
});

test('fair race: the slider of a formula’s parameter has a range that suits the value and rests while dragged', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: '(1-x)^2 + b*(y-x^2)^2', parameters: { b: 100 }, start: [-1.2, 1] }));
  const b = () => page.run(() => window.descent.state().race.parameters.b);
  const slider = await page.item('formula b', 'slider');
  // ±200: the value 100 stands at three quarters.
  const at = (f) => page.center(slider, (7 + f * (slider.width - 14)) / slider.width);
  await page.clickAt(at(0.75));
  await until(async () => isClose(await b(), 100, 0.02), 'the middle of the right half');
  await page.drag([at(0.6), at(0.9), at(1)]);
  await until(async () => (await b()) === 200, 'the end of the range that was there when the drag began');
  // ±500 now.
  await page.clickAt(at(0.75));
  await until(async () => isClose(await b(), 250, 0.02), 'the next range');
  await page.run(() => window.descent.race.configure({ parameters: { b: 1 } }));
  await page.settled();
  await page.clickAt(at(0.75));
  await until(async () => isClose(await b(), 5, 0.02), 'the everyday range');
  page.noErrors();
});
