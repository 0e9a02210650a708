// Where the runs will go: dragging the ring, paused or playing, and changing a rate before the first step show the path that
// each optimizer will take.
// SPDX-License-Identifier: MIT
import { shareApart } from '../support/png.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, test, until } from '../support/test.mjs';

const handle = (page) => page.item('start handle', 'canvas');
const ahead = async (page) => (await page.items()).find(({ label }) => label === 'start handle')?.value;

const kRace = {
  surface: 'himmelblau', start: [0, 0], steps_per_second: 20,
  optimizers: [
    { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.002 } },
    { optimizer: 'lbfgs' }, { optimizer: 'newton' },
  ],
};

async function opened(stage, options = {}) {
  const page = await stage.page(options);
  await page.run((config) => window.descent.race.configure(config), kRace);
  await page.run(() => window.descent.apply({ version: 1, view: { ellipse: false } }));
  await page.settled();
  return page;
}

// Presses the ring and moves it by `by`, and holds it there.
async function hold(page, by) {
  const from = page.center(await handle(page));
  await page.tab.mouse.move(from.x, from.y);
  await page.frames();
  await page.tab.mouse.down();
  await page.frames();
  for (const f of [0.2, 0.6, 1]) {
    await page.tab.mouse.move(from.x + f * by[0], from.y + f * by[1]);
    await page.frames(1);
  }
}

test('ahead: while the ring is dragged the paths from there are drawn, and stay until something else is chosen', async (stage, note) => {
  const page = await opened(stage, { pixels: true });
  equal(await ahead(page), undefined, 'before');
  const view = await page.item('surface view', 'canvas');
  const clip = { x: view.x, y: view.y + 60, width: view.width, height: view.height - 200 };
  await hold(page, [70, -40]);
  await until(async () => (await ahead(page)) === 200, 'paths of 200 steps');
  equal((await race(page)).step, 0, 'the race stands');
  const first = await page.tab.screenshot({ clip });
  await page.tab.mouse.move(page.center(view).x - 120, page.center(view).y - 40);
  await page.frames(4);
  await until(async () => shareApart(first, await page.tab.screenshot({ clip }), 24) > 0.002, 'the paths follow');
  await page.tab.mouse.up();
  await page.frames();
  await page.tab.mouse.move(0, 0);  // no hand, no words over the picture
  await page.settled();
  const steps = await ahead(page);
  const shown = await page.tab.screenshot({ clip, path: `${stage.artifacts}/ahead.png` });
  // The paths end where the runs will. The race comes to its end and goes back: nothing is wanted any more.
  await page.run(() => window.descent.race.step(200));
  const { optimizers } = await race(page);
  note(`steps from there: ${optimizers.map(({ step, status }) => `${step} ${status}`).join(', ')}`);
  equal(steps, Math.max(...optimizers.map(({ step }) => step)), 'after letting go: as long as the longest run');
  await page.run(() => window.descent.race.reset());
  await page.settled();
  equal(await ahead(page), undefined, 'after a reset');
  const apart = shareApart(shown, await page.tab.screenshot({ clip }), 24);
  note(`${(100 * apart).toFixed(2)} % of the picture are paths ahead`);
  check(apart > 0.002, 'the faint paths are seen');
  page.noErrors();
});

test('ahead: a race that plays goes on, from the new start', async (stage) => {
  const page = await opened(stage);
  await page.run(() => window.descent.race.play());
  await raceUntil(page, ({ step }) => step > 3, 'under way');
  await hold(page, [40, 30]);
  await until(async () => (await ahead(page)) > 0, 'paths');
  await page.tab.mouse.up();
  await raceUntil(page, ({ step, playing }) => playing && step > 3, 'it goes on');
  page.noErrors();
});

test('ahead: a rate changed before the first step shows its paths, one changed later takes them away', async (stage) => {
  const page = await opened(stage);
  const slider = await page.item('gradient descent learning rate', 'slider');
  await page.clickAt(page.center(slider, 0.2));  // beside the knob: a press on it changes nothing
  await until(async () => (await ahead(page)) === 200, 'paths');
  await page.run(() => window.descent.race.step(5));
  await page.settled();
  equal(await ahead(page), 200, 'they lie under the race');
  await page.clickAt(page.center(slider, 0.5));
  await until(async () => (await ahead(page)) === undefined, 'no longer true');
  page.noErrors();
});

test('ahead: the ring says that it can be dragged, with a hand and with words', async (stage) => {
  const page = await opened(stage, { pixels: true });
  const cursor = () => page.run(() => getComputedStyle(document.getElementById('canvas')).cursor);
  check(!/grab/.test(await cursor()), 'elsewhere');
  const at = page.center(await handle(page));
  await page.tab.mouse.move(at.x, at.y);
  await until(async () => (await cursor()) === 'grab', 'the hand');
  equal((await page.item('tooltip', 'text')).text, 'Drag to start elsewhere', 'the tooltip');
  await page.tab.mouse.down();
  await until(async () => (await cursor()) === 'grabbing', 'the closed hand');
  await page.tab.mouse.up();
  await page.tab.mouse.move(at.x + 150, at.y - 120);
  await until(async () => !/grab/.test(await cursor()), 'no hand beside the ring');
});
