// Real clicks, drags and keys, aimed through descent.ui.items().
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, isClose, matches, mustFail, test, until } from '../support/test.mjs';

test('clicks: play, pause, step, back and reset', async (stage) => {
  const page = await stage.page();
  await page.click('Play', 'button');
  await raceUntil(page, ({ playing, step }) => playing && step > 3, 'playing');
  await page.click('Pause', 'button');
  const paused = await raceUntil(page, ({ playing }) => !playing, 'paused');
  await page.click('Step', 'button');
  await raceUntil(page, ({ step }) => step === paused.step + 1, 'one step more');
  await page.click('Step back', 'button');
  const back = await raceUntil(page, ({ step }) => step === paused.step, 'one step back');
  equal(back.optimizers.map(({ point }) => point), paused.optimizers.map(({ point }) => point), 'points after a step forth and back');
  await page.click('Reset', 'button');
  await raceUntil(page, ({ step }) => step === 0, 'reset');
  page.noErrors();
});

test('clicks: a click beside a button does nothing (negative control)', async (stage) => {
  const page = await stage.page();
  const { x, y, height } = await page.item('Play', 'button');
  await page.clickAt({ x: Math.max(2, x - 6), y: y + height / 2 });
  await page.settled();
  equal((await race(page)).playing, false, 'playing');
  await mustFail(() => page.item('No such button', 'button', { seconds: 0.3 }), 'finding an item');
});

test('clicks: optimizers are added and removed', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', optimizers: [{ optimizer: 'adam' }] }));  // all in sight
  const before = 1;
  const add = await page.item(/add optimizer/, 'combo');
  await page.clickAt(page.center(add));
  const option = await page.item(/^(RMSprop|AdaGrad|Adagrad)$/i, 'option');
  await page.clickAt(page.center(option));
  const more = await raceUntil(page, ({ optimizers }) => optimizers.length === before + 1, 'one optimizer more');
  const title = await page.run((name) => window.descent.optimizers().find((o) => o.name === name).title, more.optimizers.at(-1).optimizer);
  const remove = await page.item(`Remove ${title}`, 'button', { enabled: true });
  await page.clickAt(page.center(remove));
  await raceUntil(page, ({ optimizers }) => optimizers.length === before, 'one optimizer less');
});

test('clicks: a slider’s drag changes the learning rate while the race runs', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'rosenbrock', optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.01 } }] }));
  await page.run(() => window.descent.race.play());
  const rate = async () => (await race(page)).optimizers[0].hyperparameters.learning_rate;
  await until(async () => (await rate()) === 0.01, 'the configured rate');
  const slider = await until(async () => {
    const item = await page.item(/learning.rate/i, 'slider');
    return isClose(item.value, 0.01, 1e-6) && item;
  }, 'the slider at the configured rate');
  const at = (f) => page.center(slider, f);
  await page.drag([at(0.3), at(0.45), at(0.6), at(0.75)]);
  const up = await until(async () => (await rate()) > 0.01 && rate(), 'a higher learning rate');
  const { step, playing } = await race(page);
  check(playing && step > 0, 'the race goes on');
  await until(async () => isClose((await page.item(/learning.rate/i, 'slider')).value, up, 1e-6), 'the slider at the new value');
});

test('clicks: the knob of a slider moves with the pointer from where it is held; a press alone moves nothing', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'rosenbrock', optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.01 } }] }));
  const rate = async () => (await race(page)).optimizers[0].hyperparameters.learning_rate;
  const slider = await page.item(/learning.rate/i, 'slider');
  const middle = page.center(slider, 0.3);
  const right = (dx) => ({ x: middle.x + dx, y: middle.y });
  await page.clickAt(middle);  // beside the knob: it comes to the pointer
  const held = await until(async () => (await rate()) !== 0.01 && rate(), 'the knob at the pointer');
  await page.clickAt(right(5));
  await page.settled();
  equal(await rate(), held, 'a press on the knob');
  await page.drag([right(5), right(15), right(45)]);
  const moved = await until(async () => (await rate()) !== held && rate(), 'the knob to follow');
  // The same place as a press 40 px from the middle, to a pixel of the logarithmic track.
  await page.clickAt(right(-40));
  await until(async () => (await rate()) < held, 'a press beside it');
  await page.clickAt(right(40));
  const there = await until(async () => (await rate()) > held && rate(), 'a press at the place');
  isClose(moved, there, 1e-3) || check(false, `dragged to ${moved}, pressed at ${there}`);
});

