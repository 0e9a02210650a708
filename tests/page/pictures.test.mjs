// The picture of the surface, worked with real mouse and fingers: heads, camera, switches, curvature, the saved picture.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test, until } from './support/runner.mjs';

const kRunners = [
  { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.004 } },
  { optimizer: 'adam', hyperparameters: { learning_rate: 0.15 } },
];

async function onHimmelblau(page, steps = 22) {
  await page.run(({ optimizers, n }) => window.descent.race.configure({ surface: 'himmelblau', start: [-0.4, -0.6], optimizers })
    .then(() => window.descent.race.step(n)), { optimizers: kRunners, n: steps });
}

// The item once it has stopped moving.
async function settled(page, label, role) {
  let last = '';
  return until(async () => {
    const item = await page.item(label, role);
    const place = JSON.stringify([item.x, item.y]);
    const rests = place === last;
    last = place;
    if (!rests) await page.frames(3);
    return rests && item;
  }, `${label} at rest`);
}

const chosen = async (page) => {
  const items = await page.items();
  return items.filter(({ label, value }) => / head$/.test(label) && value === 1).map(({ label }) => label);
};

test('pictures: a click on a head chooses its optimizer, a drag does not', async (stage) => {
  const page = await stage.page();
  await onHimmelblau(page);
  await until(async () => (await chosen(page))[0] === 'gradient_descent head', 'the first optimizer chosen');
  const adam = page.center(await settled(page, 'adam head', 'canvas'));
  await page.clickAt(adam);
  await until(async () => (await chosen(page))[0] === 'adam head', 'adam chosen');
  await mustFail(async () => equal(await chosen(page), ['gradient_descent head'], 'chosen'), 'the choice before the click');
  const before = await page.run(() => window.descent.state().view.x);
  const other = page.center(await settled(page, 'gradient_descent head', 'canvas'));
  await page.drag([other, { x: other.x + 30, y: other.y }, { x: other.x + 60, y: other.y }]);
  equal(await chosen(page), ['adam head'], 'chosen after a drag');
  check((await page.run(() => window.descent.state().view.x))[0] < before[0], 'a drag that begins on a head moves the view');
  page.noErrors();
});

test('pictures: a row of the table chooses its optimizer, also where the table is a tab', async (stage) => {
  const page = await stage.page({ viewport: { width: 768, height: 1024 } });
  await onHimmelblau(page);
  await page.click('Standings', 'tab');
  const row = await page.item('adam row', 'option');
  check(row.width > 400, `the row is ${row.width} points wide`);
  await page.clickAt(page.center(row, 0.2));
  await until(async () => (await chosen(page))[0] === 'adam head', 'adam chosen');
  await page.tab.screenshot({ path: `${stage.artifacts}/table-768x1024.png` });
});

const readout = async (page) => (await page.items()).find(({ label }) => label === 'read-out')?.text ?? '';

test('pictures: the curvature of the chosen head stands in the read-out and can be switched off', async (stage, note) => {
  const page = await stage.page();
  await onHimmelblau(page);
  const adam = page.center(await settled(page, 'adam head', 'canvas'));
  await page.clickAt(adam);
  await page.tab.mouse.move(adam.x, 20);
  const text = await until(async () => /Adam/.test(await readout(page)) && readout(page), 'numbers of adam');
  const number = (name) => Number(text.match(new RegExp(`${name} (−?[\\d.]+)`))?.[1]?.replace('−', '-'));
  const { point } = (await page.run(() => window.descent.race.status())).optimizers[1];
  const model = await page.run((p) => window.descent.evaluate({ surface: 'himmelblau', point: p }), point);
  const expected = { 'λ₁': model.eigenvalues[0], 'λ₂': model.eigenvalues[1], 'H₁₁': model.hessian[0][0], 'H₁₂': model.hessian[0][1], 'H₂₂': model.hessian[1][1] };
  for (const [name, value] of Object.entries(expected)) close(number(name), value, 1e-3, name, 1e-3);
  close(number('κ'), Math.max(...model.eigenvalues.map(Math.abs)) / Math.min(...model.eigenvalues.map(Math.abs)), 1e-3, 'κ');
  matches(text, /slope|minimum|saddle/, 'the kind of point');
  note(text);
  await page.click('Curvature', 'checkbox');
  await until(async () => !/λ/.test(await readout(page)), 'the read-out without curvature');
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
