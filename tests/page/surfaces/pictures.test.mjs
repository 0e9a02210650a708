// The picture of the surface, worked with real mouse and fingers: heads, camera, switches, curvature, the saved picture.
// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';

import { statistics } from '../support/png.mjs';
import { chooseTab } from '../support/strip.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kRunners = [
  { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.004 } },
  { optimizer: 'adam', hyperparameters: { learning_rate: 0.15 } },
];

async function onHimmelblau(page, steps = 22) {
  await page.run(({ optimizers, n }) => window.descent.race.configure({ surface: 'himmelblau', start: [-0.4, -0.6], optimizers })
    .then(() => window.descent.race.step(n)), { optimizers: kRunners, n: steps });
}

const chosen = async (page) => {
  const items = await page.items();
  return items.filter(({ label, value }) => / head$/.test(label) && value === 1).map(({ label }) => label);
};

test('pictures: a click on a head chooses its optimizer, a drag does not', async (stage) => {
  const page = await stage.page();
  await onHimmelblau(page);
  await until(async () => (await chosen(page))[0] === 'gradient_descent head', 'the first optimizer chosen');
  const adam = page.center(await page.item('adam head', 'canvas'));
  await page.clickAt(adam);
  await until(async () => (await chosen(page))[0] === 'adam head', 'adam chosen');
  await mustFail(async () => equal(await chosen(page), ['gradient_descent head'], 'chosen'), 'the choice before the click');
  const before = await page.run(() => window.descent.state().view.x);
  const other = page.center(await page.item('gradient_descent head', 'canvas'));
  await page.drag([other, { x: other.x + 30, y: other.y }, { x: other.x + 60, y: other.y }]);
  equal(await chosen(page), ['adam head'], 'chosen after a drag');
  check((await page.run(() => window.descent.state().view.x))[0] < before[0], 'a drag that begins on a head moves the view');
  page.noErrors();
});

test('pictures: a row of the table chooses its optimizer, also where the table is a tab', async (stage) => {
  const page = await stage.page({ pixels: true, viewport: { width: 768, height: 1024 } });
  await onHimmelblau(page);
  await chooseTab(page, 'Standings', (tab) => page.clickAt(page.center(tab)));
  const row = await page.item('adam row', 'option');
  check(row.width > 400, `the row is ${row.width} points wide`);
  await page.clickAt(page.center(row, 0.2));
  await until(async () => (await chosen(page))[0] === 'adam head', 'adam chosen');
  await page.tab.screenshot({ path: `${stage.artifacts}/table-768x1024.png` });
});

const readout = async (page) => (await page.items()).find(({ label }) => label === 'read-out')?.text ?? '';

test('pictures: the curvature of the chosen head is read out where it was asked for', async (stage, note) => {
  const page = await stage.page();
  await onHimmelblau(page);
  const adam = page.center(await page.item('adam head', 'canvas'));
  await page.clickAt(adam);
  await page.tab.mouse.move(adam.x, 20);
  await until(async () => /Adam/.test(await readout(page)), 'numbers of adam');
  check(!/λ/.test(await readout(page)), 'without curvature at first');
  await page.click('Curvature numbers', 'button');
  const text = await until(async () => /λ/.test(await readout(page)) && readout(page), 'with it');
  const number = (name) => Number(text.match(new RegExp(`${name} (−?[\\d.]+)`))?.[1]?.replace('−', '-'));
  const { point } = (await page.run(() => window.descent.race.status())).optimizers[1];
  const model = await page.run((p) => window.descent.evaluate({ surface: 'himmelblau', point: p }), point);
  const expected = { 'λ₁': model.eigenvalues[0], 'λ₂': model.eigenvalues[1], 'H₁₁': model.hessian[0][0], 'H₁₂': model.hessian[0][1], 'H₂₂': model.hessian[1][1] };
  for (const [name, value] of Object.entries(expected)) close(number(name), value, 1e-3, name, 1e-3);
  close(number('κ'), Math.max(...model.eigenvalues.map(Math.abs)) / Math.min(...model.eigenvalues.map(Math.abs)), 1e-3, 'κ');
  matches(text, /slope|minimum|saddle/, 'the kind of point');
  note(text);
  await page.click('Curvature numbers', 'button');
  await until(async () => !/λ/.test(await readout(page)), 'the read-out without curvature');
  await page.click('Curvature', 'checkbox');
  await page.settled();
  equal((await page.run(() => window.descent.state().view)).ellipse, false, 'the state says so');
  page.noErrors();
});

