// The rail's menus by real mouse, keys and fingers: surfaces as pictures in groups, optimizers by family, examples of
// formulas; and formulas as people type them, said as they were read.
// SPDX-License-Identifier: MIT
import { difference, statistics } from '../support/png.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { clickInRail, inSight } from '../support/rail.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const config = (page) => page.run(() => window.descent.state().race);
const surfaceUntil = (page, name) => until(async () => (await config(page)).surface === name, `the race on ${name}`);
const labels = async (page, role) => (await page.items()).filter((item) => item.role === role).map(({ label }) => label);
const options = async (page) => (await page.items()).filter(({ role, text }) => role === 'option' && text !== undefined);
const closed = (page) => until(async () => (await labels(page, 'heading')).length === 0, 'the list is closed');
// The part of an entry that its picture takes.
const pictureOf = (page, { x, y, height }) => page.picture({ x: x + 10, y: y + height / 2 - 24, width: 64, height: 48 });

async function openSurfaces(page) {
  await page.click('Surface', 'combo');
  return page.item('Himmelblau', 'option');
}

test('pickers: surfaces stand in groups, each with its picture and a line; the present one is marked', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await page.run(() => window.descent.race.configure({ surface: 'booth' }));
  const himmelblau = await openSurfaces(page);
  equal((await labels(page, 'heading')).slice(0, 4), ['Bowls', 'Valleys', 'Many minima', 'Plateaus'], 'headings');
  equal(himmelblau.text, 'Four equally good minima round one hill', 'its line');
  equal((await options(page)).filter(({ value }) => value === 1).map(({ label }) => label), ['Booth'], 'marked');
  const pictures = await until(async () => {
    const found = [];
    for (const name of ['Himmelblau', 'Booth', 'Rosenbrock']) found.push(await pictureOf(page, await page.item(name, 'option')));
    return found.every((png) => statistics(png).colours > 60) && found;
  }, 'three pictures');
  const apart = (a, b) => check(difference(a, b).count > 1000, 'two pictures are the same');
  apart(pictures[0], pictures[1]);
  apart(pictures[1], pictures[2]);
  await mustFail(() => apart(pictures[0], pictures[0]), 'a picture beside itself');
  note(pictures.map((png) => `${statistics(png).colours} colours`).join(', '));
  await page.run(() => window.descent.apply({ ...window.descent.state(), theme: 'light' }));
  await until(async () => difference(pictures[0], await pictureOf(page, await page.item('Himmelblau', 'option'))).count > 1000, 'another picture in the light theme');
  await page.clickAt(page.center(await page.item('Himmelblau', 'option')));
  await surfaceUntil(page, 'himmelblau');
  await closed(page);
  page.noErrors();
});

test('pickers: the wheel goes to the last group', async (stage) => {
  const page = await stage.page();
  const entry = await openSurfaces(page);
  await mustFail(() => page.item('Bukin N. 6', 'option', { seconds: 0.3 }), 'an entry below the edge');
  await page.tab.mouse.move(entry.x + 20, entry.y + 20);
  await until(async () => {
    await page.tab.mouse.wheel(0, 400);
    await page.frames(4);
    return (await labels(page, 'option')).includes('Bukin N. 6');
  }, 'the last group in sight');
  check((await labels(page, 'heading')).includes('Kinks'), 'its heading');
  await page.clickAt(page.center(await page.item('Bukin N. 6', 'option')));
  await surfaceUntil(page, 'bukin');
  page.noErrors();
});

test('pickers: letters, arrows, Enter and Escape', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.step(3));
  await openSurfaces(page);
  await page.key('r');  // elsewhere it resets the race
  await page.key('a');
  await page.key('s');
  await page.key('Enter');
  await surfaceUntil(page, 'rastrigin');
  await closed(page);
  await page.run(() => window.descent.race.step(2));
  await openSurfaces(page);
  await page.key('r');
  await page.key('Escape');
  await closed(page);
  equal([(await config(page)).surface, (await race(page)).step], ['rastrigin', 2], 'after Escape');
  // One letter again and again goes from one to the next, and arrows go on from there.
  await openSurfaces(page);
  await page.key('q');
  await page.key('ArrowRight');
  await page.key('Enter');
  await surfaceUntil(page, 'booth');
  equal((await race(page)).step, 0, 'arrows are no steps of the race');
  page.noErrors();
});

