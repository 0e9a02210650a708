// Runs in trouble: frozen while playing, said above the picture and on the card, let go on; and the recorded future of a
// race that was taken back, which stays in sight.
// SPDX-License-Identifier: MIT
import { shareApart } from '../support/png.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const kSwinging = {
  surface: 'quadratic', parameters: { kappa: 10 }, start: [0, 1.5], steps_per_second: 250,
  optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.2 } }, { optimizer: 'momentum', hyperparameters: { learning_rate: 0.00002 } }],
};
const kStalling = {
  surface: 'plateau', parameters: {}, start: [-2.8, -2.6], steps_per_second: 1000,
  optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.01 } }],
};
const configured = (page, config) => page.run((c) => window.descent.race.configure(c), config);

test('trouble: a run that swings is frozen while playing, said above the picture, and can be let go', async (stage, note) => {
  const page = await stage.page();
  await configured(page, kSwinging);
  await page.click('Play', 'button');
  const now = await raceUntil(page, ({ step, optimizers }) => step > 120 && optimizers[0].status === 'frozen', 'one frozen, the other on its way');
  await page.click('Pause', 'button');
  const [frozen, other] = now.optimizers;
  check(frozen.recorded === frozen.step && frozen.step % 10 === 0 && frozen.step <= 30, `frozen at step ${frozen.step}`);
  equal(other.status, 'running', 'the other');
  const banner = await page.item('frozen', 'text');
  matches(banner.text, /^Gradient descent oscillates since step 1\.$/, 'above the picture');
  matches((await page.item('diagnosis', 'text')).text, /^oscillates since step 1: .* Frozen at step \d+\.$/, 'on the card');
  equal((await page.item('gradient_descent row', 'option')).text, 'frozen', 'the standings');
  note(banner.text);
  await page.click('Let it run', 'button');
  const further = await raceUntil(page, ({ optimizers, step }) => optimizers[0].status === 'running' && optimizers[0].step === step && step > 150, 'it has caught up and goes on');
  check(further.playing, 'the race plays');
  await page.run(() => window.descent.race.pause());
  await mustFail(() => page.item('frozen', 'text', { seconds: 0.5 }), 'a frozen run after letting it go');
  matches((await page.item('oscillating', 'text')).text, /oscillates/, 'still said');
  // Let go or stepped, it is the same run that descend computes.
  const { step, optimizers } = await race(page);
  const run = await page.run(({ config, steps }) => window.descent.descend({ surface: config.surface, parameters: config.parameters, start: config.start, steps, ...config.optimizers[0] })
    .then((r) => ({ steps: r.steps, end: [r.points[2 * r.steps], r.points[2 * r.steps + 1]] })), { config: kSwinging, steps: step });
  equal([run.steps, run.end], [step, optimizers[0].point], 'exactly those steps');
  page.noErrors();
});

test('trouble: a run on a plateau is frozen at the same step at any speed; a rate that was tried leads off it', async (stage) => {
  const page = await stage.page();
  const ends = [];
  for (const speed of [200, 5000]) {
    await configured(page, { ...kStalling, steps_per_second: speed });
    await page.run(() => window.descent.race.play());
    const { optimizers: [run] } = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen');
    equal(run.diagnosis.kind, 'stalled', 'why');
    ends.push([run.step, run.reason]);
  }
  equal(ends[0], ends[1], 'where, at two speeds');
  await page.click(/^Try rate /, 'button');
  const healed = await raceUntil(page, ({ optimizers }) => optimizers[0].status !== 'frozen', 'going on');
  const advised = healed.optimizers[0].hyperparameters.learning_rate;
  check(advised > 0.01, `rate ${advised}`);
  // A script lets runs go on with let_run, and is refused where nothing is frozen.
  await configured(page, kStalling);
  matches(await page.refusal('() => window.descent.race.let_run(0)'), /not frozen: it is ready/, 'a run that is not frozen');
  await page.run(() => window.descent.race.step(1000));
  equal((await race(page)).optimizers[0].step, 1000, 'steps that are asked for are made');
  page.noErrors();
});

