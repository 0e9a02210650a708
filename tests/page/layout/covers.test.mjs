// Nothing that is said lies on the picture of the surface: at every size and with every tab no word and no control covers
// ring, heads or paths, the picture keeps its scale when a tab is chosen, and a tab has one name at every width.
// SPDX-License-Identifier: MIT
import { raceUntil } from '../support/race.mjs';
import { chooseTab } from '../support/strip.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const phone = (width, height) => ({ viewport: { width, height }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
const kScreens = {
  '1280x720': { viewport: { width: 1280, height: 720 } },
  '1024x600': { viewport: { width: 1024, height: 600 } },
  '390x844': phone(390, 844),
  '640x360 at scale 2': { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 },
  '844x390': phone(844, 390),
  '1920x1080': { viewport: { width: 1920, height: 1080 } },
};
const kTabs = ['Rates', 'Map', 'Chain rule', 'Curvature', 'Sampling', 'Loss'];
const kSwinging = {
  surface: 'quadratic', parameters: { kappa: 10 }, start: [0, 1.5], steps_per_second: 250,
  optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.2 } }, { optimizer: 'momentum', hyperparameters: { learning_rate: 0.00002 } }],
};

function overlap(a, b) {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;
}
const centred = ({ x, y, width, height }, reach) => ({ x: x + width / 2 - reach, y: y + height / 2 - reach, width: 2 * reach, height: 2 * reach });

// covering() says what lies on the picture, or as a mark on the ring or a head, as sentences.
function covering(items) {
  const picture = items.find(({ label }) => label === 'surface view');
  const inside = items.filter((item) => item !== picture && overlap(item, picture));
  const words = inside.filter(({ role }) => !['canvas', 'mark'].includes(role)).map(({ label, role }) => `${role} '${label}' on the picture`);
  const marks = inside.filter(({ label, role }) => role === 'mark' && !/ tick |axis|colour bar/.test(label));
  const kept = inside.filter(({ label, role }) => role === 'canvas' && (label === 'start handle' || / head$/.test(label))).map((item) => centred(item, 6));
  return [...words, ...marks.filter((mark) => kept.some((box) => overlap(mark, box))).map(({ label }) => `${label} on the ring or a head`)];
}

const look = (page, view) => page.run((wanted) => window.descent.apply({ version: 1, view: wanted }), view);
const pressed = (page, { hasTouch }) => async (item) => {
  const at = page.center(item);
  if (hasTouch) await page.tab.touchscreen.tap(at.x, at.y);
  else await page.clickAt(at);
};
const box = ({ x, y, width, height }) => [x, y, width, height];

for (const [screen, options] of Object.entries(kScreens)) {
  test(`covers, ${screen}: nothing lies on the picture, which keeps its place whatever tab is chosen`, async (stage, note) => {
    const page = await stage.page(options);
    await page.run((config) => window.descent.race.configure(config), kSwinging);
    await page.settled();
    equal(covering(await page.items()), [], 'before the first step');
    await page.run(() => window.descent.race.play());
    await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'frozen', 'frozen');
    await page.run(() => window.descent.race.pause());
    await chooseTab(page, 'Loss', pressed(page, options));  // a page that fingers touch has larger controls
    await page.settled();  // the remedy has been tried out
    const before = box(await page.item('surface view', 'canvas'));
    for (const title of kTabs) {
      await chooseTab(page, title, pressed(page, options));
      if (title === 'Sampling') await page.run(() => window.descent.sampler.pause());
      await page.settled();
      const items = await page.items();
      equal(covering(items), [], `${title}`);
      equal(box(items.find(({ label }) => label === 'surface view')), before, `the picture beside ${title}`);
    }
    for (const view of [{ three_d: true, ellipse: true }, { three_d: false, ellipse: true }, { basins: true }]) {
      await look(page, view);
      await page.settled();
      equal(covering(await page.items()), [], JSON.stringify(view));
    }
    const items = await page.items();
    const read = items.find(({ label }) => ['read-out', 'hint'].includes(label));
    check(read, 'something is read out or said');
    const displaced = (label, change) => items.map((item) => (item.label === label ? { ...item, ...change } : item));
    const [x, y] = before;
    await mustFail(() => equal(covering(displaced(read.label, { x, y })), [], 'covering'), 'a word on the picture');
    note(`the picture has ${before[2]} x ${before[3]}`);
    page.noErrors();
  }, { seconds: 480 });
}

