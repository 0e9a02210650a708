// Everything that was set, drawn and trained survives: a reload, a tab that crashes, a second tab beside it; what cannot be
// kept or opened is said.
// SPDX-License-Identifier: MIT
import { smallSet } from '../support/fixtures.mjs';
import { loadFiles } from '../support/network.mjs';
import { difference } from '../support/png.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kNetwork = {
  network: [{ type: 'conv2d', out_channels: 4, kernel: 5, stride: 2 }, { type: 'relu' }, { type: 'flatten' }, { type: 'dropout', rate: 0.2 }, { type: 'dense', units: 10 }],
  optimizer: 'adam', batch_size: 50, schedule: 'cosine', seed: 3, dataset: 'procedural digits',
};

const state = (page) => page.run(() => window.descent.state());
const status = (page) => page.run(() => window.descent.network.status());

async function reload(page) {
  await page.tab.reload({ waitUntil: 'load' });
  await page.ready();
}

// Runs `act`, text with a {record} and a {run} in it, on what is stored, and returns all records.
const records = (page, act = '') => page.run(`(async () => {
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await done(indexedDB.open('descent'));
  if (database.objectStoreNames.length === 0) return [];
  const stores = database.transaction(['records', 'runs'], 'readwrite');
  const [all, runs] = await Promise.all(['records', 'runs'].map((name) => done(stores.objectStore(name).getAll())));
  const [record, run] = [all[0], runs[0]];
  ${act};
  if (${act !== ''}) {
    stores.objectStore('records').put(record);
    stores.objectStore('runs').put(run);
    await new Promise((resolve) => { stores.oncomplete = resolve; });
  }
  database.close();
  return all;
})()`);

const stored = (page, condition) => until(async () => condition(await records(page)), `stored: ${condition}`);

const messageOf = async (page, kind = 'message') => (await page.item(kind, 'text')).text;

// Weights and the optimizer's memory, curves and figures: all that must not depend on what happened meanwhile.
const factsOf = (page) => page.run(async () => {
  const { step, epoch, train, test, history } = window.descent.network.status();
  const bytes = await window.descent.network.save();
  const header = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice(header));
  return { step, epoch, train, test, history, weights: Array.from(new Uint8Array(digest)).join(' ') };
});

const trainTo = (page, step) => page.run(async (end) => {
  await window.descent.network.configure({ dataset: 'procedural digits' });
  const left = end - window.descent.network.status().step;
  if (left > 0) await window.descent.network.step(left);
}, step);

test('keep: settings, theme and strokes survive a reload; a first visit is as it was', async (stage) => {
  const page = await stage.newPage({ pixels: true });
  const first = await state(page);
  check(!(await page.items()).some(({ label }) => label === 'message'), 'a message at the first visit');
  await page.run(() => window.descent.apply({ version: 1, theme: 'light', workspace: 'network', race: { surface: 'booth' } }));
  const pad = await page.item('Draw here', 'canvas');
  const blank = await page.picture(pad);
  await page.drag([page.center(pad, 0.3, 0.2), page.center(pad, 0.6, 0.8)]);
  await stored(page, (all) => all.some(({ strokes, state: { theme } }) => strokes && theme === 'light'));
  await page.settled();  // the data set has come
  const left = await state(page);
  await page.tab.mouse.move(0, 0);
  const look = await page.picture(pad);
  check(difference(look, blank).count > 500, 'the strokes');
  await mustFail(async () => equal(left, first, 'state'), 'equality of states');
  await reload(page);
  matches(await messageOf(page), /^Continued where you left\.$/, 'message');
  await page.settled();
  equal(await state(page), left, 'state after a reload');
  const again = await page.picture(pad);
  check(difference(look, again).count < 100, 'the strokes are there again');
  await reload(page);  // the message stays for twelve seconds
  await page.click('Start anew', 'button');
  // It is there for a while only: seen once is enough.
  await until(async () => (await page.items()).some(({ label, text }) => label === 'message' && /^Started anew/.test(text)), 'the page as it starts');
  equal((await state(page)).race.surface, first.race.surface, 'surface');
  equal((await state(page)).theme, 'light', 'theme');
  await page.click('Bring it back', 'button');
  await until(async () => (await state(page)).race.surface === 'booth', 'what was left');
});

