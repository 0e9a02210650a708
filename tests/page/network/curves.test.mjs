// The curves of a training run say what was measured: test figures at their epochs, changed settings as marks, the level
// of guessing, the smoothed line as one's own choice.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { difference } from '../support/png.mjs';
import { clickInRail } from '../support/rail.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const state = (page) => page.run(() => window.descent.state());
const named = async (page, label, role) => (await page.items()).filter((item) => item.label === label && item.role === role);

async function trained(stage, options) {
  const page = await smallPage(stage, options);
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network', lens: 'training' }));
  await page.run(() => window.descent.network.configure({ network: [{ type: 'flatten' }, { type: 'dense', units: 10 }], batch_size: 1 }));
  await page.run(() => window.descent.network.train({ epochs: 2 }));
  await page.settled();
  return page;
}

// read() is the text that the pointer gets at this place of the axis of epochs, 0 … 1 from the plot's left edge.
async function read(page, plot, share) {
  await page.tab.mouse.move(5, 5);
  const at = page.center(await page.item(plot, 'plot'), share, 0.5);
  await page.tab.mouse.move(at.x, at.y);
  return until(async () => (await named(page, 'plot read-out', 'text'))[0]?.text, 'a read-out');
}

test('curves: a test figure is read where it was measured and nowhere else', async (stage, note) => {
  const page = await trained(stage);
  const { history } = await page.run(() => window.descent.network.status());
  equal(history.test.map(({ epoch }) => epoch), [1, 2], 'epochs with a test figure');
  const texts = [];
  for (let share = 0.12; share < 0.99; share += 0.02) texts.push(await read(page, 'Loss', share));
  const tested = texts.filter((text) => /; test /.test(text));
  check(tested.length > 0 && tested.length < texts.length / 2, `a test figure at ${tested.length} of ${texts.length} places`);
  for (const text of tested) matches(text, /^epoch [12];/, 'the epoch of a test figure');
  for (const text of texts.filter((one) => !tested.includes(one))) matches(text, /^epoch [\d.]+; training [\d.]+$/, 'between them');
  note(texts[10], tested[0]);
  page.noErrors();
});

test('curves: guessing is a line, and a changed rate leaves a mark', async (stage) => {
  const page = await trained(stage);
  const accuracy = await page.item('Accuracy', 'plot');
  const [chance] = await named(page, 'chance 10 %', 'mark');
  equal(chance.value, 0.1, 'of ten classes');
  check(chance.x >= accuracy.x && chance.x + chance.width <= accuracy.x + accuracy.width, 'inside the plot');
  const mark = () => named(page, 'learning rate 0.001 → 0.005', 'mark');
  equal(await mark(), [], 'no mark before the change');
  await clickInRail(page, 'adam learning rate value', 'field');
  await page.type('0.005');
  await page.key('Enter');
  const [, second] = await until(async () => { const marks = await mark(); return marks.length === 2 && marks; }, 'a mark on both curves');
  close(second.value, 2, 1e-9, 'its epoch');
  await page.run(() => window.descent.network.train({ epochs: 1 }));
  await page.settled();
  const { history } = await page.run(() => window.descent.network.status());
  equal(history.changes, [{ step: history.changes[0].step, epoch: 2, setting: 'learning_rate', from: 0.001, to: 0.005 }], 'for scripts');
  const [, there] = await mark();
  await page.tab.mouse.move(there.x + there.width / 2, there.y + 20);
  await until(async () => /; learning rate 0.001 → 0.005$/.test((await named(page, 'plot read-out', 'text'))[0]?.text), 'the change in the read-out');
  await mustFail(async () => matches(await read(page, 'Loss', 0.2), /learning rate/, 'read-out'), 'a read-out elsewhere');
  page.noErrors();
});

test('curves: the smoothing is a slider, travels in the state and leaves the measured curve behind it', async (stage) => {
  const page = await trained(stage, { pixels: true });
  equal((await state(page)).lenses.smoothing, 0.6, "TensorBoard's default");
  await page.tab.mouse.move(5, 5);
  const clip = await page.item('Loss', 'plot');
  const shot = async () => { await page.settled(); return page.tab.screenshot({ clip }); };
  const before = await shot();
  const slider = await page.item('curves smoothing', 'slider');
  await page.drag([page.center(slider, 0.6), page.center(slider, 0.8), page.center(slider, 1)]);
  await until(async () => (await state(page)).lenses.smoothing > 0.95, 'more smoothing');
  await page.tab.mouse.move(5, 5);
  const after = await shot();
  check(difference(before, after).count > 200, 'another curve');
  check(difference(after, await shot()).count === 0, 'which stays');
  await page.run(() => window.descent.apply({ version: 1, lenses: { smoothing: 0 } }));
  check(difference(await shot(), after).count > 200, 'no smoothing');
  matches(await page.refusal(() => window.descent.apply({ version: 1, lenses: { smoothing: 1 } })), /lenses\.smoothing/, 'a weight of 1');
  page.noErrors();
});

test('curves: on a phone slider, plots and chance level stand inside the screen', async (stage) => {
  const page = await trained(stage, kPhone);
  for (const [label, role] of [['curves smoothing', 'slider'], ['Loss', 'plot'], ['Accuracy', 'plot'], ['chance 10 %', 'mark']]) {
    const item = await page.item(label, role);
    check(item.x >= 0 && item.x + item.width <= 390 && item.y >= 0 && item.y + item.height <= 844, `${label} at ${item.x}, ${item.y}`);
  }
  check((await page.item('Loss', 'plot')).height > 90, 'a plot that can be read');
});