test('covers: words at marks keep off ring and heads, measured with one that is put there', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [-1, 2], optimizers: [{ optimizer: 'gradient_descent' }] }));
  await page.settled();
  const items = await page.items();
  equal(covering(items), [], 'as it is');
  const contour = items.find(({ label, role }) => role === 'mark' && label.startsWith('contour '));
  const ring = centred(items.find(({ label }) => label === 'start handle'), 8);
  const moved = items.map((item) => (item === contour ? { ...item, x: ring.x, y: ring.y } : item));
  await mustFail(() => equal(covering(moved), [], 'covering'), 'a value of a line on the ring');
});

test('covers: a message stands beside the picture', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.step(40));
  await page.click('Branch', 'button');
  const message = await page.item('message', 'text');
  const picture = await page.item('surface view', 'canvas');
  const dismiss = await page.item('Dismiss', 'button');
  for (const one of [message, dismiss]) check(!overlap(one, picture), `${one.label}: ${JSON.stringify(one)} in ${JSON.stringify(picture)}`);
  await mustFail(() => check(!overlap({ ...message, y: picture.y + 4 }, picture), 'apart'), 'a message on the picture');
  page.noErrors();
});

// Widths of tabs in the row of this size, by title; those that are cut at the row's ends are left out. The chosen one is
// scrolled into sight, up to an end.
async function widthsOf(page, chosen) {
  const items = await page.items();
  const strip = items.filter(({ label, role }) => role === 'tab' && ['Map', 'Rates', 'Chain rule', 'Curvature', 'Loss'].includes(label));
  const ends = items.filter(({ label }) => ['Later tabs', 'Earlier tabs'].includes(label));
  const cut = ({ x, width }) => ends.some((end) => Math.abs(x + width - end.x) < 1 || Math.abs(end.x + end.width - x) < 1);
  return new Map(strip.filter((item) => item.label === chosen || !cut(item)).map(({ label, width }) => [label, width]));
}

test('covers: a tab has one name at every width, in room enough for it, and a narrow row scrolls', async (stage, note) => {
  // How much wider one name is than another, in points of the large letters.
  const longer = (widths) => widths.get('Chain rule') - widths.get('Map');
  const whole = (one, other) => check(one > 0.75 * other && one < 1.01 * other, `${one} of ${other}`);
  let large;
  for (const width of [1920, 1280, 1024, 820, 640, 390, 320]) {
    const page = await stage.page({ viewport: { width, height: 844 } });
    await page.settled();
    const press = async (item) => page.clickAt(page.center(item));
    const seen = new Map();
    for (const title of ['Loss', 'Map', 'Chain rule', 'Curvature']) {
      await chooseTab(page, title, press);
      await page.settled();
      for (const [label, size] of await widthsOf(page, title)) seen.set(label, size);
    }
    note(`${width}: ${[...seen].map(([label, size]) => `${label} ${size.toFixed(0)}`).join(', ')}`);
    large ??= longer(seen);
    whole(longer(seen), large);
    await stage.leave(page);
  }
  await mustFail(() => whole(8, large), 'a name that is cut to "Chain"');
});

test('covers: a narrow row of tabs scrolls by finger, by wheel and by its ends', async (stage) => {
  const page = await stage.page(phone(390, 844));
  await page.settled();
  const tab = async (label) => (await page.items()).find((item) => item.label === label && item.role === 'tab');
  const first = await page.item('Loss', 'tab');
  check(!(await tab('Standings')), 'the last one is out of sight');
  const client = await page.tab.context().newCDPSession(page.tab);
  const y = first.y + first.height / 2;
  const touch = async (type, ...points) => {
    await client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await page.frames(2);
  };
  await touch('touchStart', { x: 240, y });
  for (const x of [220, 160, 100, 60, 40]) await touch('touchMove', { x, y });
  await touch('touchEnd');
  const last = await until(() => tab('Standings'), 'the last tab');
  equal(await page.run(() => window.descent.state().view.tab), 'loss', 'a swipe chooses nothing');
  await page.tab.touchscreen.tap(last.x + last.width / 2, y);
  await until(async () => (await page.run(() => window.descent.state().view.tab)) === 'standings', 'a tap does');
  for (let taps = 0; taps < 4 && !(await tab('Loss')); taps += 1) await page.tap('Earlier tabs', 'button');
  await until(() => tab('Loss'), 'the first one again');
  await stage.leave(page);
  const narrow = await stage.page({ viewport: { width: 390, height: 844 } });
  const row = await narrow.item('Loss', 'tab');
  await narrow.tab.mouse.move(row.x + 10, row.y + 10);
  await narrow.frames();
  await narrow.tab.mouse.wheel(0, 600);
  await until(async () => (await narrow.items()).some(({ label, role }) => label === 'Standings' && role === 'tab'), 'by wheel');
  narrow.noErrors();
});