test('pictures: switches are in the state and come back from it', async (stage) => {
  const page = await stage.page();
  await page.click('Arrows', 'checkbox');
  await page.click('Lines', 'checkbox');
  const view = () => page.run(() => window.descent.state().view);
  await until(async () => (await view()).arrows && !(await view()).contours, 'arrows on, lines off');
  await page.run(() => window.descent.apply({ version: 1, view: { arrows: false, contours: true, selected: 2 } }));
  await until(async () => (await chosen(page))[0] === 'adam head', 'the third optimizer chosen');
  equal((await page.item('Arrows', 'checkbox')).value, 0, 'the switch');
  page.noErrors();
});

const camera = (page) => page.run(() => window.descent.state().view);

test('pictures: the 3-D view turns, comes closer and moves by mouse', async (stage) => {
  const page = await stage.page();
  await onHimmelblau(page);
  await page.click('3-D', 'tab');
  const view = await page.item('surface view', 'canvas');
  const from = page.center(view, 0.25, 0.3);
  await page.tab.mouse.move(from.x, from.y);  // it stops turning by itself
  await page.settled();
  const before = await camera(page);
  await page.drag([from, { x: from.x + 40, y: from.y + 10 }, { x: from.x + 80, y: from.y + 20 }]);
  const turned = await until(async () => {
    const now = await camera(page);
    return now.yaw < before.yaw - 0.2 && now.pitch > before.pitch && now;
  }, 'another yaw and pitch');
  await page.tab.mouse.move(from.x, from.y);
  await page.frames();
  await page.tab.mouse.wheel(0, -360);
  const closer = await until(async () => {
    const now = await camera(page);
    return now.distance < 0.9 * turned.distance && now;
  }, 'a shorter distance');
  check(closer.look[0] !== turned.look[0], 'it comes closer to what is under the pointer');
  await page.tab.mouse.down({ button: 'right' });
  await page.frames();
  for (const step of [20, 40, 60]) {
    await page.tab.mouse.move(from.x + step, from.y);
    await page.frames(1);
  }
  await page.tab.mouse.up({ button: 'right' });
  const moved = await until(async () => {
    const now = await camera(page);
    return Math.hypot(now.look[0] - closer.look[0], now.look[1] - closer.look[1]) > 0.05 && now;
  }, 'another middle');
  equal([moved.yaw, moved.distance], [closer.yaw, closer.distance], 'turn and distance after moving');
  await page.click('Fit', 'button');
  await until(async () => JSON.stringify((await camera(page)).look) === '[0,0]', 'the whole block again');
  page.noErrors();
});

test('pictures: on a fine screen the 3-D view, turned and turned back, is as fine as before', async (stage) => {
  const page = await stage.page({ pixels: true, deviceScaleFactor: 2 });
  await onHimmelblau(page);
  const turn = (yaw) => page.run((angle) => window.descent.apply({ version: 1, view: { three_d: true, yaw: angle } }), yaw);
  const seen = async () => {
    await page.settled();
    const { x, y, width, height } = await page.item('surface view', 'canvas');
    return (await page.tab.screenshot({ clip: { x, y, width, height } })).toString('base64');
  };
  await turn(0.5);
  const before = await seen();
  await turn(0.9);
  await page.frames(2);
  await turn(0.5);
  check((await seen()) === before, 'the picture at rest is the one from before');
  await turn(0.52);
  const other = await seen();
  await mustFail(async () => check(other === before, 'the same picture'), 'comparing with another angle');
  page.noErrors();
});

test('pictures: fingers turn the 3-D view, two of them pinch and move it', async (stage) => {
  const page = await stage.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await page.run(() => window.descent.apply({ version: 1, view: { three_d: true } }));
  const view = await page.item('surface view', 'canvas');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = async (type, ...points) => {
    await client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((p, id) => ({ ...p, id })) });
    await page.frames(2);
  };
  const at = (fx, fy) => page.center(view, fx, fy);
  const before = await camera(page);
  await touch('touchStart', at(0.3, 0.2));
  for (const fx of [0.36, 0.42, 0.48]) await touch('touchMove', at(fx, 0.2));
  await touch('touchEnd');
  const turned = await until(async () => {
    const now = await camera(page);
    return now.yaw !== before.yaw && now;
  }, 'another yaw');
  await touch('touchStart', at(0.4, 0.5), at(0.6, 0.5));
  for (const spread of [0.14, 0.18, 0.22, 0.26]) await touch('touchMove', at(0.5 - spread, 0.5), at(0.5 + spread, 0.5));
  await touch('touchEnd');
  const pinched = await until(async () => {
    const now = await camera(page);
    return now.distance < 0.8 * turned.distance && now;
  }, 'closer after the pinch');
  equal(pinched.yaw, turned.yaw, 'a pinch does not turn');
  page.noErrors();
});

