// The pinned point of the tab "Chain rule": by click, drag, typed numbers, finger and script; released by button, Escape
// and another surface; what a click in the picture does otherwise stays as it is.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const pinOf = (page) => page.run(() => window.descent.state().view.pin);
const pinned = (page, what = 'a pin') => until(async () => {
  const pin = await pinOf(page);
  return pin.length === 2 && pin;
}, what);
const released = (page) => until(async () => (await pinOf(page)).length === 0, 'no pin');
const words = async (page) => (await page.item('chain step', 'text')).text;

async function chainRule(page, view = {}) {
  await page.run((more) => window.descent.apply({ ...window.descent.state(), view: { tab: 'chain_rule', ...more },
    race: { surface: 'himmelblau', start: [1, 2.5], optimizers: [{ optimizer: 'adam' }] } }), view);
  await page.item('chain step', 'text');
}

// The place of a surface point on the screen, from the rectangle in sight; x and y have one scale.
const point = (page, fx, fy) => page.run(([u, v]) => {
  const { view: { x, y } } = window.descent.state();
  const { width, height } = window.descent.ui.items().find(({ label }) => label === 'surface view');
  const unit = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height);
  return [(x[0] + x[1]) / 2 + (u - 0.5) * width * unit, (y[0] + y[1]) / 2 - (v - 0.5) * height * unit, unit];
}, [fx, fy]);

test('pin: a click in the picture pins, the gradient stays there while the pointer moves; drag, type, Escape', async (stage) => {
  const page = await stage.page();
  await chainRule(page);
  const view = await page.item('surface view', 'canvas');
  const there = page.center(view, 0.3, 0.4);
  await page.tab.mouse.move(there.x, there.y);
  await until(async () => /at the pointer/.test(await words(page)), 'the point under the pointer');
  await page.clickAt(there);
  const [x, y] = await pinned(page);
  const [px, py, unit] = await point(page, 0.3, 0.4);
  check(Math.abs(x - px) < 2 * unit && Math.abs(y - py) < 2 * unit, `pinned at ${x}, ${y}, clicked at ${px}, ${py}`);
  const other = page.center(view, 0.7, 0.3);
  await page.tab.mouse.move(other.x, other.y);
  await until(async () => /at the pinned point/.test(await words(page)), 'the point stays');
  equal((await page.item('x', 'field')).value, x, 'x in the tab');
  const { gradient } = await page.run((p) => window.descent.evaluate({ surface: 'himmelblau', point: p }), [x, y]);
  await until(async () => {
    const shown = (await page.item('agreement', 'text')).text.match(/reverse mode \(([^,]+), ([^)]+)\)/);
    return shown && [0, 1].every((i) => Math.abs(Number(shown[i + 1].replace('−', '-')) - gradient[i]) < 1e-3 * Math.abs(gradient[i]));
  }, 'the gradient at the pinned point');
  equal(await page.run(() => window.descent.race.status().start), [1, 2.5], 'the start is where it was');
  const mark = page.center(await page.item('pinned point', 'canvas'));
  // The grip is beside the middle, so that the press is not the second click of two.
  const grip = { x: mark.x + 7, y: mark.y - 3 };
  await page.drag([grip, { x: grip.x + 20, y: grip.y - 10 }, { x: grip.x + 60, y: grip.y - 30 }]);
  const moved = await until(async () => { const pin = await pinOf(page); return pin[0] !== x && pin; }, 'a dragged pin');
  close(moved[0] - x, 60 * unit, 0, 'as far as the pointer', 3 * unit);
  await page.fill('y', '-1.25');
  await until(async () => (await pinOf(page))[1] === -1.25, 'a typed y');
  await page.key('Escape');
  await released(page);
  check(!(await page.items()).some(({ label }) => label === 'pinned point'), 'no mark any more');
  page.noErrors();
});

