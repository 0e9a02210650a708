// The run's checkpoints: a scrubber below the curves for mouse, finger and keys, a branch from where it stands, and the
// runs of the visit beside one another.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { difference } from '../support/png.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kSmall = { network: [{ type: 'flatten' }, { type: 'dense', units: 10 }], batch_size: 4, epochs: 40 };

const status = (page) => page.run(() => window.descent.network.status());
const statusUntil = (page, holds, what) => until(async () => { const now = await status(page); return holds(now) && now; }, what);
const weights = (page) => page.run(async () => {
  const bytes = new Uint8Array(await window.descent.network.save({ optimizer: true }));
  const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice(8 + header)))].join(' ');
});

// A page whose network has made `steps` steps, and the weights at some of them.
async function trained(stage, steps, options) {
  const page = await smallPage(stage, options);
  await page.run((network) => window.descent.apply({ ...window.descent.state(), workspace: 'network', lens: 'training', network }), kSmall);
  const at = {};
  for (let step = 0; step < steps; step += 100) {
    at[step] = await weights(page);
    await page.run((n) => window.descent.network.step(n), Math.min(100, steps - step));
  }
  at[steps] = await weights(page);
  await page.settled();
  return { page, at };
}

const scrubber = (page, value) => until(async () => {
  const item = await page.item('checkpoints', 'slider', { enabled: true });
  return item.value === value && item;
}, `the scrubber at ${value}`);

test('checkpoints: the scrubber goes to what the run was, exactly, and forgets nothing', async (stage) => {
  const { page, at } = await trained(stage, 350);
  const before = await status(page);
  const bar = await scrubber(page, 350);
  await page.drag([0.9, 0.6, 0.3].map((share) => page.center(bar, share)));
  const there = await statusUntil(page, ({ step }) => step === 100, 'the checkpoint near 0.3 of 350 steps');
  equal(there.state, 'paused', 'the state');
  equal(await weights(page), at[100], 'weights and memory of then');
  await mustFail(() => equal(at[100], at[200], 'weights'), 'the weights of another step');
  equal(there.history.train, before.history.train.filter(({ step }) => step <= 100), 'the curve of then');
  await page.drag([page.center(bar, 0.3), page.center(bar, 1.4)]);
  await statusUntil(page, ({ step }) => step === 350, 'the end of the run');
  equal(await weights(page), at[350], 'weights at the end');
  equal((await status(page)).history, before.history, 'curves at the end');
  page.noErrors();
});

test('checkpoints: keys go from one to the next', async (stage) => {
  const { page, at } = await trained(stage, 350);
  const bar = await scrubber(page, 350);
  await page.tab.mouse.click(page.center(bar, 0.57).x, page.center(bar).y);
  await statusUntil(page, ({ step }) => step === 200, 'the checkpoint that was clicked');
  await page.key('Tab');  // the keyboard to the item that was pressed
  for (const [key, step] of [['ArrowLeft', 100], ['ArrowLeft', 0], ['ArrowRight', 100], ['End', 350], ['ArrowLeft', 300], ['Home', 0]]) {
    await page.key(key);
    await statusUntil(page, (now) => now.step === step, `${key} to ${step}`);
  }
  equal(await weights(page), at[0], 'the first weights');
  equal((await status(page)).state, 'ready', 'the state at step 0');
  page.noErrors();
});

test('checkpoints: a finger drags the scrubber on a phone', async (stage) => {
  const { page, at } = await trained(stage, 250, kPhone);
  const bar = await scrubber(page, 250);
  check(bar.height >= 34 && bar.x >= 0 && bar.x + bar.width < 390 && bar.y + bar.height < 844, 'room for a finger');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [page.center(bar, 0.9)]);
  await page.frames();
  await touch('touchMove', [page.center(bar, 0.4)]);
  await page.frames();
  await touch('touchEnd', []);
  await statusUntil(page, ({ step }) => step === 100, 'dragged to 0.4');
  equal(await weights(page), at[100], 'weights of then');
  page.noErrors();
});

