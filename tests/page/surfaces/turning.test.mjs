// The 3-D view that a person opens fills its frame and turns slowly, until something touches it.
// SPDX-License-Identifier: MIT
import { decode } from '../support/png.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const ticks = async (page) => (await page.items()).filter(({ label, role }) => role === 'mark' && / tick /.test(label));
const yaw = async (page) => (await page.run(() => window.descent.state().view)).yaw;

async function opened(page) {
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [-0.4, -0.6], optimizers: [{ optimizer: 'adam' }] }));
  await page.click('3-D', 'tab');
  await page.tab.mouse.move(640, 20);
  await until(async () => (await ticks(page)).length > 5, 'the block');
}
// turns() fails when nothing has moved after so many display callbacks.
async function turns(page, callbacks = 90) {
  const moved = await page.run((most) => new Promise((resolve) => {
    const where = () => JSON.stringify(window.descent.ui.items().filter(({ label, role }) => role === 'mark' && / tick /.test(label)).map(({ x, y }) => [x, y]));
    const before = where();
    const look = (left) => (where() !== before ? resolve(true) : left === 0 ? resolve(false) : requestAnimationFrame(() => look(left - 1)));
    look(most);
  }), callbacks);
  check(moved, `the same angle after ${callbacks} display callbacks`);
}

test('turning: the 3-D view turns by itself, settled all the same, and stops for good under the pointer', async (stage) => {
  const page = await stage.page();
  await opened(page);
  await turns(page);
  await page.settled();
  await turns(page);
  equal(await yaw(page), 0.5, 'what a link would say is as before');
  const view = page.center(await page.item('surface view', 'canvas'), 0.8, 0.2);
  await page.tab.mouse.move(view.x, view.y);
  await until(async () => (await yaw(page)) > 0.5, 'the angle at which it stopped');
  await page.tab.mouse.move(640, 20);
  await page.settled();
  await mustFail(() => turns(page), 'turning after it was touched');
  page.noErrors();
});

test('turning: it goes on from where it stood when it is dragged', async (stage) => {
  const page = await stage.page();
  await opened(page);
  await turns(page);
  const from = page.center(await page.item('surface view', 'canvas'), 0.2, 0.3);
  await page.tab.mouse.move(from.x, from.y);
  const at = await until(async () => { const now = await yaw(page); return now > 0.5 && now; }, 'stopped');
  await page.drag([from, { x: from.x + 30, y: from.y }, { x: from.x + 60, y: from.y }]);
  check((await yaw(page)) < at - 0.2, 'turned by hand');
  page.noErrors();
});

test('turning: not by script, and not for who wants less motion', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.apply({ version: 1, view: { three_d: true } }));
  await until(async () => (await ticks(page)).length > 5, 'the block');
  await page.settled();
  await mustFail(() => turns(page), 'turning by script');
  const still = await stage.newPage({ reducedMotion: 'reduce' });
  await opened(still);
  await still.settled();
  await mustFail(() => turns(still), 'turning with less motion');
});

test('turning: the block fills the height or the width of its frame, and its walls are not black', async (stage, note) => {
  for (const options of [{}, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }, { viewport: { width: 1024, height: 600 } }]) {
    const page = await stage.page({ ...options, pixels: true });
    await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [-0.4, -0.6], optimizers: [{ optimizer: 'adam' }] }));
    await page.run(() => window.descent.apply({ version: 1, view: { three_d: true } }));
    const view = await page.item('surface view', 'canvas');
    const { width, height, data } = decode(await page.picture({ x: view.x, y: view.y, width: view.width, height: view.height }));
    const at = (x, y) => [0, 1, 2].map((k) => data[4 * (y * width + x) + k]);
    // Where the picture differs from its ground: rows and columns that have something drawn.
    const ground = at(2, 2);
    const drawn = (x, y) => at(x, y).some((c, i) => Math.abs(c - ground[i]) > 24);
    const rows = [], columns = new Set();
    let dark = 0, all = 0;
    for (let y = 0; y < height; y += 2) {
      let any = false;
      for (let x = 0; x < width; x += 2) {
        if (!drawn(x, y)) continue;
        any = true;
        columns.add(x);
        all += 1;
        if (Math.max(...at(x, y)) < 40) dark += 1;
      }
      if (any) rows.push(y);
    }
    const tall = (rows.at(-1) - rows[0]) / height, wide = (Math.max(...columns) - Math.min(...columns)) / width;
    note(`${view.width} x ${view.height}: ${(100 * wide).toFixed(0)} % wide, ${(100 * tall).toFixed(0)} % high, ${(100 * dark / all).toFixed(1)} % dark`);
    check(tall > 0.8 || wide > 0.8, `${wide} wide, ${tall} high`);
    check(dark < 0.02 * all, `${dark} of ${all} samples are nearly black`);
    page.noErrors();
  }
});