test('keep: a race stands where it stood after a reload', async (stage) => {
  const page = await stage.newPage();
  await page.run(() => window.descent.race.configure({ surface: 'booth', start: [4, -4], optimizers: [{ optimizer: 'momentum', hyperparameters: { learning_rate: 0.01 } }] }));
  await page.run(() => window.descent.race.step(37));
  const before = await page.run(() => window.descent.race.status());
  await stored(page, (all) => all.some(({ race_step }) => race_step === 37));
  await reload(page);
  await page.settled();
  const after = await page.run(() => window.descent.race.status());
  equal([after.step, after.optimizers[0].point], [37, before.optimizers[0].point], 'step and position');
  check(!after.playing, 'it plays');
});

test('keep: a link wins over what was kept, and a reload of a page that went on from its link does not', async (stage) => {
  const page = await stage.newPage({ fragment: '#scene=ravine' });
  equal((await state(page)).scene, 'ravine', 'scene');
  await page.run(() => window.descent.apply({ version: 1, race: { surface: 'booth' } }));
  await stored(page, (all) => all.some(({ state: { race } }) => race.surface === 'booth'));
  await reload(page);
  equal((await state(page)).race.surface, 'booth', 'surface after a reload');
  await page.vacate(stage.origin);
  await page.open(`${stage.origin}#scene=saddle`);
  equal((await state(page)).scene, 'saddle', 'scene of another link');
});

test('keep: a run goes on bit for bit after reloads and crashes of its tab', async (stage, note) => {
  const context = await stage.context();
  const straight = await stage.newPage({ context });
  await straight.run((config) => window.descent.network.configure(config), kNetwork);
  await trainTo(straight, 20000);
  const wanted = await factsOf(straight);
  check(wanted.history.train.length > 10, 'a curve');
  await straight.tab.close();
  const killed = await stage.context();
  await killTimes(stage, killed, 3, 20000, wanted, note);
}, { seconds: 400 });

test('keep: a run goes on bit for bit however often its tab is killed', async (stage, note) => {
  const straight = await stage.newPage({ context: await stage.context() });
  await straight.run((config) => window.descent.network.configure(config), kNetwork);
  await trainTo(straight, 60000);
  const wanted = await factsOf(straight);
  await straight.tab.close();
  await killTimes(stage, await stage.context(), 20, 60000, wanted, note);
}, { seconds: 2400, long: true });

// Epochs of the run that is stored; 0: none is.
const epochsStored = async (page) => Math.max(0, ...(await records(page)).map(({ hasRun, epochs }) => (hasRun ? epochs : 0)));

// Trains to `end` with that many kills at random moments on the way, each time in a new tab that goes on from what the one
// before had kept.
async function killTimes(stage, context, times, end, wanted, note) {
  const steps = [];
  for (let kill = 0; kill <= times; kill += 1) {
    const page = await stage.newPage({ context, visit: kill > 0 });  // a page that is reset has no run any more
    const born = await epochsStored(page);
    if (kill === 0) await page.run((config) => window.descent.network.configure(config), kNetwork);
    else await until(async () => (await status(page)).step > 0, 'the run that was kept');
    steps.push((await status(page)).step);
    if (kill === times) {
      await trainTo(page, end);
      equal(await factsOf(page), wanted, 'the run that was killed');
      await mustFail(async () => {
        await page.run(() => window.descent.network.step(1));
        equal(await factsOf(page), wanted, 'a step more');
      }, 'equality of runs');
    } else {
      page.run((target) => window.descent.network.configure({ dataset: 'procedural digits' })
        .then(() => window.descent.network.step(target - window.descent.network.status().step)), end).catch(() => {});
      // Every second life is long enough to store its run again, which then is the one to go on from.
      // On a machine that is done before there is nothing more to store.
      const done = async () => (await status(page)).step === end;
      if (kill % 2 === 0) await until(async () => (await epochsStored(page)) > born || done(), 'stored in this life');
      await page.tab.waitForTimeout(200 + 1500 * Math.random());  // the moment is what is random here
      const devtools = await context.newCDPSession(page.tab);
      await Promise.race([devtools.send('Page.crash').catch(() => {}), new Promise((resolve) => { page.tab.once('crash', resolve); })]);
      await page.tab.close();
    }
  }
  note(`found at the steps ${steps.join(', ')}`);
}

