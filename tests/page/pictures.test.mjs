// The picture of the surface, worked with real mouse and fingers: heads, camera, switches, curvature, the saved picture.
// SPDX-License-Identifier: MIT
import { check, equal, mustFail, test, until } from './support/runner.mjs';

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
  await page.click('Table', 'tab');
  const row = await page.item('adam row', 'option');
  check(row.width > 400, `the row is ${row.width} points wide`);
  await page.clickAt(page.center(row, 0.2));
  await until(async () => (await chosen(page))[0] === 'adam head', 'adam chosen');
  await page.tab.screenshot({ path: `${stage.artifacts}/table-768x1024.png` });
});
