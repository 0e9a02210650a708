// The lenses of the network: the sentence opens them, all look at one digit and one pin, and both travel in links.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const state = (page) => page.run(() => window.descent.state());
const apply = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), ...given }), part);

// The Network workspace on a small data set, after some steps, with this lens open.
async function lensPage(stage, lens, options) {
  const page = await smallPage(stage, options);
  await page.run(() => window.descent.network.step(12));
  await apply(page, { workspace: 'network', lens });
  await page.settled();
  return page;
}

const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);

test('sentence: its symbols carry the numbers of this step and open their lenses', async (stage) => {
  const page = await lensPage(stage, 'training');
  const symbol = (text) => page.item(text, 'button');
  for (const [text, lens] of [['∇L', 'gradients'], ['p', 'predictions'], ['η', 'training']]) {
    await page.click(text, 'button');
    await until(async () => (await state(page)).lens === lens, `the lens ${lens}`);
  }
  const status = await page.run(() => window.descent.network.status());
  close(Number((await symbol('η')).text), status.learning_rate, 1e-3 * status.learning_rate, 'the learning rate shown');
  const shown = Number((await symbol('p')).text);
  const p = await page.run(async () => {
    const { test_index: index } = window.descent.state().digit;
    return index;
  });
  equal(p, 0, 'the digit looked at');
  check(shown > 0 && shown <= 1, `p is ${shown}`);
  await page.click('Surfaces', 'tab');
  await page.click('∇L', 'button');
  await until(async () => (await state(page)).view.tab === 'chain_rule', 'the chain rule');
  page.noErrors();
});

test('lenses: one digit for all of them, by number, by chance, and in a link', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  await page.click('Another digit', 'button');
  await until(async () => (await state(page)).digit.test_index > 0, 'another digit');
  const { digit } = await state(page);
  await page.settled();
  matches((await labelled(page, 'answer')).text, /\d|perhaps/, 'the answer');
  await page.click('p  Predictions', 'tab');
  equal((await state(page)).digit, digit, 'the digit in another lens');
  const image = '00'.repeat(392) + '80'.repeat(392);
  await apply(page, { digit: { image }, pin: { pixel: [3, 4] } });
  equal([(await state(page)).digit, (await state(page)).pin], [{ image }, { pixel: [3, 4] }], 'an image of one’s own, and a pin');
  await page.click('Share', 'button');
  const fragment = await until(() => page.run(() => (location.hash.length > 10 ? location.hash : null)), 'the link in the address');
  const other = await stage.page();
  await other.run((hash) => { location.hash = hash; }, fragment);
  await until(async () => (await state(other)).digit.image === image, 'the digit from the link');
  equal((await state(other)).pin, { pixel: [3, 4] }, 'the pin from the link');
  await mustFail(() => apply(page, { digit: { test_index: -1 } }), 'a digit before the first');
  page.noErrors();
});

test('gradients: a click pins a unit, the wheel looks closer, a double click shows all again', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  const sheet = await page.item('sheet 0', 'image');
  matches(sheet.text, /26×26×32/, 'the first convolution');
  await page.clickAt({ x: sheet.x + 2, y: sheet.y + 2 });
  await until(async () => (await state(page)).pin.layer === 0, 'a pinned unit');
  const { pin } = await state(page);
  equal([pin.position[2], pin.position[0] < 4, pin.position[1] < 4], [0, true, true], 'its place, in the first map’s corner');
  await page.clickAt(page.center(await page.item('sheet -1', 'image')));
  await until(async () => (await state(page)).pin.pixel !== undefined, 'a pinned pixel');
  const before = (await page.item('sheet 0', 'image')).width;
  await page.tab.mouse.move(sheet.x + sheet.width / 2, sheet.y + sheet.height / 2);
  await page.tab.mouse.wheel(0, -300);
  await until(async () => (await labelled(page, 'sheet 0')).width > before, 'a larger sheet');
  await page.click('Fit', 'button');
  await until(async () => Math.abs((await labelled(page, 'sheet 0')).width - before) < 1, 'all of it again');
  await page.click('Backward', 'tab');
  await until(async () => (await state(page)).lenses.backward, 'backward');
  page.noErrors();
});

test('gradients: by keyboard alone', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  await apply(page, { pin: { layer: 0, position: [2, 2, 0] } });
  const canvas = await page.item('network layers', 'canvas');
  check(canvas.width > 300, 'the canvas');
  await page.clickAt({ x: canvas.x + 3, y: canvas.y + canvas.height - 3 });  // nothing lies there
  equal((await state(page)).pin, { layer: 0, position: [2, 2, 0] }, 'the pin after a click beside the sheets');
  page.noErrors();
});

test('predictions: bits of the answer, as the probabilities say', async (stage) => {
  const page = await lensPage(stage, 'predictions');
  const bits = (await labelled(page, 'bits')).text;
  matches(bits, /^The answer leaves [\d.]+ bits open, of at most 3\.32\./, 'bits');
  await apply(page, { digit: { image: '00'.repeat(784) } });
  await page.settled();
  const p = await page.run(async () => Array.from(await window.descent.network.predict(new Float32Array(784))));
  const entropy = -p.reduce((sum, v) => sum + (v > 0 ? v * Math.log2(v) : 0), 0);
  close(Number((await labelled(page, 'bits')).text.match(/leaves ([\d.]+) bits/)[1]), entropy, 0.006, 'entropy');
  page.noErrors();
});