test('trouble: a run that stays at a saddle is frozen, and the push that was tried leads off it', async (stage, note) => {
  const page = await stage.page();
  await configured(page, { surface: 'double_well', parameters: { barrier: 1 }, start: [0, 1.5], steps_per_second: 250, optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.1 } }] });
  await page.click('Play', 'button');
  const { optimizers: [run] } = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen');
  const { advice, kind, sentence } = run.diagnosis;
  equal([kind, advice.learning_rate, advice.step], ['saddle', null, run.step], 'why, and what is offered');
  matches(sentence, /^stays at a saddle point since step \d+: gradient norm [\d.]+(×10⁻\d+)?.*, but the curvature is −4 along \(1, 0\)/, 'the sentence');
  await until(async () => /Frozen at step \d+\.$/.test((await page.item('diagnosis', 'text')).text), 'the same on the card');
  note(sentence);
  await page.click(/^Push by 0\.0\d+$/, 'button');
  const away = await raceUntil(page, ({ optimizers, step }) => step > run.step && optimizers[0].loss < 0.5, 'off the saddle');
  check(away.optimizers[0].recorded > run.step, 'its record goes on');
  await raceUntil(page, ({ over, playing }) => over && !playing, 'arrived in a well');
  await page.run(() => window.descent.race.play());
  const end = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'converged', 'in a well');
  check(Math.abs(Math.abs(end.optimizers[0].point[0]) - 1) < 1e-6 && end.optimizers[0].diagnosis === null, 'at a minimum');
  await page.run(() => window.descent.race.reset());
  equal((await race(page)).optimizers[0].step, 0, 'reset');
  await page.run(() => window.descent.race.play());
  const again = await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen again');
  equal(again.optimizers[0].reason, run.reason, 'without the push it is the same run');
  page.noErrors();
});

test('trouble: on a small screen the sentence leaves the picture in sight', async (stage) => {
  const page = await stage.page({ ...kPhone, pixels: true });
  await configured(page, kSwinging);
  await page.run(() => window.descent.race.play());
  await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen');
  await page.run(() => window.descent.race.pause());
  const banner = await page.item('frozen', 'text');
  const view = await page.item('surface view', 'canvas');
  matches(banner.text, /^Gradient descent oscillates since step 1\.$/, 'in brief');
  check(banner.height < 0.2 * view.height, `${banner.height} of ${view.height} points`);
  check(banner.x >= 0 && banner.x + banner.width <= 390 && banner.y + banner.height <= view.y, 'above the picture');
  await page.tab.screenshot({ path: `${stage.artifacts}/frozen-390x844.png` });
  page.noErrors();
});

test('trouble: stepped back, the recorded future stays in sight until a change makes it invalid', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [-0.4, -0.6], optimizers: [{ optimizer: 'momentum', hyperparameters: { learning_rate: 0.004 } }] }));
  const { x, y, width, height } = await page.item('surface view', 'canvas');
  await page.tab.mouse.move(x + width / 2, y + height + 60);
  // The upper left part of the picture, where the run ends; its head stays out of it.
  const clip = { x: x + 0.25 * width, y: y + 0.05 * height, width: 0.17 * width, height: 0.35 * height };
  const shot = () => page.picture(clip);
  await page.run(() => window.descent.race.step(3));
  const empty = await shot();
  equal(shareApart(empty, await shot()), 0, 'nothing moves by itself');
  await page.run(() => window.descent.race.step(117));
  const whole = await shot();
  await page.run(() => window.descent.race.seek(3));
  const faint = shareApart(empty, await shot());
  note(`${(100 * faint).toFixed(2)} % of the pixels show what comes`);
  check(faint > 0.005, `the future takes ${faint} of the picture`);
  const fainter = shareApart(whole, await shot());
  check(fainter > 0.005, 'it is fainter than the path');
  await page.run(() => window.descent.race.seek(120));
  check(shareApart(whole, await shot()) < 0.001, 'back at the end the picture is as before');
  await page.run(() => window.descent.race.seek(3));
  await page.run(() => window.descent.race.change({ runner: 0, hyperparameters: { learning_rate: 0.003 } }));
  equal(shareApart(empty, await shot()), 0, 'after a change nothing of it is left');
  page.noErrors();
});