test('checkpoints: a branch keeps the former run beside it, and Undo brings that back', async (stage) => {
  const { page, at } = await trained(stage, 350, { pixels: true });
  await page.drag([page.center(await scrubber(page, 350), 0.8), page.center(await scrubber(page, 350), 0.3)]);
  await statusUntil(page, ({ step }) => step === 100, 'an earlier checkpoint');
  const former = (await page.run(() => window.descent.network.runs())).at(-1);
  await page.click('Branch from here', 'button');
  const runs = await until(async () => { const all = await page.run(() => window.descent.network.runs()); return all.length === 2 && all; }, 'two runs');
  equal([runs[0].id, runs[0].step, runs[0].present, runs[1].present], [former.id, 350, false, true], 'the former and the present run');
  equal(runs[1].branched, { run: former.id, step: 100 }, 'where it left the other');
  equal(await weights(page), at[100], 'the weights of the branch');
  await page.run(() => window.descent.network.configure({ hyperparameters: { learning_rate: 0.03 } }));
  await page.run(() => window.descent.network.step(60));
  check(await weights(page) !== at[100], 'it goes on');
  const [kept] = await page.run(() => window.descent.network.runs());
  matches(kept.title, /^Run \d+: learning rate 0\.001$/, 'named by what differs');
  equal(kept.history.train.at(-1).step, 340, 'all of the former curve');
  // Its curve can be hidden, it can be pinned and removed.
  await page.settled();
  await page.click('Runs', 'checkbox');
  await page.settled();
  const clip = await page.item('Loss', 'plot');
  await page.tab.mouse.move(5, 5);
  const shown = await page.tab.screenshot({ clip });
  await page.click(`Show run ${kept.id}`, 'checkbox');
  await page.tab.mouse.move(5, 5);
  await page.settled();
  check(difference(shown, await page.tab.screenshot({ clip })).count > 100, 'a curve less');
  await page.click(`Pin run ${kept.id}`, 'checkbox');
  await until(() => page.run(() => window.descent.network.runs()[0].kept), 'pinned');
  await page.click(`Remove run ${kept.id}`, 'button');
  await until(async () => (await page.run(() => window.descent.network.runs())).length === 1, 'removed');
  await page.key('Control+z');  // the branch
  await statusUntil(page, ({ step }) => step === 100, 'the former run as it stood');
  equal((await page.run(() => window.descent.network.runs())).at(-1).id, former.id, 'the present run');
  await page.run(() => window.descent.network.seek(350));
  equal(await weights(page), at[350], 'the weights at its end');
  page.noErrors();
});

test('checkpoints: scripts seek and branch, and what cannot be is refused with a sentence', async (stage) => {
  const page = await smallPage(stage);
  await page.run((network) => window.descent.network.configure(network), kSmall);
  equal(await page.run(() => window.descent.network.checkpoints()), [], 'before the first step');
  matches(await page.refusal(() => window.descent.network.seek(0)), /network\.seek: the run has no checkpoints yet/, 'seek before it');
  await page.run(() => window.descent.network.step(250));
  const points = await page.run(() => window.descent.network.checkpoints());
  equal(points.map(({ step }) => step), [0, 100, 200], 'steps');
  check(points[0].loss === null && points[1].loss > 0 && points[1].epoch > 0, 'their losses');
  equal((await page.run(() => window.descent.network.seek(199))).step, 100, 'the checkpoint before 199');
  matches(await page.refusal(() => window.descent.network.seek(251)), /network\.seek: step is 251; the run goes from 0 to 250/, 'beyond the end');
  matches(await page.refusal(() => window.descent.network.seek('a')), /step is 'a'; it must be a whole number/, 'a word');
  matches(await page.refusal(() => window.descent.network.branch({})), /network\.branch: step is missing/, 'no step');
  matches(await page.refusal(() => window.descent.network.branch({ step: 0, seed: 4 })), /network\.branch.*seed/, 'another seed');
  matches(await page.refusal(() => window.descent.network.branch({ step: 0, hyperparameters: { learning_rate: -1 } })), /learning_rate/, 'a rate');
  equal((await page.run(() => window.descent.network.runs())).length, 1, 'nothing changed');
  const branch = await page.run(() => window.descent.network.branch({ step: 200, optimizer: 'momentum', hyperparameters: { learning_rate: 0.02 }, batch_size: 8 }));
  equal([branch.step, branch.state], [200, 'paused'], 'the branch');
  const { optimizer, batch_size: size } = (await page.run(() => window.descent.state())).network;
  equal([optimizer, size], ['momentum', 8], 'its settings');
  const runs = await page.run(() => window.descent.network.runs());
  matches(runs[0].title, /^Run \d+: Adam, batch size 4$/, 'the former');
  equal((await page.run((id) => window.descent.network.keep(id), runs[0].id))[0].kept, true, 'pinned');
  matches(await page.refusal((id) => window.descent.network.remove(id), runs[1].id), /network\.remove: run \d+ is the present one/, 'the present one');
  matches(await page.refusal(() => window.descent.network.keep(77)), /network\.keep: there is no run 77/, 'one that is not');
  equal((await page.run((id) => window.descent.network.remove(id), runs[0].id)).length, 1, 'removed');
  page.noErrors();
});
