// The picture stays the main thing on screens of little height, from 320 × 480 on: a projector at 200 %, a phone held either
// way. Words over it leave most of it in sight, controls lie beside each other and are not cut off, measured by the boxes
// of what is on the screen.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { chooseTab } from '../support/strip.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const phone = (width, height) => ({ viewport: { width, height }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
const kScreens = {
  '640x360': { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 },
  '320x480': phone(320, 480),
  '480x320': phone(480, 320),
  '568x320': phone(568, 320),
  '844x390': phone(844, 390),
  '390x844': phone(390, 844),
  '1280x720': { viewport: { width: 1280, height: 720 } },
};
const kAlways = ['640x360', '320x480'];  // the others in the long mode
const kControls = ['button', 'tab', 'combo', 'checkbox', 'field', 'slider'];
const kNotes = ['read-out', 'hint', 'saddle', 'outcome', 'diverged', 'left_domain', 'oscillating', 'stalled', 'frozen'];
const kLeastPicture = 0.15;  // of the screen
const kMostWords = 1 / 3;  // of the picture

const area = ({ width, height }) => width * height;
function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0.5 && height > 0.5 ? width * height : 0;
}

// troubles() says what is wrong with these items on a screen of this size, as sentences.
function troubles(items, { width, height }) {
  const found = [];
  const picture = items.find(({ label }) => label === 'surface view');
  if (area(picture) < kLeastPicture * width * height) found.push(`the picture has ${picture.width} x ${picture.height}`);
  const rest = items.filter(({ role }) => role === 'plot' || role === 'table');
  for (const one of rest) if (area(one) > area(picture)) found.push(`${one.label} is larger than the picture`);
  const words = items.filter((item) => item.role === 'text' && kNotes.includes(item.label) && overlap(picture, item) > 0);
  const covered = words.reduce((sum, note) => sum + overlap(picture, note), 0);
  if (covered > kMostWords * area(picture)) found.push(`words cover ${Math.round(100 * covered / area(picture))} % of the picture`);
  words.forEach((one, i) => words.slice(i + 1).forEach((other) => { if (overlap(one, other)) found.push(`${one.label} under ${other.label}`); }));
  const controls = items.filter(({ role }) => kControls.includes(role));
  controls.forEach((one, i) => {
    controls.slice(i + 1).forEach((other) => { if (overlap(one, other)) found.push(`${one.role} ${one.label} under ${other.role} ${other.label}`); });
    if (one.x < 0 || one.y < 0 || one.x + one.width > width + 0.5 || one.y + one.height > height + 0.5) found.push(`${one.label} leaves the screen`);
    const narrow = ['Earlier tabs', 'Later tabs'].includes(one.label);  // the ends of a row that scrolls
    if (['button', 'checkbox', 'field'].includes(one.role) && !narrow && one.width < one.height - 1) found.push(`${one.label} is cut off: ${one.width} x ${one.height}`);
  });
  return found;
}

const look = (page, view) => page.run((wanted) => window.descent.apply({ ...window.descent.state(), view: { ...window.descent.state().view, ...wanted } }), view);

// Each brings another state of the page.
const kStates = {
  'before the first step': async () => {},
  'after sixty steps': (page) => page.run(() => window.descent.race.step(60)),
  'in 3-D': (page) => look(page, { three_d: true }),
  'without the curvature': (page) => look(page, { three_d: false, ellipse: false }),
  'with a run that diverges': async (page) => {
    await look(page, { ellipse: true });
    await page.run(() => window.descent.race.configure({ surface: 'quadratic', optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.9 } }, { optimizer: 'adam' }] }));
    await page.run(() => window.descent.race.step(200));
    await raceUntil(page, ({ optimizers }) => optimizers[0].status === 'diverged', 'divergence');
  },
  'with a scene': (page) => page.run(() => window.descent.scene('saddle', { play: false })),
  'with a scene under way': (page) => page.run(() => window.descent.race.step(60)),
};

for (const [screen, options] of Object.entries(kScreens)) {
  test(`small heights, ${screen}: the picture is the main thing, nothing lies under anything`, async (stage, note) => {
    const page = await stage.page(options);
    for (const [state, bring] of Object.entries(kStates)) {
      await bring(page);
      await page.settled();
      equal(troubles(await page.items(), options.viewport), [], `${screen} ${state}`);
    }
    const items = await page.items();
    const picture = items.find(({ label }) => label === 'surface view');
    note(`picture ${picture.width} x ${picture.height}`);
    // The measure finds a control over another one, one that is cut off, and words over the picture.
    const { x, y, width, height } = picture;
    const note_over = items.find(({ role, label }) => role === 'text' && kNotes.includes(label));
    for (const [label, change] of [['Help', { x: items.find((item) => item.label === 'Share').x }], ['Fit', { width: 12 }], [note_over.label, { x, y, width, height }]]) {
      const changed = items.map((item) => (item.label === label ? { ...item, ...change } : item));
      await mustFail(() => equal(troubles(changed, options.viewport), [], 'troubles'), `${label} displaced`);
    }
    page.noErrors();
  }, { seconds: 480, long: !kAlways.includes(screen) });
}

for (const screen of ['640x360', '320x480', '480x320']) {
  test(`small heights, ${screen}: every tab of the strip and both workspaces can be reached`, async (stage) => {
    const options = kScreens[screen];
    const page = await stage.page(options);
    const press = async (item) => {
      const { x, y } = page.center(item);
      if (options.hasTouch) await page.tab.touchscreen.tap(x, y);
      else await page.tab.mouse.click(x, y, { delay: 40 });
      await page.frames(4);
    };
    const tab = () => page.run(() => window.descent.state().view.tab);
    for (const [title, name] of [['Rates', 'rates'], ['Map', 'map'], ['Chain rule', 'chain_rule'], ['Curvature', 'curvature'], ['Sampling', 'sampling'], ['Loss', 'loss']]) {
      await chooseTab(page, title, press);
      await until(async () => (await tab()) === name, `the tab ${title}`);
      if (name === 'sampling') await page.run(() => window.descent.sampler.pause());
      await page.settled();
      const found = troubles(await page.items(), options.viewport);
      equal(found.filter((text) => !/larger than the picture/.test(text)), [], title);
    }
    await press(await page.item('Network', 'tab'));
    await until(async () => (await page.run(() => window.descent.state().workspace)) === 'network', 'the network');
    await page.item('Train', 'button');
    const items = (await page.items()).filter(({ role }) => kControls.includes(role));
    items.forEach((one, i) => items.slice(i + 1).forEach((other) => check(!overlap(one, other), `${one.label} under ${other.label}`)));
    await press(await page.item('Surfaces', 'tab'));
    equal((await race(page)).step, 0, 'steps of the race');
    page.noErrors();
  }, { long: !kAlways.includes(screen) });
}
