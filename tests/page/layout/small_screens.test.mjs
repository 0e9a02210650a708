// Nothing is cut off, lies under something else or cannot be read: on a phone and on a small desktop, measured by the
// boxes of what is on the screen.
// SPDX-License-Identifier: MIT
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kScreens = { phone: kPhone, desktop: {} };

const look = (page, view) => page.run((wanted) => window.descent.apply({ ...window.descent.state(), view: { ...window.descent.state().view, ...wanted } }), view);
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a, b) => a.x >= b.x - 0.5 && a.y >= b.y - 0.5 && a.x + a.width <= b.x + b.width + 0.5 && a.y + a.height <= b.y + b.height + 0.5;
const tap = async (page, item) => {
  const { x, y } = page.center(item);
  await page.tab.touchscreen.tap(x, y);
  await page.frames(3);
};

// troubles() says what keeps the labels of the 3-D view from being read; empty where all is well.
async function troubles(page) {
  const items = await page.items();
  const ticks = items.filter(({ label, role }) => role === 'mark' && / tick /.test(label));
  const view = items.find(({ label }) => label === 'surface view');
  const notes = items.filter(({ label, role }) => role === 'text' && ['read-out', 'hint', 'saddle', 'outcome'].includes(label));
  const found = ['x', 'y', 'f'].filter((axis) => !ticks.some(({ label }) => label.startsWith(`${axis} `))).map((axis) => `no tick on ${axis}`);
  for (const tick of ticks) {
    if (!inside(tick, view)) found.push(`${tick.label} is cut off`);
    for (const note of notes) if (overlap(tick, note)) found.push(`${tick.label} under ${note.label}`);
  }
  return notes.length > 0 ? found : ['no note'];
}

for (const [screen, options] of Object.entries(kScreens)) {
  test(`3-D view, ${screen}: every tick label is inside the picture and clear of the notes, whichever way it is turned`, async (stage) => {
    const page = await stage.page(options);
    for (const surface of ['quadratic', 'rosenbrock', 'himmelblau', 'bukin', 'eggholder']) {
      await page.run((name) => window.descent.race.configure({ surface: name, optimizers: [{ optimizer: 'adam' }] }), surface);
      for (const [yaw, curvature] of [[0.5, true], [0.8, false], [-2.3, true]]) {
        await look(page, { three_d: true, yaw, ellipse: curvature });
        await until(async () => (await troubles(page)).length === 0, `${surface} turned by ${yaw}`).catch(async (error) => {
          throw new Error(`${error.message}: ${await troubles(page)}`);
        });
      }
    }
    await look(page, { distance: 0.5 });
    await page.settled();
    await mustFail(async () => equal(await troubles(page), [], 'troubles'), 'a block twice as near');
    page.noErrors();
  });

  test(`scene saddle, ${screen}: the block is clear of what is said over it`, async (stage) => {
    const page = await stage.page(options);
    await page.run(() => window.descent.scene('saddle', { play: false }));
    await page.run(() => window.descent.race.step(60));
    await page.item('outcome', 'text');
    await until(async () => (await troubles(page)).length === 0, 'clear').catch(async (error) => {
      throw new Error(`${error.message}: ${await troubles(page)}`);
    });
    const ticks = (await page.items()).filter(({ label, role }) => role === 'mark' && / tick /.test(label));
    const across = Math.max(...ticks.map(({ x, width }) => x + width)) - Math.min(...ticks.map(({ x }) => x));
    check(across > 180, `the block and its labels are ${across} points wide`);
    page.noErrors();
  });

  test(`sampling, ${screen}: both densities are in sight in the low strip`, async (stage) => {
    const page = await stage.page(options);
    await look(page, { tab: 'sampling' });
    const [visited, exact] = [await page.item('visited points', 'plot'), await page.item('exact density', 'plot')];
    const below = options === kPhone ? (await page.item('Play', 'button')).y : 720;
    const shown = (image) => image.height > 70 && image.y + image.height < below;
    check(shown(visited) && shown(exact), `${JSON.stringify([visited, exact])} above ${below}`);
    check(!shown({ ...exact, y: exact.y + 0.5 * exact.height + 60 }), 'the measure finds an image of which half is cut off');
    page.noErrors();
  });
}

test('chain rule, phone: the node of every step is in sight in the low strip', async (stage) => {
  const page = await stage.page(kPhone);
  await look(page, { tab: 'chain_rule', pin: [-1.8, 1.6] });
  const step = await page.item('Chain step', 'button');
  await tap(page, step);
  for (let i = 1; i <= 14; ++i) {
    await tap(page, step);
    const items = await page.items();
    const canvas = items.find(({ label }) => label === 'chain rule graph');
    check(canvas.height > 80, `the graph has ${canvas.height} points`);
    const step_text = items.find(({ label }) => label === 'chain step').text;
    check(step_text.startsWith(`step ${i} of 14`), step_text);
    const node = (i <= 7 ? i : 15 - i);
    const box = items.find(({ label, role }) => role === 'node' && label === `node v${node}`);
    check(box && inside(box, canvas), `v${node} at step ${i}: ${JSON.stringify(box)} in ${JSON.stringify(canvas)}`);
    check(!inside({ ...box, y: canvas.y - 8 }, canvas), 'the measure finds a node that is cut off');
  }
  page.noErrors();
});

