// The picture of the surface is drawn only when it differs and as if drawn anew, with values on the contour lines and
// holes where a formula has no value, and never with one formula's heights under another's name.
// SPDX-License-Identifier: MIT
import { colours, difference } from '../support/png.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { atRest, same } from '../support/rest.mjs';
import { check, close, equal, mustFail, test, until } from '../support/test.mjs';

const kRunners = [
  { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.004 } },
  { optimizer: 'adam', hyperparameters: { learning_rate: 0.15 } },
  { optimizer: 'momentum', hyperparameters: { learning_rate: 0.002 } },
];

const configure = (page, config) => page.run((c) => window.descent.race.configure(c), { optimizers: kRunners, ...config });
const step = (page, n) => page.run((count) => window.descent.race.step(count), n);
// Plays for at least that many steps.
async function playOn(page, steps) {
  const { step: before } = await race(page);
  // A race stops by itself where it is over, and goes on when it is played again.
  let now;
  do {
    await page.run(() => { window.descent.race.play(); });
    now = await raceUntil(page, ({ step, over, playing }) => step >= before + steps || (over && !playing), `${steps} steps`);
  } while (now.step < before + steps);
  await page.run(() => window.descent.race.pause());
}

// In another theme nothing is kept of what was drawn; values on contour lines stay in their places.
async function drawAnew(page) {
  for (const theme of ['light', 'dark']) {
    await page.run((name) => window.descent.apply({ version: 1, theme: name }), theme);
    await page.settled();
  }
}

test('drawing: what is drawn piece by piece is what a drawing of everything gives', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  // One path that never crosses itself: where paths cross, their casings are blended in the order of drawing.
  await configure(page, { surface: 'himmelblau', start: [-0.4, -0.6], steps_per_second: 20, optimizers: kRunners.slice(0, 1) });
  for (const three_d of [false, true]) {
    await page.run((t) => window.descent.apply({ version: 1, view: { three_d: t } }), three_d);
    await step(page, 5);
    await playOn(page, three_d ? 5 : 20);
    const view = await page.item('surface view', 'canvas');
    const from = page.center(view, 0.8, 0.2);
    await page.drag([from, { x: from.x - 20, y: from.y + 9 }, { x: from.x - 41, y: from.y + 17 }]);
    await page.click('Arrows', 'checkbox');
    await page.tab.mouse.move(5, 5);
    await page.settled();
    await step(page, 1);
    const pieces = await atRest(page);
    await drawAnew(page);
    const whole = await atRest(page);
    same(pieces, whole, three_d ? 'in 3-D' : 'flat');
    await step(page, 1);
    const next = await atRest(page);
    await mustFail(() => same(whole, next, 'another step'), 'the picture of another step');
    note(`${difference(whole, next).count} pixels of another step`);
  }
  page.noErrors();
});

// Step 47 of this run lies so nearly along the segment before it that it becomes a part of that, whose end moves.
test('drawing: a segment whose end moves on is drawn as a whole one', async (stage) => {
  const page = await stage.page({ pixels: true });
  await configure(page, { surface: 'himmelblau', start: [-0.4, -0.6], optimizers: kRunners.slice(0, 1) });
  await step(page, 46);
  const before = await atRest(page);
  await step(page, 1);
  const pieces = await atRest(page);
  await drawAnew(page);
  same(pieces, await atRest(page), 'the path with step 47');
  await mustFail(() => same(pieces, before, 'step 46'), 'the picture of the step before');
});

test('drawing: when a race pauses, every number beside the picture is its last', async (stage) => {
  const page = await stage.page({ pixels: true });
  await configure(page, { surface: 'himmelblau', start: [-0.4, -0.6], steps_per_second: 200, freeze: false });
  const kBelow = { x: 304, y: 500, width: 976, height: 220 };  // curves and standings
  let before;
  for (let i = 0; i < 3; i += 1) {
    await playOn(page, 60 + i);
    const paused = await atRest(page, kBelow);
    await page.tab.setViewportSize({ width: 1281, height: 721 });
    await page.frames(3);
    await page.tab.setViewportSize({ width: 1280, height: 720 });
    const drawn = await atRest(page, kBelow);
    same(paused, drawn, `pause ${i}`);
    if (before) await mustFail(() => same(before, drawn, 'another pause'), 'the numbers of the pause before');
    before = drawn;
  }
  page.noErrors();
});