test('pickers, phone: entries are as large as a thumb wants and are swiped', async (stage) => {
  const page = await stage.page(kPhone);
  const before = (await config(page)).surface;
  await page.tap('Menu', 'button');
  await page.tap('Surface', 'combo');
  await page.item('Booth', 'option');
  const sizes = (await options(page)).slice(1, -1);  // the first and the last may be cut off
  check(sizes.length > 4 && sizes.every(({ width, height }) => width > 250 && height >= 40), JSON.stringify(sizes));
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, y) => client.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] });
  await until(async () => {
    await touch('touchStart', 700);
    for (const y of [640, 560, 480, 400, 320]) {
      await touch('touchMove', y);
      await page.frames(1);
    }
    await touch('touchEnd');
    await page.frames(6);
    return (await labels(page, 'option')).includes('Monkey saddle');
  }, 'swiped to the saddles');
  equal((await config(page)).surface, before, 'a swipe chooses nothing');
  await page.tap('Monkey saddle', 'option');
  await surfaceUntil(page, 'monkey_saddle');
  page.noErrors();
});

test('pickers: optimizers stand by family, and adding is no entry', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', optimizers: [{ optimizer: 'adam' }] }));
  await clickInRail(page, 'add optimizer', 'combo');
  await page.item('Gradient descent', 'option');
  const families = await labels(page, 'heading');
  equal(families.slice(0, 3), ['Plain gradient', 'Momentum', 'Adaptive: a rate for each coordinate'], 'families');
  const entries = await options(page);
  check(entries.length > 10 && entries.every(({ text }) => text.length > 10), 'each has a line');
  check(!entries.some(({ label }) => /add optimizer/.test(label)), 'no entry is about adding');
  equal(entries.find(({ label }) => label === 'Momentum').text, 'A ball with mass', 'a line');
  await page.key('l');
  await page.key('-');
  await page.key('Enter');
  const { optimizers } = await raceUntil(page, ({ optimizers: all }) => all.length === 2, 'one more');
  equal(optimizers[1].optimizer, 'lbfgs', 'the one whose letters were typed');
  page.noErrors();
});

test('pickers: an example takes the place of the formula, in a rectangle of its own', async (stage) => {
  const page = await stage.page({ pixels: true });
  await page.run(() => window.descent.race.configure({ surface: 'booth' }));
  await page.click('Surface', 'combo');
  await page.clickAt(page.center(await page.item(/Your formula/, 'option')));
  await clickInRail(page, 'Examples', 'combo');
  const winding = await page.item('(y - sin 2x)² + x²/20', 'option');
  equal(winding.text, 'A winding valley: easy to find, slow to follow', 'what is to be seen');
  await until(async () => statistics(await pictureOf(page, winding)).colours > 60, 'its picture');
  await page.clickAt(page.center(winding));
  await until(async () => (await config(page)).expression === '(y - sin 2x)² + x²/20', 'the race on the example');
  const { domain, start } = await config(page);
  equal([domain, start], [[-3, 3, -3, 3], [-2.5, -2]], 'where it is worth seeing');
  equal((await inSight(page, 'Formula', 'field')).text, '(y - sin 2x)² + x²/20', 'the field');
  equal((await page.item('formula reading', 'text')).text, 'Read as f = (y - sin(2·x))² + x²/20', 'as it was read');
  const { value } = await page.run(() => window.descent.evaluate({ expression: '(y - sin 2x)² + x²/20', point: [1, 2] }));
  check(Math.abs(value - ((2 - Math.sin(2)) ** 2 + 0.05)) < 1e-14, `f(1, 2) = ${value}`);
  page.noErrors();
});

test('formula: products without a sign and full-width signs, typed, are shown as they were read', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'x^2 + y^2' }));
  const typed = async (text) => {
    await page.click('Formula', 'field');
    await page.key('Control+a');
    await page.tab.keyboard.insertText(text);  // as an input method gives it
    await until(async () => (await config(page)).expression === text, `the race on ${text}`);
    return (await page.item('formula reading', 'text')).text;
  };
  const lesson = async () => (await page.item('formula note', 'text')).text;
  equal(await typed('2 sin(3x) y'), 'Read as f = 2·sin(3·x)·y', 'a product');
  equal(await typed('１＋（ｘー２）＾２＋ｙ＾２'), 'Read as f = 1 + (x - 2)² + y²', 'full width');
  await typed('y^2 + 1/2x');
  await until(async () => /1\/2x is read as \(1\/2\)·x; the other meaning is written 1\/\(2·x\)/.test(await lesson()), 'which quotient');
  await typed('sin x y');
  await until(async () => /sin x y is read as sin\(x·y\); the other meaning is written sin\(x\)·y/.test(await lesson()), 'which argument');
  await page.click('Formula', 'field');
  await page.key('Control+a');
  await page.tab.keyboard.insertText('ｘ ＋ ＊ ｙ');
  const error = await page.item('formula error', 'text');
  equal(error.value, 5, 'the column of the wrong sign');
  matches(error.text, /^Column 5: /, 'the sentence');
  equal((await config(page)).expression, 'sin x y', 'the last good formula');
  page.noErrors();
});