test('chain rule, desktop: the whole graph is in sight in the low strip', async (stage) => {
  const page = await stage.page();
  await look(page, { tab: 'chain_rule', pin: [-1.8, 1.6] });
  await page.item('node v7', 'node');
  await page.frames(3);
  const items = await page.items();
  const canvas = items.find(({ label }) => label === 'chain rule graph');
  const nodes = items.filter(({ role }) => role === 'node');
  equal(nodes.length, 11, 'nodes of (a − x)² + b (y − x²)²');
  for (const node of nodes) check(inside(node, canvas), `${node.label}: ${JSON.stringify(node)} in ${JSON.stringify(canvas)}`);
  const lowest = nodes.reduce((a, b) => (b.y > a.y ? b : a));
  check(!inside(lowest, { ...canvas, height: canvas.height * 0.7 }), 'the measure finds nodes below a lower canvas');
  page.noErrors();
});

test('legend, phone: names of sixteen runs can be read, the rest is counted', async (stage) => {
  const page = await stage.page(kPhone);
  const names = (await page.run(() => window.descent.optimizers())).slice(0, 16).map(({ name }) => name);
  await page.run((list) => window.descent.race.configure({ surface: 'himmelblau', optimizers: list.map((optimizer) => ({ optimizer })) }), names);
  const readable = async (least) => {
    const items = await page.items();
    const plot = items.find(({ label, role }) => label === 'loss' && role === 'plot');
    const entries = items.filter(({ role }) => role === 'legend');
    const more = entries.filter(({ label }) => /^\+\d+ more$/.test(label));
    const named = entries.filter((entry) => !more.includes(entry));
    const left = more.length === 1 ? Number(more[0].label.match(/\d+/)[0]) : 0;
    return named.length > 2 && named.length + left === 16 && named.every(({ label, width }) => width >= least || label.length < 9)
      && entries.every((one, i) => inside(one, plot) && entries.slice(i + 1).every((other) => !overlap(one, other)));
  };
  await until(() => readable(80), 'a legend that can be read');
  check(!await readable(200), 'the measure finds names that are cut shorter');
  await tap(page, await page.item('Enlarge', 'button'));
  await until(async () => (await page.items()).filter(({ role }) => role === 'legend').length === 16, 'all of them in a tall strip');
  page.noErrors();
});

test('map, phone: table and picture are downloaded from buttons beside the figure', async (stage) => {
  const page = await stage.page({ ...kPhone, pixels: true });
  await look(page, { tab: 'map' });
  const map = await until(async () => (await page.items()).find(({ label, role, text }) => label === 'map' && role === 'plot' && text === 'complete'), 'the map');
  for (const [label, name] of [['Map PNG', /\.png$/], ['Map CSV', /\.csv$/]]) {
    const button = await page.item(label, 'button', { enabled: true });
    check(button.width >= 36 && button.height >= 36 && inside(button, { x: 0, y: 0, width: 390, height: 844 }), `${label}: ${JSON.stringify(button)}`);
    check(!overlap(button, map), `${label} lies over the map`);
    check(overlap({ ...button, x: map.x + 20 }, map), 'the measure finds a button over the map');
    const [download] = await Promise.all([page.tab.waitForEvent('download'), tap(page, button)]);
    check(name.test(download.suggestedFilename()), download.suggestedFilename());
  }
  page.noErrors();
});

test('network, phone: pad and all ten probabilities are in sight', async (stage) => {
  const page = await stage.page(kPhone);
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
  await tap(page, await page.item('Digit', 'button'));
  const below = (await page.item('Train', 'button')).y;
  const [pad, chart] = [await page.item('Draw here', 'canvas'), await page.item('probabilities', 'chart')];
  for (const box of [pad, chart]) check(box.y + box.height < below - 8, `${JSON.stringify(box)} above ${below}`);
  check(!overlap(pad, chart) && chart.x + chart.width <= 390, JSON.stringify([pad, chart]));
  check(overlap(pad, { ...chart, x: pad.x, y: pad.y + pad.height - 4 }), 'the measure finds a chart over the pad');
  page.noErrors();
});

for (const [screen, options] of Object.entries(kScreens)) {
  test(`contour view, ${screen}: names of arrows and values of lines keep clear of what is said over the picture`, async (stage) => {
    const page = await stage.page(options);
    const boxes = async () => {
      const items = await page.items();
      return { names: items.filter(({ label, role }) => role === 'mark' && (['Newton', '−∇f'].includes(label) || label.startsWith('contour '))),
        notes: items.filter(({ label, role }) => role === 'text' && ['read-out', 'hint'].includes(label)) };
    };
    const clear = ({ names, notes }) => notes.length === 2 && names.every((name) => !notes.some((note) => overlap(name, note)));
    let seen = 0;
    for (const start of [[-1, 5.2], [1, 5], [2.5, 4.8], [-3, -4.2], [-4, -3.5], [0, 4.4], [-1, -3]]) {
      await page.run((at) => window.descent.race.configure({ surface: 'himmelblau', start: at, optimizers: [{ optimizer: 'gradient_descent' }] }), start);
      await look(page, { x: [-5, 5], y: [-5, 5], selected: 0, ellipse: true });
      await page.settled();
      const found = await until(async () => { const now = await boxes(); return clear(now) && now; }, `names at ${start}`);
      const arrows = found.names.filter(({ label }) => !label.startsWith('contour '));
      seen += arrows.length;
      for (const name of arrows) check(!clear({ ...found, names: [{ ...name, x: found.notes[0].x, y: found.notes[0].y }] }), 'the measure finds a name on a note');
    }
    check(seen >= 6, `${seen} names of arrows in all`);
    page.noErrors();
  });
}