test('pin: arrow keys move it, with shift further; they are the race\'s again when it is let go', async (stage) => {
  const page = await stage.page();
  await chainRule(page, { pin: [1, 1] });
  await page.item('pinned point', 'canvas');
  const step = () => page.run(() => window.descent.race.status().step);
  const press = async (key, expected, what, seconds = 10) => {
    await page.key(key);
    await until(async () => `${await pinOf(page)}` === `${expected}`, what, seconds);
  };
  await press('ArrowRight', [1.1, 1], 'to the right');
  await press('ArrowUp', [1.1, 1.1], 'upwards');
  await press('Shift+ArrowLeft', [0.1, 1.1], 'ten steps to the left');
  await press('Shift+ArrowDown', [0.1, 0.1], 'ten steps down');
  equal(await step(), 0, 'the race stands');
  await until(async () => (await page.item('x', 'field')).value === 0.1, 'x in the tab');
  for (let i = 0; i < 40; i += 1) await page.tab.keyboard.press('Shift+ArrowUp');
  await until(async () => (await pinOf(page))[1] > 5, 'at the edge');
  const [, edge] = await pinOf(page);
  await page.key('ArrowUp');
  await page.settled();
  equal((await pinOf(page))[1], edge, 'it stays in sight');
  await page.key('Escape');
  await released(page);
  await page.key('ArrowRight');
  await until(async () => (await step()) === 1, 'a step of the race');
  equal(await pinOf(page), [], 'nothing is pinned');
  // With another tab open the arrows are the race's, pin or not.
  await chainRule(page, { pin: [1, 1] });
  await page.click('Loss', 'tab');
  await until(() => page.run(() => window.descent.state().view.tab === 'loss'), 'the other tab');
  const before = await step();
  await page.key('ArrowRight');
  await until(async () => (await step()) === before + 1, 'a step of the race');
  equal(await pinOf(page), [1, 1], 'the pin stays');
  await mustFail(() => press('ArrowRight', [1.1, 1], 'to the right', 0.5), 'moving a pin out of its tab');
  page.noErrors();
});

test('pin: arrow keys in the 3-D view go the way they point on the screen; the ring of focus takes them', async (stage) => {
  const page = await stage.page();
  for (const yaw of [0.2, 1.7, 3.3, -1.4]) {
    await chainRule(page, { pin: [0, 0], three_d: true, yaw });
    await page.settled();
    const before = page.center(await page.item('pinned point', 'canvas'));
    await page.key('Shift+ArrowRight');
    await until(async () => `${await pinOf(page)}` !== '0,0', 'moved');
    await page.settled();
    const after = page.center(await page.item('pinned point', 'canvas'));
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    check(dx > 8 && dx > Math.abs(dy) * 0.9, `yaw ${yaw}: by ${dx}, ${dy}`);
  }
  // With the ring at another control they are that control's; at the pin they are its own.
  await chainRule(page, { pin: [1, 1], three_d: false });
  await page.item('pinned point', 'canvas');
  await page.key('Tab');
  await page.frames(3);
  await page.key('ArrowRight');
  await page.settled();
  equal(await pinOf(page), [1, 1], 'a ring elsewhere');
  page.noErrors();
});

test('pin: the button pins the head and lets go; the pin does not follow the run', async (stage) => {
  const page = await stage.page();
  await chainRule(page);
  await page.click('Pin point', 'checkbox');
  equal(await pinned(page), [1, 2.5], 'at the head');
  await page.run(() => window.descent.race.step(5));
  await page.frames();
  equal((await page.item('x', 'field')).value, 1, 'still there');
  await page.click('Pin point', 'checkbox');
  await released(page);
  const [hx] = (await page.run(() => window.descent.race.status())).optimizers[0].point;
  await until(async () => (await page.item('x', 'field')).value === hx, 'the head again');
  page.noErrors();
});