test('drawing: a picture that stays the same is not drawn', async (stage) => {
  const page = await stage.newPage({ pixels: true, before: () => {
    window.__calls = 0;
    for (const name of ['drawArrays', 'drawElements', 'clear']) {
      const call = WebGL2RenderingContext.prototype[name];
      WebGL2RenderingContext.prototype[name] = function counted(...args) {
        window.__calls += 1;
        return call.apply(this, args);
      };
    }
  } });
  await configure(page, { surface: 'rosenbrock', start: [-1.2, 1] });
  const calls = async () => {
    await page.run(() => { window.__calls = 0; });
    await page.frames(20);
    return page.run(() => window.__calls);
  };
  await page.settled();
  equal(await calls(), 0, 'calls for a picture at rest');
  await page.run(() => { window.descent.race.play(); });
  await until(async () => (await calls()) > 10, 'a race that plays is drawn');
  page.noErrors();
});

const marks = async (page) => (await page.items()).filter(({ role, label }) => role === 'mark' && label.startsWith('contour '));

// From positions of the canvas to the surface points under them, by the rectangle in the state and the item's place now.
async function pointsUnder(page) {
  const { view } = await page.run(() => window.descent.state());
  const box = await page.item('surface view', 'canvas');
  const unit = Math.max((view.x[1] - view.x[0]) / box.width, (view.y[1] - view.y[0]) / box.height);
  return ({ x, y }) => [(view.x[0] + view.x[1]) / 2 + (x - box.x - box.width / 2) * unit,
    (view.y[0] + view.y[1]) / 2 - (y - box.y - box.height / 2) * unit, unit];
}

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

async function lieOnTheirLines(page, labels, aside = 0) {
  const pointAt = await pointsUnder(page);
  for (const label of labels) {
    const { x, y } = page.center(label);
    const [px, py, unit] = pointAt({ x: x + aside, y });
    const at = await page.run((point) => window.descent.evaluate({ surface: 'himmelblau', point }), [px, py]);
    close(at.value, label.value, 0, `the value under '${label.label}'`, 2 * unit * Math.hypot(...at.gradient));
  }
}

test('drawing: contour lines carry their values, which stay where they are', async (stage, note) => {
  const page = await stage.page();
  await configure(page, { surface: 'himmelblau', start: [-0.4, -0.6] });
  await page.settled();
  const before = await marks(page);
  check(before.length >= 4, `${before.length} values on contour lines`);
  note(before.map(({ label }) => label.slice(8)).join(' · '));
  await lieOnTheirLines(page, before);
  await mustFail(() => lieOnTheirLines(page, before, 25), 'values beside their lines');
  before.forEach((a, i) => before.slice(i + 1).forEach((b) => check(!overlap(a, b), `'${a.label}' overlaps '${b.label}'`)));
  const from = page.center(await page.item('surface view', 'canvas'), 0.9, 0.1);
  await page.drag([from, { x: from.x - 20, y: from.y + 8 }, { x: from.x - 40, y: from.y + 16 }]);
  const after = await marks(page);
  const moved = before.filter((a) => after.some((b) => b.label === a.label && Math.hypot(b.x - a.x + 40, b.y - a.y - 16) < 1));
  check(moved.length >= before.length - 2 && moved.length >= 3, `${moved.length} of ${before.length} moved with the surface`);
  await lieOnTheirLines(page, after);
  await page.click('Lines', 'checkbox');
  await until(async () => (await marks(page)).length === 0, 'no values without lines');
  const small = await stage.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await configure(small, { surface: 'himmelblau', start: [-0.4, -0.6] });
  await small.settled();
  const few = await marks(small);
  check(few.length > 0 && few.length < before.length, `${few.length} on a small screen, ${before.length} on a large one`);
  page.noErrors();
});

// The part of the picture above the read-out. Ground: where nothing of the surface is drawn, hatched or not: dark and grey.
const isGround = (colour) => Math.max(...colour) < 64 && Math.max(...colour) - Math.min(...colour) < 16;

async function sampled(page) {
  const png = await atRest(page);
  const box = await page.item('surface view', 'canvas');
  const points = [];
  for (let row = 0; row < 12; row += 1) {
    for (let column = 0; column < 24; column += 1) points.push(page.center(box, (column + 0.5) / 24, 0.7 * (row + 0.5) / 12));
  }
  const found = colours(png, points);
  return points.map((point, i) => ({ ...point, drawn: !isGround(found[i]) }));
}

const share = (points, keep) => points.filter(keep).filter(({ drawn }) => drawn).length / points.filter(keep).length;

