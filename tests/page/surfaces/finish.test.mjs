// The end of a race: who arrives first, said above the picture with Replay; places in the standings; minima that are not
// the best, surfaces without one, and schedules that are over.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const descent = (rate, more = {}) => ({ optimizer: 'gradient_descent', hyperparameters: { learning_rate: rate }, ...more });
const kRates = {
  surface: 'quadratic', parameters: { kappa: 5 }, start: [-4.2, 0.8], steps_per_second: 500, freeze: false,
  optimizers: [descent(0.02), descent(0.3), descent(0.43)],
};
const configured = (page, config) => page.run((c) => window.descent.race.configure(c), config);
const over = (page) => raceUntil(page, (status) => status.over && !status.playing, 'the race is over and stands still');
const row = (page, name) => page.item(`${name} row`, 'option');

test('finish: the race stops by itself, names who arrives first, ranks the runs, and is run again by Replay', async (stage, note) => {
  const page = await stage.page();
  await configured(page, kRates);
  equal((await race(page)).finish.lowest, 0, 'the finish line');
  await page.click('Play', 'button');
  const end = await over(page);
  equal(end.first, 1, 'who is first');
  equal(end.optimizers.map(({ place }) => place), [2, 1, 3], 'places');
  equal(end.optimizers.map(({ title }) => title), ['rate 0.02', 'rate 0.3', 'rate 0.43'].map((rate) => `Gradient descent, ${rate}`), 'names');
  equal(end.optimizers[2].arrived, null, 'the run that diverged');
  equal(end.step, Math.max(...end.optimizers.map(({ arrived, step }) => arrived ?? step)), 'the step at which the last one is done');
  const { text } = await page.item('outcome', 'text');
  equal(text, `Gradient descent, rate 0.3 arrives first, after ${end.optimizers[1].arrived} steps.`, 'over the picture');
  note(text);
  // Why it did so comes and goes with a press.
  await mustFail(() => page.item('reason', 'text', { seconds: 0.2 }), 'the reason before it is asked for');
  await page.click('Why', 'button');
  const reason = await page.item('reason', 'text');
  matches(reason.text, /^Gradient descent, rate 0\.02 went [\d.]+ in \d+ steps of [\d.]+ on average; Gradient descent, rate 0\.3 went .* Its learning rate is the higher one\.$/, 'the reason');
  check(reason.y + reason.height <= (await page.item('surface view', 'canvas')).y, 'above the picture');
  await page.click('Why', 'button');
  await until(async () => !(await page.items()).some(({ label }) => label === 'reason'), 'the reason to go');
  const rows = await Promise.all(['gradient_descent 2', 'gradient_descent', 'gradient_descent 3'].map((name) => row(page, name)));
  check(rows[0].y < rows[1].y && rows[1].y < rows[2].y, 'the standings in the order of places');
  // While the slowest is on its way the winner goes on, to where nothing moves any more.
  equal(rows.map((item) => item.text), ['converged', 'arrived', 'diverged'], 'how they stand');
  equal(end.optimizers.map(({ status }) => status), ['running', 'converged', 'diverged'], 'what has become of them');
  await page.click('Replay', 'button');
  await raceUntil(page, ({ playing, step }) => playing && step < end.step, 'playing from the start');
  await mustFail(() => page.item('Replay', 'button', { seconds: 0.2 }), 'Replay while it plays');
  equal((await over(page)).optimizers.map(({ arrived }) => arrived), end.optimizers.map(({ arrived }) => arrived), 'the same again');
  // Played on, the others go there too.
  await page.click('Play', 'button');
  await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'converged', 'beyond the finish line');
  page.noErrors();
});

test('finish: on a phone the outcome and Replay stand above the picture', async (stage) => {
  const page = await stage.page(kPhone);
  await configured(page, kRates);
  await page.run(() => window.descent.race.play());
  await over(page);
  const view = await page.item('surface view', 'canvas');
  for (const item of [await page.item('outcome', 'text'), await page.item('Replay', 'button')]) {
    check(item.x >= 0 && item.x + item.width <= 390, `${item.label} within the width`);
    check(item.y + item.height <= view.y, `${item.label} above the picture`);
  }
  await page.click('Replay', 'button');
  await raceUntil(page, ({ playing }) => playing, 'playing');
  page.noErrors();
});

