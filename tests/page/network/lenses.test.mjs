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
  const now = await page.item('sheet 0', 'image');  // the pin's panel has taken room
  await page.tab.mouse.move(now.x + now.width / 2, now.y + now.height / 2);
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

// values() reads the items whose names have the prefix; the rest of the name is the key.
const values = async (page, prefix) => new Map((await page.items()).filter(({ label }) => label.startsWith(prefix))
  .map(({ label, value }) => [label.slice(prefix.length), value]));

test('gradients: ink on a pixel, predicted and actual, as the Jacobian and a pass of the changed digit say', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  const image = '40'.repeat(784), ink = 0.4, pixel = 12 * 28 + 9;
  await apply(page, { digit: { image }, pin: { pixel: [12, 9] } });
  const slider = await page.item('pixel add ink', 'slider');
  await page.clickAt(page.center(slider, 0.9, 0.5));
  await until(async () => (await state(page)).lenses.ink > 0.5, 'ink by the mouse');
  await apply(page, { lenses: { ...(await state(page)).lenses, ink } });
  await page.settled();
  const said = await page.run(async ([amount, at]) => {
    const before = new Float32Array(784).fill(64 / 255), after = before.slice();
    after[at] += amount;
    const logits = async (given) => Array.from((await window.descent.network.explain({ image: given })).layers.at(-1).output);
    const { matrix } = await window.descent.network.jacobian({ image: before });
    return { before: await logits(before), after: await logits(after), slopes: Array.from({ length: 10 }, (_, c) => matrix[784 * c + at]) };
  }, [ink, pixel]);
  const [predicted, actual, gap] = await Promise.all(['predicted', 'actual', 'gap'].map((what) => values(page, `ink ${what} `)));
  equal(predicted.size, 10, 'rows in sight');
  const compare = (c, amount) => {
    close(predicted.get(`${c}`), amount * said.slopes[c], 1e-6, `predicted of ${c}`, 1e-7);
    close(actual.get(`${c}`), said.after[c] - said.before[c], 0, `actual of ${c}`, 2e-6);
    close(gap.get(`${c}`), actual.get(`${c}`) - predicted.get(`${c}`), 0, `gap of ${c}`, 1e-9);
  };
  for (let c = 0; c < 10; c += 1) compare(c, ink);
  await mustFail(() => compare(0, 2 * ink), 'another amount');
  matches((await labelled(page, 'ink gap')).text, /The gap is (kinks: |nothing but rounding)/, 'what the gap is');
  page.noErrors();
});

test('gradients: a weight’s kernel map by map, and the batch image by image', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  await apply(page, { pin: { parameter: '3.weight', index: 1000 } });
  await page.settled();
  await page.item('batch image 0', 'bar');
  const weight = (index) => page.run(async (i) => {
    const { gradient, batch_gradient, batch_images, batch_gradients } = await window.descent.network.weight({ parameter: '3.weight', index: i, test_index: 0 });
    return { gradient, batch_gradient, images: Array.from(batch_images), bars: Array.from(batch_gradients) };
  }, index);
  const { batch_gradient: whole, images, bars } = await weight(1000);
  const shown = await values(page, 'batch image ');
  equal([...shown.values()], bars, 'a bar each');
  const size = bars.reduce((total, v) => total + Math.abs(v), 0) / bars.length;
  close((await values(page, 'batch mean')).get(''), whole, 0, 'their mean', 1e-5 * size);
  const bar = await labelled(page, 'batch image 3');
  await page.tab.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2);
  matches((await page.item('tooltip', 'text')).text, new RegExp(`^Training image ${images[3]}, a \\d: `), 'whose bar it is');
  const tiles = await values(page, 'kernel ');
  equal(tiles.size, 9, 'tiles');
  for (const [place, value] of tiles) {
    const [row, column] = place.split(', ').map(Number);
    const { gradient } = await weight(999 + 3 * row + column);
    close(value, gradient, 1e-4, `tile ${place}`, 1e-6);
  }
  await page.click('kernel 2, 1', 'image');
  await until(async () => (await state(page)).pin.index === 1006, 'the weight of that tile');
  page.noErrors();
});

test('gradients: the terms to press keep their place and size while the numbers change', async (stage) => {
  const page = await lensPage(stage, 'gradients');
  const places = async () => {
    await page.settled();
    return (await page.items()).filter(({ label, role }) => /^term \d+$/.test(label) && role === 'button').map(({ label, x, y, width, height }) => ({ label, x, y, width, height }));
  };
  const texts = new Set();
  let first = null;
  for (const position of [[5, 5, 3], [6, 4, 9], [3, 7, 20], [5, 6, 40]]) {
    await apply(page, { pin: { layer: 3, position } });
    const now = await places();
    check(now.length > 2, 'terms to press');
    first ??= now;
    equal(now, first, `the places with ${position}`);
    texts.add((await labelled(page, 'term 1')).text);
  }
  check(texts.size === 4, 'other numbers each time');
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
