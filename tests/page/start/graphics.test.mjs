// The WebGL context is lost, as when a graphics driver starts anew, and comes back: the picture is the one before, and
// what the visitor had goes on meanwhile. Where it does not come back the page says so, and goes on when it does.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { atRest, same } from '../support/rest.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kLong = {
  surface: 'rosenbrock', start: [-1.2, 1], steps_per_second: 200, freeze: false,
  optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.002 } }, { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.0005 } }],
};

const network = (page) => page.run(() => window.descent.network.status());
const configured = (page) => page.run((c) => window.descent.race.configure(c), kLong);
const apply = (page, part) => page.run((p) => window.descent.apply({ version: 1, ...p }), part);
const shown = (page) => page.run(() => !document.getElementById('screen').hidden && document.getElementById('screen').innerText);

// complaints() collects what the browser says about calls that make no sense in the context, such as names of the one
// before.
function complaints(page) {
  const found = [];
  page.tab.on('console', (message) => {
    if (/INVALID_/.test(message.text())) found.push(message.text());
  });
  return found;
}

const lost = (page) => page.run(() => document.getElementById('canvas').getContext('webgl2').isContextLost());

async function lose(page) {
  await page.run(() => {
    const gl = document.getElementById('canvas').getContext('webgl2');
    window.__loss = gl.getExtension('WEBGL_lose_context');
    window.__loss.loseContext();
  });
  await page.frames();
}

async function restore(page) {
  await page.run(() => window.__loss.restoreContext());
  await until(async () => !(await lost(page)), 'a new context');
  await page.frames(3);
}

const kViews = {
  'the contour view': { view: { three_d: false, arrows: true } },
  'the 3-D view': { view: { three_d: true, arrows: false } },
  'the map of basins': { view: { three_d: false, basins: true } },
  'the network’s filters': { workspace: 'network' },
};

test('graphics: after a lost context every picture is the one before', async (stage, note) => {
  const page = await smallPage(stage, { pixels: true, sizes: { train: 200, test: 20 } });
  const found = complaints(page);
  await configured(page);
  await page.run(() => window.descent.race.step(400));
  await page.run(() => window.descent.network.train({ steps: 3 }));
  await page.tab.mouse.move(5, 5);
  for (const [name, part] of Object.entries(kViews)) {
    await apply(page, part);
    const before = await atRest(page);
    await lose(page);
    check(await lost(page), `${name}: the context is still there`);
    await mustFail(async () => same(before, await page.tab.screenshot(), name), `${name} without a context`);
    await restore(page);
    same(before, await atRest(page), name);
  }
  // A change made while nothing can be drawn is seen afterwards.
  await apply(page, { workspace: 'surfaces', theme: 'light' });
  const light = await atRest(page);
  await apply(page, { theme: 'dark' });
  await atRest(page);
  await lose(page);
  await apply(page, { theme: 'light' });
  await page.frames(3);
  await restore(page);
  same(light, await atRest(page), 'another theme');
  equal(found, [], 'calls that the new context refuses');
  note(`${Object.keys(kViews).join(', ')}, and the theme`);
  page.noErrors();
});

test('graphics: race and training go on without a context, and a picture that was asked for comes', async (stage, note) => {
  const page = await smallPage(stage, { pixels: true, sizes: { train: 2000, test: 20 } });
  await configured(page);
  await page.run(() => { window.descent.network.train({ epochs: 1000 }); });
  await page.run(() => window.descent.race.play());
  await raceUntil(page, ({ step }) => step > 20, 'playing');
  await until(async () => (await network(page)).step > 2, 'training');
  await lose(page);
  await page.run(() => { window.__picture = window.descent.picture(); });
  const [at, trained] = [(await race(page)).step, (await network(page)).step];
  await raceUntil(page, ({ step, playing }) => playing && step > at + 100, 'the race goes on');
  await until(async () => (await network(page)).step > trained + 2, 'training goes on');
  equal(await shown(page), false, 'a screen at once');
  await restore(page);
  const later = (await race(page)).step;
  await raceUntil(page, ({ step, playing }) => playing && step > later + 50, 'and on');
  await page.run(() => window.descent.ui.frames());
  let drawn = 0;
  await until(async () => { drawn += await page.run(() => window.descent.ui.frames().drawn); return drawn > 1; }, 'frames that are drawn');
  check(await page.run(() => window.__picture.then(({ size }) => size > 10000)), 'the picture');
  const { state, message } = await network(page);
  equal([state, message], ['training', ''], 'training');
  await page.click('Pause', 'button');
  const { step } = await raceUntil(page, ({ playing }) => !playing, 'paused by its button');
  note(`at step ${at} without a context, ${later} with the new one, ${step} when paused`);
  page.noErrors();
});

test('graphics: a context that does not come back gets a screen, and work when it does', async (stage) => {
  const page = await stage.page({ pixels: true });
  await configured(page);
  await page.run(() => window.descent.race.step(7));
  const before = await atRest(page);
  await lose(page);
  const text = await until(() => shown(page), 'the screen');
  matches(text, /cannot draw.*took the graphics away.*Nothing is lost.*Reload the page/s, 'the screen');
  // An error that is none of the page's leaves it as it is; scripts are answered.
  await page.run(() => new Promise((resolve) => {
    setTimeout(() => { throw new Error('an extension’s own'); });
    setTimeout(resolve, 1);
  }));
  await page.frames();
  equal([await shown(page), (await race(page)).step], [text, 7], 'the screen, and what scripts are told');
  await restore(page);
  equal(await shown(page), false, 'the screen afterwards');
  same(before, await atRest(page), 'the picture');
  await page.key('ArrowRight');
  await raceUntil(page, ({ step }) => step === 8, 'keys reach the page');
});

test('graphics: without the page’s part the browser gives no new context', async (stage) => {
  const page = await stage.newPage({
    pixels: true,
    before: () => window.addEventListener('webglcontextlost', (event) => event.stopImmediatePropagation(), true),
  });
  await configured(page);
  const before = await atRest(page);
  await lose(page);
  await page.run(() => window.__loss.restoreContext());
  await page.frames(30);
  check(await lost(page), 'the context is back');
  await mustFail(async () => same(before, await page.tab.screenshot(), 'the picture'), 'the picture without a context');
});
