// The page's manners: a flick that begins on a slider scrolls, each drawer stays where it was scrolled to, the
// cursor says what can be done, what is shown can be copied, and the control with the focus is read out.
// SPDX-License-Identifier: MIT
import { race } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kRate = 'gradient descent learning rate';

const rate = async (page) => (await race(page)).optimizers[0].hyperparameters.learning_rate;

const status = (page) => page.run(() => document.getElementById('status').textContent);

test('manners: a flick on a slider sets nothing; a finger sets it sideways, after a rest, or by a tap', async (stage) => {
  const page = await stage.page(kPhone);
  await page.tap('Menu', 'button');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const before = await rate(page);
  const knob = async () => page.center(await page.item(kRate, 'slider'), 0.8);
  // Slow phones send it so: the finger is down and has moved before a frame is drawn.
  for (const end of [12, 40, 120]) {
    for (const lean of [0, 0.6]) {
      const at = await knob();
      await Promise.all([
        touch('touchStart', at),
        touch('touchMove', { x: at.x + lean * end, y: at.y - end }),
        touch('touchEnd'),
      ]);
      await page.settled();
      equal(await rate(page), before, `the rate after a flick of ${end} points, ${lean * end} sideways`);
    }
  }
  let at = await knob();
  await touch('touchStart', at);
  await page.frames(3);
  await touch('touchMove', { x: at.x - 40, y: at.y + 4 });
  await page.frames(3);
  await touch('touchEnd');
  await until(async () => (await rate(page)) !== before, 'set sideways');
  const sideways = await rate(page);
  at = await knob();
  await touch('touchStart', at);
  await until(async () => (await rate(page)) !== sideways, 'set by a rest');
  await touch('touchEnd');
  const rested = await rate(page);
  const slider = await page.item(kRate, 'slider');
  const { x, y } = page.center(slider, 0.3);
  await page.tab.touchscreen.tap(x, y);
  await until(async () => (await rate(page)) < rested, 'set by a tap');
  page.noErrors();
});

test('manners: each drawer has its own scroll position', async (stage) => {
  const page = await stage.page(kPhone);
  await page.run(() => window.descent.race.configure({ optimizers: ['adam', 'momentum', 'rmsprop', 'adagrad', 'lion'].map((optimizer) => ({ optimizer })) }));
  await page.tap('Menu', 'button');
  await page.item('start x', 'field');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  // Where the controls of the drawer are.
  const heights = async () => {
    await page.settled();
    const found = (await page.items()).filter(({ role, label }) => role === 'field' && label !== 'step');
    return Object.fromEntries(found.map(({ label, y }) => [label, Math.round(y)]));
  };
  const before = await heights();
  await touch('touchStart', { x: 195, y: 600 });
  for (let y = 580; y >= 400; y -= 20) {
    await touch('touchMove', { x: 195, y });
    await page.frames(1);
  }
  await touch('touchEnd');
  const scrolled = await heights();
  // A line of text above them may take a row more or less.
  const stays = (one, other) => Object.keys(one).some((label) => label in other) && Object.keys(one).every((label) => !(label in other) || Math.abs(one[label] - other[label]) < 24);
  check(!stays(scrolled, before), 'the drawer did not scroll');
  await page.tap('Network', 'tab');
  await page.tap('Menu', 'button');
  await page.item('Epoch', 'text');  // the first line of the other drawer, which was never scrolled
  await page.tap('Surfaces', 'tab');
  await page.tap('Menu', 'button');
  const found = await heights();
  check(stays(scrolled, found), `left at ${JSON.stringify(scrolled)}, found at ${JSON.stringify(found)}`);
  page.noErrors();
});

