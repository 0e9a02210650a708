// Drawing digits by mouse and finger: strokes that begin beside the pad, the pen, what the network sees and says; and on
// MNIST, for --long, how many of three people's digits it reads when they are tiny, slanted or turned.
// SPDX-License-Identifier: MIT
import { golden } from '../support/fixtures.mjs';
import { smallPage } from '../support/network.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kLandscape = { ...kPhone, viewport: { width: 844, height: 390 } };

const digit = (page) => page.run(() => window.descent.state().digit);
const apply = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), ...given }), part);
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (a, { width, height }) => a.x >= 0 && a.y >= 0 && a.x + a.width <= width + 0.5 && a.y + a.height <= height + 0.5;
const inkOf = ({ image }) => image.match(/../g).reduce((sum, byte) => sum + parseInt(byte, 16), 0);
const drawn = (page, before) => until(async () => {
  const now = await digit(page);
  return now.image && now.image !== before ? now : null;
}, 'a drawing');

async function padPage(stage, options) {
  const page = await smallPage(stage, options);
  await apply(page, { workspace: 'network' });
  await page.settled();
  return page;
}

test('drawing: a stroke may begin beside the pad, and what never comes onto it is none', async (stage) => {
  const page = await padPage(stage);
  const pad = await page.item('Draw here', 'canvas');
  await page.drag([{ x: pad.x + 20, y: pad.y - 5 }, { x: pad.x + pad.width - 20, y: pad.y - 5 }]);
  await page.settled();
  check(!(await digit(page)).image, 'a drawing of what passed by');
  await page.drag([{ x: pad.x + pad.width / 2, y: pad.y - 4 }, page.center(pad, 0.5, 0.3), page.center(pad, 0.5, 0.8)]);
  const above = await drawn(page);
  await page.click('Clear', 'button');
  await until(async () => !(await digit(page)).image, 'the test image');
  await page.drag([{ x: pad.x - 6, y: pad.y + pad.height / 2 }, page.center(pad, 0.3), page.center(pad, 0.8)]);
  const beside = await drawn(page);
  check(above.image !== beside.image, 'an upright and a flat stroke');
  await mustFail(async () => check((await digit(page)).image !== beside.image, 'another'), 'another drawing without another stroke');
  // A press on a field means the field.
  const field = await page.item('Test image', 'field');
  await page.click('Clear', 'button');
  await page.drag([page.center(field), page.center(pad, 0.5, 0.9), page.center(pad, 0.5, 0.2)]);
  await page.settled();
  check(!(await digit(page)).image, 'a drawing that began in a field');
  page.noErrors();
});

test('drawing: the pen’s width, strokes taken back, what the network sees and says', async (stage) => {
  const page = await padPage(stage);
  const pad = await page.item('Draw here', 'canvas');
  matches((await page.item('answer', 'text')).text, /^It has not learned yet: press Train\.$/, 'before training');
  const seen = await page.item('seen digit', 'image');
  equal([seen.width, seen.height], [112, 112], 'what the network sees');
  const stroke = [page.center(pad, 0.4, 0.2), page.center(pad, 0.5, 0.5), page.center(pad, 0.6, 0.8)];
  const inks = {};
  for (const next of ['medium', 'thick', 'thin']) {
    equal((await page.item('Brush', 'button')).text, next, 'the pen');
    await page.drag(stroke);
    const now = await drawn(page);
    inks[next] = inkOf(now);
    await page.settled();
    await until(async () => (await labelled(page, 'Undo stroke')).enabled, 'a stroke to take back');
    await page.click('Undo stroke', 'button');
    await until(async () => !(await digit(page)).image, 'the test image');
    await page.click('Brush', 'button');
  }
  check(inks.thin < 0.8 * inks.medium && inks.thick > 1.2 * inks.medium, JSON.stringify(inks));
  check(!(await labelled(page, 'Undo stroke')).enabled, 'nothing to take back');
  equal((await labelled(page, 'seen digit')).y, seen.y, 'nothing moves at the first stroke');
  await page.run(() => window.descent.network.step(12));
  await page.settled();
  matches((await page.item('answer', 'text')).text, /^(Reads|Not sure: perhaps) \d, >?[\d.]+ % · label \d [✓✗]$/, 'of a test image');
  await page.drag(stroke);
  await drawn(page);
  await until(async () => /^(Reads|Not sure: perhaps) \d, >?[\d.]+ %$/.test((await labelled(page, 'answer')).text), 'of a drawing');
  page.noErrors();
});

async function fingers(page, points) {
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = async (type, ...touchPoints) => {
    await client.send('Input.dispatchTouchEvent', { type, touchPoints });
    await page.frames(3);
  };
  await touch('touchStart', points[0]);
  for (const point of points.slice(1)) await touch('touchMove', point);
  await touch('touchEnd');
}