test('finish: a minimum that is not the best one is said to be local, and nobody wins', async (stage) => {
  const page = await stage.page();
  await configured(page, { surface: 'rastrigin', start: [1.2, 0.1], steps_per_second: 1000, optimizers: [descent(0.001)] });
  await page.click('Play', 'button');
  const { optimizers: [run], first } = await over(page);
  equal([run.status, run.arrived, first], ['converged', null, null], 'how it ended');
  matches(run.reason, /^local minimum, 0\.995 above the best: converged at step \d+, gradient norm /, 'the reason');
  equal((await row(page, 'gradient_descent')).text, 'local minimum', 'in the standings');
  equal((await page.item('outcome', 'text')).text, 'The run has ended before it arrived at the lowest minimum.', 'above the picture');
  await configured(page, { surface: 'rastrigin', start: [0.2, 0.1], steps_per_second: 1000, optimizers: [descent(0.001)] });
  await page.click('Play', 'button');
  matches((await over(page)).optimizers[0].reason, /^(converged|$)/, 'in the best one it is not');
  page.noErrors();
});

test('finish: a surface without a minimum says so, and falling for ever is no rate’s fault', async (stage) => {
  const page = await stage.page();
  const momentum = (rate) => ({ optimizer: 'momentum', hyperparameters: { learning_rate: rate } });
  for (const [surface, rate] of [[{ surface: 'monkey_saddle' }, 0.005], [{ expression: 'x + y' }, 100]]) {
    await configured(page, { ...surface, start: [1, 0.4], steps_per_second: 5000, optimizers: [momentum(rate)] });
    equal([(await race(page)).bottomless, (await race(page)).finish], [true, null], 'nowhere to arrive');
    matches((await page.item('hint', 'text')).text, /^This surface has no minimum: it falls for ever\. /, 'before the start');
    await page.click('Play', 'button');
    const { optimizers: [run] } = await over(page);
    equal(run.status, 'diverged', 'status');
    matches(run.reason, /^falls for ever, and is out of reach at step [\d,]+: .*no learning rate is to blame$/, 'the reason');
    equal(run.diagnosis.advice, null, 'advice');
    equal((await row(page, 'momentum')).text, 'falls for ever', 'in the standings');
  }
  // A run that its rate throws uphill does not fall: there the rate is to blame, without a minimum too.
  await configured(page, { surface: 'monkey_saddle', start: [1, 0.4], optimizers: [momentum(5)] });
  const before = (await race(page)).optimizers[0].loss;
  await page.run(() => window.descent.race.step(1));
  check((await race(page)).optimizers[0].loss > 1000 * before, 'thrown uphill');
  await page.run(() => window.descent.race.step(10));
  matches((await race(page)).optimizers[0].reason, /^diverged at step 3: learning rate 5 is above /, 'the reason of one that is thrown');
  await configured(page, { surface: 'quadratic', start: [1, 1], optimizers: [descent(0.1)] });
  await until(async () => /^Press play/.test((await page.item('hint', 'text')).text), 'a bowl has a minimum');
  page.noErrors();
});

test('finish: a schedule that is over ends the run, until it gets another rate', async (stage) => {
  const page = await stage.page();
  await configured(page, { surface: 'rosenbrock', start: [-1.2, 1], schedule_steps: 50, steps_per_second: 500, optimizers: [descent(0.001, { schedule: 'cosine' })] });
  await page.click('Play', 'button');
  const { optimizers: [run] } = await over(page);
  equal(run.status, 'stopped', 'status');
  matches(run.reason, /schedule over, rate 0/, 'the reason');
  equal((await row(page, 'gradient_descent')).text, 'schedule over', 'in the standings');
  await page.run(() => window.descent.race.change({ runner: 0, schedule: 'constant' }));
  equal((await race(page)).optimizers[0].status, 'running', 'with a constant rate');
  page.noErrors();
});
