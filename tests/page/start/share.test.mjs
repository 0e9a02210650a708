// state(), apply() and the share link: everything that is set here comes back, the seed included.
// SPDX-License-Identifier: MIT
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';
import { smallPage } from '../support/network.mjs';

async function arrange(page) {
  await page.run(async () => {
    await window.descent.race.configure({
      surface: 'styblinski_tang', start: [0.123456789012345, -1e-7], seed: 987654321, steps_per_second: 30,
      optimizers: [{ optimizer: 'rmsprop', hyperparameters: { learning_rate: 0.0123 }, slot: 3 }, { optimizer: 'newton', slot: 1 }],
    });
    await window.descent.network.configure({ optimizer: 'momentum', hyperparameters: { learning_rate: 0.05 }, batch_size: 48, epochs: 3, seed: 77, threads: 1 });
    const state = window.descent.state();
    await window.descent.apply({ ...state, workspace: 'network', theme: 'light', view: { ...state.view, three_d: true, yaw: 0.25 } });
  });
  return page.run(() => window.descent.state());
}

test('share: state() and apply() make a round trip', async (stage) => {
  const page = await stage.page();
  const fresh = await page.run(() => window.descent.state());
  const state = await arrange(page);
  equal(state.version, 1, 'version');
  equal([state.race.seed, state.network.seed, state.race.start], [987654321, 77, [0.123456789012345, -1e-7]], 'seeds and start');
  const other = await stage.page();
  await mustFail(async () => equal(await other.run(() => window.descent.state()), state, 'state'), 'equality of states');
  equal(await other.run((s) => window.descent.apply(s), state), state, 'state in another page');
  equal(await page.run((s) => window.descent.apply(s), fresh).then(({ race, theme }) => [race, theme]), [fresh.race, fresh.theme], 'back to the first state');
});

test('share: the button makes a link that opens the same configuration', async (stage) => {
  const context = await stage.context({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await stage.newPage({ context });
  const state = await arrange(page);
  await page.click('Share', 'button');
  const link = await until(() => page.run(() => (location.hash.length > 10 ? location.href : null)), 'the link in the address');
  await until(async () => (await page.run(() => navigator.clipboard.readText())) === link, 'the link in the clipboard');
  const other = await stage.newPage({ address: link });
  await until(async () => JSON.stringify((await other.run(() => window.descent.state())).race) === JSON.stringify(state.race), 'the race from the link');
  const { dataset, ...network } = (await other.run(() => window.descent.state())).network;
  const { dataset: _, ...expected } = state.network;
  equal(network, expected, 'the network from the link');
  const { workspace, theme, view } = await other.run(() => window.descent.state());
  equal([workspace, theme, view.three_d, view.yaw], ['network', 'light', true, 0.25], 'the view from the link');
  other.noErrors();
});

test('share: another link in the same page is followed; garbage is refused and nothing changes', async (stage) => {
  const page = await stage.page();
  const fragment = await page.run(async () => {
    const { encodeState } = await import('./links.js');
    return encodeState({ version: 1, race: { surface: 'booth' } });
  });
  await page.run((f) => { location.hash = f; }, fragment);
  await until(() => page.run(() => window.descent.race.status().surface === 'booth'), 'the link’s surface');
  await page.run(() => { location.hash = '#s=notastate'; });
  const toast = await page.item('error', 'text');
  matches(toast.text, /link could not be used/, 'message');
  equal(await page.run(() => window.descent.race.status().surface), 'booth', 'surface');
});

test('share: applying the present state does not disturb a running training', async (stage) => {
  const page = await smallPage(stage, { sizes: { train: 2000, test: 20 } });
  const steps = await page.run(async () => {
    window.descent.network.train({ epochs: 1000 }).catch(() => {});
    const { status } = window.descent.network;
    const beyond = async (step) => {
      while (status().step <= step && ['training', 'evaluating'].includes(status().state)) await new Promise((resolve) => { requestAnimationFrame(resolve); });
      return status();
    };
    while (status().state !== 'training') await new Promise((resolve) => { requestAnimationFrame(resolve); });
    const { step: before } = await beyond(3);
    await window.descent.apply(window.descent.state());
    const { step: after, state } = await beyond(before + 3);
    return { before, after, state };
  });
  check(['training', 'evaluating'].includes(steps.state) && steps.after > steps.before, JSON.stringify(steps));
});

// watchFrames() notes what each frame showed since the page was opened, repetitions left out: the chosen surface, or
// that there is none.
function watchFrames() {
  window.__shown = [];
  const look = () => {
    requestAnimationFrame(look);
    let items = [];
    try {
      items = window.descent.ui.items();
    } catch {
      return;  // the program has not started
    }
    const surface = items.find(({ label, role }) => label === 'Surface' && role === 'combo')?.text ?? 'no surface';
    if (items.length > 0 && window.__shown.at(-1) !== surface) window.__shown.push(surface);
  };
  requestAnimationFrame(look);
}

test('share: the first frame shows what the link asks for', async (stage, note) => {
  const opened = async (fragment) => {
    const page = await stage.newPage({ before: watchFrames, fragment, visit: true });
    await page.frames(10);
    page.noErrors();
    return page;
  };
  const shown = (page) => page.run(() => window.__shown);
  const plain = await opened('');
  const [usual, ...more] = await shown(plain);
  equal(more, [], 'other surfaces without a link');
  const fragments = await plain.run(async () => {
    const { encodeState } = await import('./links.js');
    return Promise.all([{ race: { surface: 'booth' } }, { workspace: 'network' }].map((part) => encodeState({ version: 1, ...part })));
  });
  const first = async (page) => note(`first frame ${await page.run(() => Math.round(performance.getEntriesByName('descent:first-frame')[0].startTime))} ms after navigation, showing ${(await shown(page)).join(', ')}`);
  await first(plain);
  for (const [fragment, expected] of [[fragments[0], 'Booth'], [fragments[1], 'no surface'], ['#scene=noise', 'Quadratic bowl']]) {
    const page = await opened(fragment);
    equal(await shown(page), [expected], 'frames of the link');
    check(expected !== usual, 'the link asks for what is there anyway');
    await first(page);
    await stage.leave(page);
  }
  const damaged = await opened('#s=notastate');
  equal(await shown(damaged), ['Rosenbrock'], 'frames of a damaged link: of the page as it is under a link');
  matches((await damaged.item('error', 'text')).text, /link could not be used/, 'what is said of it');
  // The check would see frames drawn too early in this way.
  await plain.follow(fragments[0]);
  await until(async () => (await shown(plain)).length === 2, 'two surfaces one after the other');
  equal(await shown(plain), [usual, 'Booth'], 'frames of a link followed later');
});