test('pin: drags, double clicks and other tabs pin nothing; basins start where they are clicked', async (stage) => {
  const page = await stage.page();
  await chainRule(page);
  const view = await page.item('surface view', 'canvas');
  const at = page.center(view, 0.3, 0.4);
  await page.drag([at, { x: at.x + 30, y: at.y }, { x: at.x + 50, y: at.y + 20 }]);
  equal(await pinOf(page), [], 'after a drag');
  await page.doubleClickAt(at);
  await page.settled();
  equal(await pinOf(page), [], 'after a double click');
  await chainRule(page, { basins: true });
  await page.pauseBetweenClicks();
  await page.clickAt(at);
  await until(async () => (await page.run(() => window.descent.race.status().start[0])) !== 1, 'another start');
  equal(await pinOf(page), [], 'a click on the basins');
  await chainRule(page, { basins: false, tab: 'chain_rule' });
  await page.click('Loss', 'tab');
  await page.pauseBetweenClicks();
  await page.clickAt(at);
  equal(await pinOf(page), [], 'with another tab');
  await mustFail(() => page.item('pinned point', 'canvas', { seconds: 0.3 }), 'finding a pin');
  page.noErrors();
});

test('pin: in the state and the link, gone with the surface, refused when it is no point', async (stage) => {
  const page = await stage.page();
  await chainRule(page, { pin: [0.125, -2.5], three_d: true });
  equal(await pinOf(page), [0.125, -2.5], 'by script');
  await page.item('pinned point', 'canvas');
  const fragment = await page.run(async () => (await import('./links.js')).encodeState(window.descent.state()));
  const other = await stage.page();
  await other.follow(fragment);
  equal(await pinned(other, 'the pin from the link'), [0.125, -2.5], 'from the link');
  await until(async () => (await other.item('x', 'field')).value === 0.125, 'shown');
  for (const pin of [[1], [1, 2, 3], ['a', 'b'], [1e300, 0]]) {
    matches(await page.refusal((value) => window.descent.apply({ version: 1, view: { pin: value } }), pin), /view\.pin/, JSON.stringify(pin));
  }
  equal(await pinOf(page), [0.125, -2.5], 'after refusals');
  await page.run(() => window.descent.apply({ version: 1, view: { pin: [] } }));
  equal(await pinOf(page), [], 'let go by script');
  await page.run(() => window.descent.apply({ version: 1, view: { pin: [1, 1] } }));
  await page.run(() => window.descent.race.configure({ surface: 'booth' }));
  await released(page);
  page.noErrors();
});

test('pin: in the 3-D view a click pins what it meets', async (stage) => {
  const page = await stage.page();
  await chainRule(page, { three_d: true });
  await page.settled();
  const view = await page.item('surface view', 'canvas');
  await page.clickAt(page.center(view, 0.5, 0.55));
  const [x, y] = await pinned(page);
  check(Math.abs(x) <= 6 && Math.abs(y) <= 6, `on the surface: ${x}, ${y}`);
  const mark = page.center(await page.item('pinned point', 'canvas'));
  const clicked = page.center(view, 0.5, 0.55);
  check(Math.hypot(mark.x - clicked.x, mark.y - clicked.y) < 8, 'the mark is where it was clicked');
  page.noErrors();
});

test('pin: a tap pins on a small screen, the button lets go', async (stage) => {
  const page = await stage.page(kPhone);
  await chainRule(page);
  const view = await page.item('surface view', 'canvas');
  const tap = async ({ x, y }) => {
    await page.tab.touchscreen.tap(x, y);
    await page.frames(3);
  };
  await tap(page.center(view, 0.3, 0.6));
  const [x] = await pinned(page);
  check(x < 0, `left of the middle: ${x}`);
  await until(async () => /∇f pinned at \(/.test((await page.item('gradients', 'text')).text), 'said so');
  await page.pauseBetweenClicks();
  await tap(page.center(view, 0.7, 0.6));
  await until(async () => (await pinOf(page))[0] > 0, 'another tap pins anew');
  await tap(page.center(await page.item('Pin point', 'checkbox')));
  await released(page);
  page.noErrors();
});
