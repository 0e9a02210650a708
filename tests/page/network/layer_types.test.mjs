// Every type of layer in one network, with strides, padding and dilation, seen through the lenses: a number on the page
// is the number that the scripting call gives.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, close, mustFail, test } from '../support/test.mjs';

const kLayers = [
  { type: 'conv2d', out_channels: 4, kernel: 3, stride: 2, padding: 1 },
  { type: 'tanh' },
  { type: 'avg_pool2d', kernel: 2, stride: 2 },
  { type: 'conv2d', out_channels: 5, kernel: 2, dilation: 2 },
  { type: 'sigmoid' },
  { type: 'max_pool2d', kernel: 2, stride: 2 },
  { type: 'dropout', rate: 0.25 },
  { type: 'flatten' },
  { type: 'dense', units: 12 },
  { type: 'relu' },
  { type: 'dense', units: 10 },
];
const kDigit = 3;

const apply = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), ...given }), part);
const ask = (page, name, args) => page.run(async ([call, given]) => {
  const plain = (v) => (ArrayBuffer.isView(v) ? Array.from(v) : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, one]) => [k, plain(one)])) : v);
  return plain(await window.descent.network[call](given));
}, [name, args]);
const valueOf = async (page, label) => {
  await page.settled();
  return (await page.items()).find((item) => item.label === label)?.value;
};

async function typesPage(stage) {
  const page = await smallPage(stage);
  await page.run((network) => window.descent.network.configure({ network, batch_size: 16 }), kLayers);
  await page.run(() => window.descent.network.step(6));
  await apply(page, { workspace: 'network', lens: 'gradients', digit: { test_index: kDigit } });
  return page;
}

test('layer types: a unit of each is taken apart, and its sum is the network’s', async (stage) => {
  const page = await typesPage(stage);
  const { layers } = await ask(page, 'explain', { test_index: kDigit });
  for (const [layer, { type, shape }] of Object.entries(layers).map(([i, found]) => [Number(i), found])) {
    const [height, width, channels] = Object.values(shape);
    const position = [Math.floor(height / 2), Math.floor(width / 2), Math.floor(channels / 2)];
    await apply(page, { pin: { layer, position } });
    const found = await ask(page, 'unit', { layer, position, test_index: kDigit });
    await page.settled();
    const title = (await page.items()).find(({ label }) => label === 'pinned').text;
    const shown = Number(title.split(/[:=] /).at(-1).replace('−', '-').replace(/×10.*/, ''));
    check(Number.isFinite(shown), `a number in the title of ${type}: ${title}`);
    if (!title.includes('×10')) close(shown, found.value, 0, `${layer} ${type}: ${title}`, 0.001 * Math.abs(found.value) + 1e-9);
    const sum = await valueOf(page, 'term sum');
    if (sum !== undefined) {
      close(sum, found.value, 0, `${layer} ${type}: bias and terms`, 2e-6 * (1 + Math.abs(found.value)));
      await mustFail(() => close(sum + 0.01, found.value, 0, 'another sum', 2e-6), 'another sum');
    }
  }
  page.noErrors();
});

test('layer types: weights, the Jacobian and both ways in other layers, as the calls say', async (stage) => {
  const page = await typesPage(stage);
  for (const parameter of ['0.weight', '3.weight', '8.weight', '10.weight', '3.bias']) {
    await apply(page, { pin: { parameter, index: 2 } });
    const found = await ask(page, 'weight', { parameter, index: 2, test_index: kDigit });
    close(await valueOf(page, 'weight gradient'), found.gradient, 0, `${parameter}: the gradient shown`, 1e-12);
    close(found.difference, found.gradient, 0, `${parameter}: central difference`, 1e-5 * (1e-3 + Math.abs(found.gradient)));
    await mustFail(() => close(found.difference, found.gradient + 0.1, 0, 'another gradient', 1e-5), 'another gradient');
  }
  await apply(page, { pin: { pixel: [12, 15] }, lenses: { ...(await page.run(() => window.descent.state())).lenses, ink: 0.5, backward: true } });
  const { matrix } = await ask(page, 'jacobian', { test_index: kDigit });
  const predicted = (await valueOf(page, 'ink predicted 4'));
  close(predicted, 0.5 * matrix[4 * 784 + 12 * 28 + 15], 1e-5, 'what the Jacobian predicts', 1e-7);
  for (const lenses of [{ view: 'spectrum' }, { view: 'product' }, { view: 'convolution' }]) {
    await apply(page, { lens: 'weights', lenses: { ...(await page.run(() => window.descent.state())).lenses, ...lenses } });
    await page.settled();
  }
  page.noErrors();
});