test('manners: the cursor says what can be done', async (stage) => {
  const page = await stage.page();
  const cursor = () => page.run(() => getComputedStyle(document.getElementById('canvas')).cursor);
  for (const [label, role, wanted] of [['Play', 'button', 'pointer'], ['3-D', 'tab', 'pointer'], ['Lines', 'checkbox', 'pointer'],
    ['Surface', 'combo', 'pointer'], [kRate, 'slider', 'ew-resize'], [`${kRate} value`, 'field', 'text'], ['start handle', 'canvas', 'grab']]) {
    const { x, y } = page.center(await page.item(label, role));
    await page.tab.mouse.move(x, y);
    await until(async () => (await cursor()) === wanted, `the cursor ${wanted} over ${role} ${label}`);
  }
  const logo = await page.item('Descent', 'text');
  await page.tab.mouse.move(page.center(logo).x, page.center(logo).y);
  await until(async () => !['pointer', 'text', 'grab', 'ew-resize'].includes(await cursor()), 'the arrow over a text');
  page.noErrors();
});

test('manners: what is under the pointer, or has the focus, can be copied', async (stage) => {
  const page = await stage.page();
  // The text that the browser would take: it asks for it with an event.
  const copied = () => page.run(() => {
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    document.getElementById('canvas').dispatchEvent(event);
    return event.clipboardData.getData('text/plain');
  });
  const over = async (label, role) => {
    const { x, y } = page.center(await page.item(label, role));
    await page.tab.mouse.move(x, y);
    await page.settled();
  };
  await over('Play', 'button');
  equal(await copied(), '', 'copied of a button');
  await over(kRate, 'slider');
  equal(await copied(), String(await rate(page)), 'the rate');
  matches((await page.item('message', 'text')).text, /^Copied: /, 'message');
  const bound = await page.item('stability bound', 'text');
  await over('stability bound', 'text');
  equal(await copied(), bound.text, 'a sentence');
  page.noErrors();
});

test('manners: the control with the focus is read out with its value', async (stage) => {
  const page = await stage.page();
  const hear = (pattern) => until(async () => pattern.test(await status(page)), `${pattern} read out`);
  await page.click(`${kRate} value`, 'field');
  await page.key('Enter');
  await page.key('Tab');
  await hear(/^gradient descent learning rate value, text field: [\d.]+$/);
  await page.key('Tab');
  await hear(/^gradient descent learning rate, slider: [\d.]+$/);
  const before = await status(page);
  await page.key('ArrowRight');
  await until(async () => /^gradient descent learning rate, slider: /.test(await status(page)) && (await status(page)) !== before, 'the new value');
  await mustFail(() => until(async () => (await status(page)) === before, 'the old value', 1), 'hearing the old value');
  page.noErrors();
});

test('manners: letters and pictures grow with a very large screen, and are where they are clicked', async (stage) => {
  const small = await stage.page();
  const { height } = await small.item('Play', 'button');
  const page = await stage.page({ viewport: { width: 2560, height: 1440 } });
  const play = await page.item('Play', 'button');
  equal(play.height, 1.25 * height, 'height of a button at 2560x1440');
  const view = await page.item('surface view', 'canvas');
  check(view.width > 0.6 * 2560 && view.height > 0.5 * 1440, `the picture is ${view.width} x ${view.height}`);
  await page.click('Play', 'button');
  await until(async () => (await race(page)).playing, 'playing');
  await page.click(`${kRate} value`, 'field');
  await page.type('0.0007');
  const field = await page.run(() => document.querySelector('.over-canvas').getBoundingClientRect().toJSON());
  await page.key('Enter');
  await until(async () => (await rate(page)) === 0.0007, 'the number typed');
  const item = await page.item(`${kRate} value`, 'field');
  for (const side of ['x', 'y', 'width', 'height']) check(Math.abs(field[side] - item[side]) < 2, `${side} of the field: ${field[side]}, not ${item[side]}`);
  await page.drag([page.center(await page.item('start handle', 'canvas')), page.center(await page.item('surface view', 'canvas'), 0.3, 0.3)]);
  const ring = await page.item('start handle', 'canvas');
  const there = page.center(await page.item('surface view', 'canvas'), 0.3, 0.3);
  check(Math.hypot(page.center(ring).x - there.x, page.center(ring).y - there.y) < 4, 'the ring is where it was dragged to');
  page.noErrors();
});
