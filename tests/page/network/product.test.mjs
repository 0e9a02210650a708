// The lens Weights' product: what it says about a layer's sum equals descent.network.unit(), by mouse, keys and finger.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, close, equal, matches, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const state = (page) => page.run(() => window.descent.state());
const apply = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), ...given }), part);
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);

async function productPage(stage, lenses, options) {
  const page = await smallPage(stage, options);
  await page.run(() => window.descent.network.step(12));
  await apply(page, { workspace: 'network', lens: 'weights', lenses: { view: 'product', ...lenses } });
  await page.settled();
  return page;
}

const unit = (page, layer, output) => page.run(async ([at, channel]) => {
  const { digit } = window.descent.state();
  const { value, bias, terms } = await window.descent.network.unit({ layer: at, position: [0, 0, channel], ...digit });
  return { value, bias, terms: Array.from(terms) };
}, [layer, output]);

test('product: a row times x says the numbers of its unit', async (stage) => {
  const page = await productPage(stage, { view: 'spectrum', matrix: '9.weight' });
  await page.click('Product', 'tab');
  await until(async () => (await state(page)).lenses.view === 'product', 'the view');
  const outputs = await page.item('product outputs', 'canvas');
  equal(outputs.value, 0, 'the unit where nothing is pinned');
  // Between the label and the number stand ten cells; the eighth is unit 7.
  const number = await page.item('output sum', 'text');
  const left = outputs.x + 60, width = number.x - 8 - left;
  await page.clickAt({ x: left + 0.75 * width, y: number.y + number.height / 2 });
  await until(async () => (await state(page)).pin.position?.[2] === 7, 'unit 7 pinned');
  await page.settled();
  const found = await unit(page, 9, 7);
  close((await labelled(page, 'output sum')).value, found.value, 1e-6, 'z');
  close((await labelled(page, 'bias')).value, found.bias, 1e-9, 'the bias');
  const largest = found.terms.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
  close((await labelled(page, 'term 1')).value, largest, 1e-7, 'the largest contribution');
  await page.clickAt(page.center(outputs, 0.02, 0.9));  // its label: the pin stays, the keyboard comes
  await page.key('Tab');  // the first one shows where the keyboard is
  await page.key('ArrowRight');
  await until(async () => (await state(page)).pin.position?.[2] === 8, 'the next unit, by keyboard');
  page.noErrors();
});

test('product: columns and sheets add up to the unit’s value, and travel in the state', async (stage) => {
  const page = await productPage(stage, { matrix: '9.weight' });
  await apply(page, { pin: { layer: 9, position: [0, 0, 3] } });
  for (const [tab, reading] of [['Columns', 'columns'], ['Rank 1', 'sheets']]) {
    await page.click(tab, 'tab');
    await until(async () => (await state(page)).lenses.reading === reading, reading);
    await page.settled();
    const found = await unit(page, 9, 3);
    const items = await page.items();
    const value = (label) => items.find((item) => item.label === label)?.value;
    close(value('others sum'), found.value, 2e-6, `${reading}: the sum`);
    close(value('bias added'), found.bias, 1e-9, `${reading}: the bias`);
    let sum = value('bias added') + value('others added');
    for (let k = 1; k <= 6; ++k) sum += value(`term ${k} added`);
    close(sum, found.value, 2e-6, `${reading}: the lines`);
    const said = items.find((item) => item.label === 'product caption').text;
    matches(said, /differs from the network's z by at most (0|[\d.]+×10⁻[⁶-⁹])\./, 'the difference is said');
  }
  const largest = await page.run(async () => {
    const [{ singular_values: sigma }] = await window.descent.network.spectrum({ parameter: '9.weight' });
    return sigma[0];
  });
  const label = (await labelled(page, 'term 1')).text;
  matches(label, /^1: [\d.]+ × −?[\d.]/, 'σ × (v · x)');
  close(Number(label.match(/^1: ([\d.]+)/)[1]), largest, 0.006 * largest, 'the first singular value');
  page.noErrors();
});

test('product: on a phone nothing is outside, and a finger pins a unit', async (stage) => {
  const page = await productPage(stage, { reading: 'columns' }, kPhone);
  const outputs = await page.item('product outputs', 'canvas');
  check(outputs.x >= 0 && outputs.x + outputs.width <= 390, 'the table’s width');
  const number = await page.item('bias added', 'text');
  await page.tab.touchscreen.tap(number.x - 12, number.y + 8);
  await until(async () => (await state(page)).pin.position?.[2] > 100, 'one of the last units of 128');
  page.noErrors();
});
