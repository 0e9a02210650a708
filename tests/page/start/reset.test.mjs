// descent.reset(): the page as it starts, whatever was done before; on it stands that tests share pages. Each case leaves
// something else behind; the facts of the page and its picture are compared with those of a page just opened.
// SPDX-License-Identifier: MIT
import { loadFiles } from '../support/network.mjs';
import { smallSet } from '../support/fixtures.mjs';
import { factsOf, differences, wake } from '../support/pool.mjs';
import { race, raceUntil } from '../support/race.mjs';
import { same } from '../support/rest.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const kCases = {
  'a race, its view and its tabs': async (page) => {
    await page.run(async () => {
      await window.descent.race.configure({ expression: 'a*x^2 + abs(y)', parameters: { a: 3 }, start: [2, 1], seed: 9, freeze: false, budget: 40, optimizers: [{ optimizer: 'adam' }, { optimizer: 'newton' }] });
      await window.descent.race.step(30);
      await window.descent.race.branch({ runner: 0, step: 7 });
      await window.descent.apply({ version: 1, theme: 'light', hide: ['transport'], view: { three_d: true, yaw: 2, tab: 'rates', tall: true, selected: 1, arrows: true } });
    });
    await page.settled();
    await page.run(() => window.descent.race.tune({ budget: 20 }));
    await page.run(() => window.descent.race.play());
  },
  'a network that trains, and files of one’s own': async (page) => {
    await loadFiles(page, smallSet({ train: 200, test: 20 }));
    await page.click('Network', 'tab');
    await page.click('∇  Gradients', 'tab');
    const pad = await page.item('Draw here', 'canvas');
    await page.drag([page.center(pad, 0.3), page.center(pad, 0.6)]);
    await page.run(() => {
      window.descent.network.configure({ optimizer: 'momentum', batch_size: 8 });
      window.__training = window.descent.network.train({ epochs: 900 }).catch((error) => error.message);
    });
    await until(() => page.run(() => window.descent.network.status().step > 3), 'training');
  },
  'chains, a scene and its link': async (page) => {
    await page.run(async () => {
      location.hash = '#scene=sampling';
      await window.descent.sampler.configure({ temperature: 0.3, chains: 40, seed: 4 });
    });
    await until(() => page.run(() => window.descent.sampler.status().samples > 100), 'chains');
  },
  'what is open, scrolled and focused': async (page) => {
    await page.tab.mouse.move(140, 400);
    await page.tab.mouse.wheel(0, 500);
    await page.frames(3);
    await page.key('Tab');
    await page.key('Tab');
    await page.click('Scenes', 'button');
  },
  'a message, a pin and a map of basins': async (page) => {
    await page.run(() => { location.hash = '#s=garbage'; });
    await page.item('error', 'text');
    await page.run(() => window.descent.apply({ version: 1, view: { basins: true, tab: 'chain_rule', pin: [1, 1] } }));
    await page.settled();
  },
};

// A page just opened, by a link that asks for nothing, without the screen from before its first frame.
async function opened(stage, options) {
  const page = await stage.newPage({ ...options, fragment: '#hide=', pixels: true });
  await page.run(() => history.replaceState(null, '', location.pathname));
  await page.tab.waitForFunction(() => document.getElementById('screen').hidden);
  await page.settled();
  return page;
}

// Frames, and what only a page just opened would do, are left to come to rest.
async function seen(page) {
  await page.tab.mouse.move(0, 0);
  return { facts: await factsOf(page), picture: await page.picture() };
}

for (const [screen, options] of Object.entries({ desktop: {}, phone: kPhone })) {
  test(`reset, ${screen}: the page is as new after anything`, async (stage, note) => {
    const page = await opened(stage, options);
    const fresh = await seen(page);
    for (const [name, act] of Object.entries(kCases)) {
      if (options === kPhone && !name.includes('race')) continue;
      await act(page);
      check(differences(await factsOf(page), fresh.facts).length > 0, `${name} leaves nothing behind`);
      await mustFail(async () => same(await page.tab.screenshot(), fresh.picture, name), `${name}: the picture before the reset`);
      const state = await page.run(() => window.descent.reset());
      equal(state, fresh.facts.state, `${name}: the state reset() answers with`);
      await page.startOver();
      const now = await seen(page);
      equal(differences(now.facts, fresh.facts), [], name);
      same(now.picture, fresh.picture, name);
      note(name);
    }
    page.noErrors();
  });
}

// On it stands that tests share pages of several sizes.
test('reset: in a window of another size the page is as new there', async (stage) => {
  const viewport = { width: 1000, height: 640 };
  const page = await opened(stage);
  const before = await seen(page);
  await wake(page, viewport);
  await page.startOver();
  const resized = await seen(page);
  await stage.leave(page);
  const fresh = await seen(await opened(stage, { viewport }));
  equal(differences(resized.facts, fresh.facts), [], 'facts');
  same(resized.picture, fresh.picture, 'pictures');
  check(differences(before.facts, fresh.facts).length > 0, 'facts of the two sizes are the same');
});

test('reset: calls under way are told, what was on its way does not come, and the page works', async (stage) => {
  const page = await stage.page();
  const messages = await page.run(async () => {
    const { descent } = window;
    const refused = (promise) => promise.then(() => 'done', (error) => error.message);
    await descent.network.configure({ dataset: 'procedural digits' });
    const calls = [
      descent.network.train({ epochs: 500 }), descent.basins({ surface: 'himmelblau', optimizer: 'adam', width: 2048, height: 2048, steps: 5000 }),
      descent.apply({ version: 1, theme: 'light', workspace: 'network' }), descent.network.configure({ dataset: 'mnist' }),
    ].map(refused);
    await descent.reset();
    return Promise.all(calls);
  });
  for (const message of messages) matches(message, /descent\.reset\(\) was called meanwhile/, 'a call');
  await page.settled();
  const { theme, workspace, network } = await page.run(() => ({ ...window.descent.state(), network: window.descent.network.status() }));
  equal([theme, workspace, network.state, network.dataset], ['dark', 'surfaces', 'empty', ''], 'after what was on its way');
  await page.click('Play', 'button');
  await raceUntil(page, ({ step }) => step > 3, 'a race by hand');
  await page.run(() => window.descent.network.configure({ dataset: 'procedural digits' }));
  equal((await page.run(() => window.descent.network.train({ steps: 2 }))).step, 2, 'steps of a new training');
  check((await race(page)).playing, 'the race goes on');
});

test('settled: waits for what moves, and says what it waited for', async (stage) => {
  const page = await stage.page();
  await page.settled();
  await page.run(() => window.descent.race.play());
  matches(await page.refusal(() => window.descent.ui.settled({ seconds: 0.2 })), /ui\.settled: after 0\.2 s the page still waits for the race, which plays/, 'a race');
  await page.run(() => window.descent.race.pause());
  await page.settled();
  await page.run(() => { window.descent.network.configure({ dataset: 'procedural digits' }).then(() => window.descent.network.train({ epochs: 100 })).catch(() => {}); });
  matches(await page.refusal(() => window.descent.ui.settled({ seconds: 0.2 })), /still waits for (a data set|the network|an answer|a call)/, 'a data set or a training');
  matches(await page.refusal(() => window.descent.ui.settled({ seconds: 0 })), /seconds is 0; it must be above 0/, 'no time');
  matches(await page.refusal(() => window.descent.ui.settled({ second: 1 })), /no argument 'second'/, 'another argument');
});