test('cards: the stability bound with its number, also where that equals a number of the formula', async (stage) => {
  const page = await stage.page();
  const bound = async (optimizer) => {
    await page.run((name) => window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 1 }, start: [2, 1], optimizers: [{ optimizer: name }] }), optimizer);
    await page.frames(4);
    return (await page.item('stability bound', 'text')).text;
  };
  matches(await bound('gradient_descent'), /^unstable above 2\/λmax = 2$/, 'gradient descent');
  matches(await bound('newton'), /^unstable (above|>) 2 \(curvature divided out\)$/, 'Newton');
  page.noErrors();
});

test('clicks: another surface from the list; its formula shows', async (stage) => {
  const page = await stage.page();
  await page.click('Surface', 'combo');
  const option = await page.item(/Himmelblau/, 'option');
  await page.clickAt(page.center(option));
  await raceUntil(page, ({ surface }) => surface === 'himmelblau', 'the surface');
});

test('clicks: the start is dragged in the picture', async (stage) => {
  const page = await stage.page();
  const handle = await page.item('start handle', 'canvas');
  const before = (await race(page)).start;
  const from = page.center(handle);
  await page.drag([from, { x: from.x + 30, y: from.y + 10 }, { x: from.x + 60, y: from.y + 30 }]);
  const { start } = await raceUntil(page, (s) => s.start[0] !== before[0], 'another start');
  check(start[0] > before[0], `the start went right: ${before} → ${start}`);
});

test('clicks: the view zooms under the wheel and pans under the mouse', async (stage) => {
  const page = await stage.page();
  const view = await page.item('surface view', 'canvas');
  const box = () => page.run(() => { const { view: v } = window.descent.state(); return [v.x, v.y]; });
  const before = await box();
  const middle = page.center(view, 0.6, 0.5);
  await page.tab.mouse.move(middle.x, middle.y);
  await page.frames();
  await page.tab.mouse.wheel(0, -240);
  const zoomed = await until(async () => {
    const now = await box();
    return now[0][1] - now[0][0] < 0.95 * (before[0][1] - before[0][0]) && now;
  }, 'a closer view');
  await page.drag([middle, { x: middle.x + 40, y: middle.y }, { x: middle.x + 80, y: middle.y }]);
  await until(async () => Math.abs((await box())[0][0] - zoomed[0][0]) > 1e-3, 'a moved view');
});

test('keys: space, arrows, R, 1, 2 and ?', async (stage) => {
  const page = await stage.page();
  await page.key('Space');
  await raceUntil(page, ({ playing }) => playing, 'playing');
  await page.key('Space');
  const { step } = await raceUntil(page, ({ playing }) => !playing, 'paused');
  await page.key('ArrowRight');
  await raceUntil(page, (s) => s.step === step + 1, 'one step');
  await page.key('ArrowLeft');
  await raceUntil(page, (s) => s.step === step, 'one step back');
  await page.key('KeyR');
  await raceUntil(page, (s) => s.step === 0, 'reset');
  const workspace = () => page.run(() => window.descent.state().workspace);
  await page.key('Digit2');
  await until(async () => (await workspace()) === 'network', 'the Network workspace');
  await page.key('Digit1');
  await until(async () => (await workspace()) === 'surfaces', 'the Surfaces workspace');
  await page.key('Shift+Slash');
  await page.item('Close help', 'button');
  await page.key('Escape');
  await until(async () => !(await page.items()).some(({ label }) => label === 'Close help'), 'help closed');
  page.noErrors();
});

test('keys: after a typed number, and Escape, space and arrows are the race’s again', async (stage) => {
  const page = await stage.page();
  await page.click('gradient descent learning rate value', 'field');
  await page.type('0.0007');
  await page.key('Enter');
  await until(async () => (await race(page)).optimizers[0].hyperparameters.learning_rate === 0.0007, 'the number typed');
  await page.key('Escape');
  await page.key('ArrowRight');
  await raceUntil(page, ({ step }) => step === 1, 'a step');
  await page.key(' ');
  await raceUntil(page, ({ playing, step }) => playing && step > 3, 'playing');
  page.noErrors();
});