test('drawing: where a formula has no value there is a hole, flat and in 3-D', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  const holes = { 'log(x) + 0.1*y^2': (x) => x < 0, 'sqrt(x - y) + 0.1*x': (x, y) => x < y };
  const whole = { 'log(x) + 0.1*y^2': 'log(abs(x) + 0.3) + 0.1*y^2', 'sqrt(x - y) + 0.1*x': 'sqrt(abs(x - y)) + 0.1*x' };
  for (const [expression, inHole] of Object.entries(holes)) {
    const show = async (formula, three_d) => {
      await configure(page, { expression: formula, start: [2, -1] });
      await page.run((t) => window.descent.apply({ version: 1, view: { three_d: t } }), three_d);
      return sampled(page);
    };
    const flat = await show(expression, false);
    const places = flat.map(await pointsUnder(page));
    flat.forEach((point, i) => Object.assign(point, { hole: inHole(places[i][0], places[i][1]), edge: Math.abs(expression.startsWith('log') ? places[i][0] : places[i][0] - places[i][1]) < 0.5 }));
    const hatched = share(flat, ({ hole, edge }) => hole && !edge), drawn = share(flat, ({ hole, edge }) => !hole && !edge);
    check(hatched < 0.1 && drawn > 0.9, `flat: ${hatched} of the hole drawn, ${drawn} of the rest`);
    const control = await show(whole[expression], false);
    control.forEach((point, i) => Object.assign(point, { hole: flat[i].hole }));
    check(share(control, ({ hole }, i) => hole && !flat[i].edge) > 0.9, 'flat: a formula with values everywhere has no hole');
    const block = await show(whole[expression], true);
    const cut = await show(expression, true);
    const area = share(block, () => true), left = share(cut, () => true);
    check(left > 0.1 * area && left < 0.8 * area, `3-D: ${left} drawn with the hole, ${area} without`);
    note(`${expression}: flat ${hatched.toFixed(2)} / ${drawn.toFixed(2)}, 3-D ${left.toFixed(2)} of ${area.toFixed(2)}`);
  }
  page.noErrors();
});

const picture = async (page) => Buffer.from(await page.run(async () => {
  const blob = await window.descent.picture({ scale: 1 });
  return window.__base64(await blob.arrayBuffer());
}), 'base64');

test('drawing: a picture shows the heights of its own formula and parameters, asked for at once', async (stage) => {
  const configs = [
    { expression: 'a*x^2 + y^2', parameters: { a: 1 }, start: [2, 1] },
    { expression: 'a*x^2 + y^2', parameters: { a: 60 }, start: [2, 1] },
    { expression: 'x^2*y - y^2', start: [2, 1] },
  ];
  const page = await stage.page({ pixels: true });
  const taken = [];
  for (const config of [...configs, configs[0]]) {
    await configure(page, config);
    taken.push(await picture(page));
  }
  for (const [i, config] of configs.entries()) {
    await page.startOver();
    await configure(page, config);
    await page.settled();
    same(taken[i], await picture(page), `picture ${i}`);
  }
  same(taken[3], taken[0], 'the first one again');
  for (const [i, k] of [[0, 1], [1, 2], [0, 2]]) {
    await mustFail(() => same(taken[i], taken[k], 'another surface'), `pictures ${i} and ${k}`);
  }
  equal(taken.length, 4, 'pictures');
  page.noErrors();
});

test('drawing: the chain rule follows the pointer over the picture, and goes back to the head', async (stage) => {
  const page = await stage.page();
  await configure(page, { surface: 'himmelblau', start: [-0.4, -0.6] });
  await page.click('Chain rule', 'tab');
  const place = async () => {
    const items = await page.items();
    const at = items.find(({ label }) => label === 'chain step')?.text?.match(/at the (pointer|head)/)?.[1];
    return at && { pointer: at === 'pointer', point: ['x', 'y'].map((name) => items.find(({ label, role }) => label === name && role === 'field').value) };
  };
  const near = (found, point, unit) => found.point.every((value, i) => Math.abs(value - point[i]) < 2 * unit + 1e-3 * Math.abs(value));
  const over = page.center(await page.item('surface view', 'canvas'), 0.7, 0.3);
  await page.tab.mouse.move(over.x, over.y);
  const [x, y, unit] = (await pointsUnder(page))(over);
  const there = await until(async () => {
    const found = await place();
    return found?.pointer && found;
  }, 'the graph at the pointer');
  await until(async () => near(await place(), [x, y], unit), 'the pointer’s point');
  check(!near(there, [-0.4, -0.6], unit), 'the pointer is elsewhere than the head');
  await page.tab.mouse.move(over.x, 12);
  await until(async () => {
    const found = await place();
    return !found.pointer && near(found, [-0.4, -0.6], 1e-3);
  }, 'the graph at the head again');
  page.noErrors();
});