for (const [name, options, least] of [['upright', kPhone, 280], ['lying', kLandscape, 240]]) {
  test(`drawing: on a phone, ${name}, the pad takes the room of the curves, and a finger may begin beside it`, async (stage) => {
    const page = await padPage(stage, options);
    await page.tap('Digit', 'button');
    const pad = await page.item('Draw here', 'canvas');
    check(pad.width >= least && pad.height >= least && within(pad, options.viewport), JSON.stringify(pad));
    for (const label of ['answer', 'seen digit', 'probabilities', 'Brush', 'Undo stroke', 'Clear', 'Digit']) {
      const item = await labelled(page, label);
      check(item && within(item, options.viewport) && !overlap(item, pad), `${label}: ${JSON.stringify(item)}`);
    }
    check(overlap({ ...pad, x: pad.x + 20 }, pad), 'the measure finds what lies over the pad');
    await fingers(page, [{ x: pad.x - 5, y: pad.y + 0.4 * pad.height }, page.center(pad, 0.3, 0.4), page.center(pad, 0.7, 0.6)]);
    const beside = await drawn(page);
    await fingers(page, [page.center(pad, 0.5, 0.2), page.center(pad, 0.5, 0.9)]);
    await drawn(page, beside.image);
    await page.settled();
    await page.tap('Digit', 'button');
    await until(async () => !(await labelled(page, 'Draw here')), 'the pad closed');
    page.noErrors();
  });
}

const kSizes = [[1280, 720], [1024, 600], [640, 360], [390, 844], [844, 390], [2560, 1440]];

test('drawing: in every lens and size the digit and the answer stay in sight', async (stage) => {
  const page = await padPage(stage);
  await page.run(() => window.descent.network.step(12));
  for (const [width, height] of kSizes) {
    await page.tab.setViewportSize({ width, height });
    await page.frames(4);
    for (const lens of ['training', 'gradients', 'weights', 'predictions']) {
      await apply(page, { lens });
      await page.settled();
      const items = await page.items();
      const answer = items.find(({ label }) => label === 'answer');
      const picture = items.find(({ label, role }) => (label === 'Digit' && role === 'button') || label === 'Draw here');
      for (const item of [answer, picture]) {
        check(item && within(item, { width, height }), `${lens} at ${width}×${height}: ${JSON.stringify(item)}`);
        check(item.height >= 12, 'not cut off');
      }
      check(!overlap(answer, picture), `${lens} at ${width}×${height}: the answer over the digit`);
    }
  }
  await mustFail(() => check(within({ x: 0, y: 350, width: 10, height: 20 }, { width: 640, height: 360 }), 'cut off'), 'an item that is cut off');
  page.noErrors();
});

// How a point of a square of 100 × 100 is moved, into shares of the pad.
const tilted = (degrees) => {
  const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  return ([x, y]) => [0.5 + 0.007 * (c * (x - 50) - s * (y - 50)), 0.5 + 0.007 * (s * (x - 50) + c * (y - 50))];
};
const kStyles = {
  centred: ([x, y]) => [0.15 + 0.007 * x, 0.15 + 0.007 * y],
  tiny: ([x, y]) => [0.02 + 0.0025 * x, 0.03 + 0.0025 * y],
  slanted: ([x, y]) => [0.5 + 0.007 * (x - 50 - Math.tan(Math.PI / 6) * (y - 50)), 0.15 + 0.007 * y],
  turned: tilted(20),
};

test('drawing: tiny in a corner, slanted by 30° or turned by 20°, at least 27 of 30 are read', async (stage, note, skip) => {
  const page = await stage.page();
  const mnist = await page.run(async () => (await (await fetch('data/manifest.json')).json()).name) !== null;
  if (!mnist) return skip('needs MNIST');
  await page.run(async () => {
    await window.descent.network.configure({ dataset: 'MNIST', seed: 7 });
    await window.descent.network.train({ epochs: 1 });
  });
  await apply(page, { workspace: 'network' });
  const pad = await page.item('Draw here', 'canvas');
  const counts = {};
  for (const [style, map] of Object.entries(kStyles)) {
    const wrong = [];
    for (const { name, digits } of golden('hands.json').hands) {
      for (const [label, strokes] of digits.entries()) {
        for (const points of strokes) await page.drag(points.map((point) => page.center(pad, ...map(point))));
        await page.settled();
        const answer = (await labelled(page, 'answer')).text;
        if (Number(answer.match(/\d/)[0]) !== label) wrong.push(`${label} of ${name}: ${answer}`);
        await page.click('Clear', 'button');
      }
    }
    counts[style] = 30 - wrong.length;
    note(`${style}: ${counts[style]} of 30${wrong.length > 0 ? `; ${wrong.join('; ')}` : ''}`);
  }
  check(Object.values(counts).every((count) => count >= 27), JSON.stringify(counts));
  return page.noErrors();
}, { seconds: 1200, long: true });