test('clicks: train, pause and step on the network; the live region tells', async (stage) => {
  const page = await stage.page();
  await page.click('Network', 'tab');
  const network = () => page.run(() => window.descent.network.status());
  await until(async () => (await network()).state === 'ready', 'the data set', 60);
  await page.click('Step', 'button');
  await until(async () => (await network()).step === 1, 'one step');
  await page.click('Train', 'button');
  await until(async () => (await network()).step > 4, 'training');
  const spoken = await until(() => page.run(() => document.getElementById('status').textContent), 'the live region');
  matches(spoken, /\w/, 'live region');
  await page.click('Pause', 'button');
  await until(async () => (await network()).state === 'paused', 'paused');
  await page.click('Reset', 'button');
  await until(async () => (await network()).step === 0, 'reset');
  page.noErrors();
});

// The strokes of a one, from top to bottom, in fractions of the pad.
const kStroke = Array.from({ length: 12 }, (_, i) => [0.5, 0.15 + (0.7 * i) / 11]);

async function openNetwork(page) {
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
  await until(() => page.run(() => window.descent.network.status().state === 'ready'), 'the data set', 60);
}

const digit = (page) => page.run(() => window.descent.state().digit);
const drawn = async (page) => /^[0-9a-f]{1568}$/.test((await digit(page)).image ?? '');

test('draw: a digit by mouse becomes the digit of all lenses, and can be wiped', async (stage) => {
  const page = await stage.page();
  await openNetwork(page);
  const pad = await page.item('Draw here', 'canvas');
  equal(await drawn(page), false, 'a digit of one’s own before drawing');
  await page.drag(kStroke.map(([fx, fy]) => page.center(pad, fx, fy)));
  await until(() => drawn(page), 'the digit');
  const ink = (await digit(page)).image.match(/../g).map((byte) => parseInt(byte, 16));
  const mass = ink.reduce((sum, v) => sum + v, 0);
  const centre = ink.reduce((sum, v, i) => sum + v * (i % 28 + 0.5), 0) / mass;
  check(Math.abs(centre - 14) < 0.6, `the centre of mass is at ${centre}, not in the middle`);
  await page.click('Clear', 'button');
  await until(async () => !(await drawn(page)), 'the test image again');
  page.noErrors();
});

test('draw: a digit by finger', async (stage) => {
  const page = await stage.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await openNetwork(page);
  const { x, y } = page.center(await page.item('Digit', 'button'));
  await page.tab.touchscreen.tap(x, y);
  const pad = await page.item('Draw here', 'canvas');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = async (type, point) => {
    await client.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
    await page.frames(1);
  };
  const points = kStroke.map(([fx, fy]) => page.center(pad, fx, fy));
  await touch('touchStart', points[0]);
  for (const point of points.slice(1)) await touch('touchMove', point);
  await touch('touchEnd');
  await until(() => drawn(page), 'the digit');
  page.noErrors();
});

test('cards: a notch marks what is best on the local quadratic, and only where there is one', async (stage) => {
  const page = await stage.page();
  const marks = async (surface, start, optimizer) => {
    await page.run((config) => window.descent.race.configure(config), { surface, parameters: surface === 'quadratic' ? { kappa: 4 } : {}, start, optimizers: [{ optimizer }] });
    await page.frames(4);
    return Object.fromEntries((await page.items()).filter(({ role, label }) => role === 'mark' && / best$/.test(label))
      .map(({ label, value }) => [label.toLowerCase().match(/learning rate|momentum(?= best)/)[0], value]));
  };
  const near = (found, wanted) => check(Object.keys(wanted).every((name) => isClose(found[name], wanted[name], 1e-9)), `${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
  // Polyak (1964): 2 / (λmin + λmax); (2 / (√λmax + √λmin))², with curvatures 1 and 4.
  near(await marks('quadratic', [2, 1], 'gradient_descent'), { 'learning rate': 2 / 5 });
  const heavy = await marks('quadratic', [2, 1], 'momentum');
  near(heavy, { 'learning rate': 4 / 9 });
  await mustFail(() => near(heavy, { 'learning rate': 2 / 5 }), 'the rate of another method');
  equal(await marks('saddle', [1, 1], 'gradient_descent'), {}, 'where the surface curves both ways');
  equal(await marks('quadratic', [2, 1], 'adam'), {}, 'where no best rate is known');
  page.noErrors();
});