// Calls descent.picture; tasks: what the page's own thread did meanwhile in one piece, longer than 50 ms.
async function takePicture(page, args) {
  const { base64, ...facts } = await page.run(async (a) => {
    const tasks = [];
    const keep = (entries) => tasks.push(...entries.map(({ duration }) => Math.round(duration)));
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ entryTypes: ['longtask'] });
    const blob = await window.descent.picture(a);
    keep(observer.takeRecords());
    observer.disconnect();
    return { type: blob.type, tasks, base64: await window.__base64(await blob.arrayBuffer()) };
  }, args);
  return { ...facts, png: Buffer.from(base64, 'base64') };
}

test('pictures: a script gets the view as a PNG at the scale it asks for', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await onHimmelblau(page);
  const { width, height } = await page.item('surface view', 'canvas');
  for (const three_d of [false, true]) {
    await page.run((part) => window.descent.apply({ version: 1, view: part }), { three_d, arrows: !three_d });
    await page.frames(4);
    const [one, two] = [await takePicture(page, { scale: 1 }), await takePicture(page)];
    const facts = [statistics(one.png), statistics(two.png)];
    equal(two.type, 'image/png', 'the type');
    equal([facts[1].width, facts[1].height], [2 * facts[0].width, 2 * facts[0].height], 'pixels at twice the scale');
    check(facts[0].width > width && facts[0].height > height, 'room for title and colour bar');
    check(facts[1].colours > 500 && facts[1].commonest < 0.9, `looks blank: ${JSON.stringify(facts[1])}`);
    note(`${facts[1].width}×${facts[1].height}, ${facts[1].colours} colours, long tasks: ${two.tasks.join(', ') || 'none'} ms`);
  }
  matches(await page.refusal(() => window.descent.picture({ scale: 9 })), /scale/, 'a scale too large');
  matches(await page.refusal(() => window.descent.picture({ size: 2 })), /size/, 'an unknown argument');
  await page.run(() => window.descent.apply({ version: 1, workspace: 'network' }));
  matches(await page.refusal(() => window.descent.picture()), /Surfaces/, 'in the other workspace');
  page.noErrors();
});

test('pictures: the button offers the picture as a download, also on a small screen', async (stage, note) => {
  for (const options of [{}, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }]) {
    const page = await stage.page({ ...options, pixels: true });
    const download = page.tab.waitForEvent('download');
    await page.click('Save picture', 'button');
    const file = await download;
    equal(file.suggestedFilename(), 'descent-rosenbrock.png', 'the name');
    const facts = statistics(await readFile(await file.path()));
    const view = await page.item('surface view', 'canvas');
    check(facts.width > 2 * view.width && facts.colours > 500, `the picture: ${JSON.stringify(facts)}`);
    note(`${facts.width}×${facts.height}`);
    page.noErrors();
  }
});

test('pictures: the figures of sweep and heat map are saved as PNGs, by their buttons and by scripts', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await onHimmelblau(page, 1);
  const facts = {};
  for (const [of, name] of [['rates', 'Rates'], ['map', 'Map']]) {
    matches(await page.refusal((figure) => window.descent.picture({ of: figure }), of), /open/, 'while its tab is closed');
    await page.click(name, 'tab');
    const [download] = await Promise.all([page.tab.waitForEvent('download'), page.click(`${name} PNG`, 'button')]);
    equal(download.suggestedFilename(), `descent-himmelblau-${of}.png`, 'the name');
    const saved = statistics(await readFile(await download.path()));
    const asked = statistics((await takePicture(page, { of })).png);
    equal(saved, asked, 'the button and a script make the same picture');
    equal([saved.width, saved.height], [1520, 1040], 'twice 760 x 520');
    check(saved.colours > 100 && saved.commonest < 0.97, `looks blank: ${JSON.stringify(saved)}`);
    facts[of] = saved;
    note(`${of}: ${JSON.stringify(saved)}`);
  }
  await mustFail(() => equal(facts.rates, facts.map, 'two figures'), 'pictures of different figures');
  matches(await page.refusal(() => window.descent.picture({ of: 'loss' })), /of.*surface/, 'of something else');
  page.noErrors();
});