test('keep: tabs have a record each; files of one’s own are asked for again', async (stage) => {
  const context = await stage.context();
  const one = await stage.newPage({ context });
  await loadFiles(one, smallSet({ train: 200, test: 20 }));
  await one.run(() => window.descent.network.step(5));
  await stored(one, (all) => all.some(({ hasRun }) => hasRun));
  const two = await stage.newPage({ context });
  equal((await status(two)).step, 0, 'steps in a second tab');
  await two.run(() => window.descent.apply({ version: 1, race: { surface: 'beale' } }));
  await stored(two, (all) => all.length === 2);
  await one.tab.bringToFront();  // one that is behind another draws once a second
  await reload(one);
  matches(await messageOf(one), /^Continued where you left: epoch \d\.\d, [\d.]+ %\. The browser does not keep your own files/, 'message');
  equal((await status(one)).step, 5, 'steps after a reload');
  await one.click('Network', 'tab');
  await one.settled();
  equal((await status(one)).dataset, '', 'data set');
  await loadFiles(one, smallSet({ train: 200, test: 20 }));
  equal((await status(one)).step, 5, 'steps with the files again');
  equal((await state(two)).race.surface, 'beale', 'surface of the second tab');
});

test('keep: records that are broken, or of a newer version, are said to be so and stay', async (stage) => {
  for (const [change, pattern] of [['record.format = 99', /newer version/], ['record.state = { version: 77 }', /version/], ['run.bytes = run.bytes.slice(0, 100)', /could not be opened/]]) {
    const page = await stage.newPage();
    await page.run((config) => window.descent.network.configure(config), kNetwork);
    await page.run(() => window.descent.network.step(3));
    await stored(page, (all) => all.some(({ hasRun }) => hasRun));
    // Beside the page, which writes no more.
    await page.vacate(stage.origin);
    await records(page, `${change}; record.time += 1e9`);
    await page.open(stage.origin);
    matches(await messageOf(page, 'error'), pattern, change);
    await stored(page, (all) => all.some(({ aside }) => aside));
    equal((await status(page)).step, 0, 'steps');
    await stage.leave(page);
  }
});

test('keep: without room or storage the page says what is not kept, and goes on', async (stage) => {
  const none = await stage.blankPage({});
  await none.tab.route('**/keeper_worker.js', (route) => route.abort());
  await none.open(stage.origin);
  await none.run((config) => window.descent.network.configure(config), kNetwork);
  await none.run(() => window.descent.network.step(3));
  matches(await messageOf(none, 'error'), /nothing of the run is kept: the browser keeps nothing for this page/, 'message');
  // The browser looks at its quota half a minute apart: the small one stands before the page stores anything.
  const full = await stage.blankPage({ context: await stage.context() });
  const devtools = await full.tab.context().newCDPSession(full.tab);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(stage.origin).origin, quotaSize: 1000 });
  await full.open(stage.origin);
  await full.run((config) => window.descent.network.configure(config), kNetwork);
  await full.run(() => window.descent.network.step(3));
  matches(await messageOf(full, 'error'), /nothing of the run is kept: .*Save weights/, 'message');
  equal((await status(full)).step, 3, 'steps');
});

test('keep: the first visit has the theme that the system prefers, later ones the chosen one', async (stage) => {
  const page = await stage.newPage({ context: await stage.context({ colorScheme: 'light' }) });
  equal((await state(page)).theme, 'light', 'theme of a first visit');
  equal(await page.run(() => document.documentElement.dataset.theme), 'light', 'theme of the page around');
  await page.run(() => window.descent.apply({ version: 1, theme: 'dark' }));
  await until(() => page.run(() => localStorage.getItem('descent.theme') === 'dark'), 'the choice');
  await reload(page);
  equal((await state(page)).theme, 'dark', 'the chosen theme');
});
