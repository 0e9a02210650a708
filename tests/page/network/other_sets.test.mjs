// Tries what other people bring: data sets with other classes, labels and packing, images that lie on their side,
// weights of other programs, and files that are neither.
// SPDX-License-Identifier: MIT
import { gzipSync } from 'node:zlib';

import {
  base64, base64Of, formulaWeights, idx, imagesFile, kReferenceTensors, readSafetensors, safetensors, smallSet,
} from '../support/fixtures.mjs';
import { drop } from '../support/network.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kNames = {
  train_images: 'emnist-train-images-idx3-ubyte', train_labels: 'emnist-train-labels-idx1-ubyte',
  test_images: 'emnist-test-images-idx3-ubyte', test_labels: 'emnist-test-labels-idx1-ubyte',
};

const labelsFrom = (count, classes, first) => idx({ magic: 0x801, lengths: [count], data: Uint8Array.from({ length: count }, (_, i) => first + (i % classes)) });

// A set like EMNIST's: `classes` classes, labelled from `first`.
const otherSet = (classes, first, { train = 120, test: count = 60 } = {}) => ({
  train_images: imagesFile(train), train_labels: labelsFrom(train, classes, first),
  test_images: imagesFile(count), test_labels: labelsFrom(count, classes, first),
});

const named = (set) => Object.entries(set).map(([role, bytes]) => ({ name: kNames[role], bytes }));

// Drops the files and waits for a message like this.
async function told(page, files, pattern) {
  await drop(page, files);
  return until(async () => {
    const item = (await page.items()).find(({ role, text }) => role === 'text' && pattern.test(text ?? ''));
    return item?.text;
  }, `a message like ${pattern}`);
}

// load() goes through descent.network.load; it resolves with the status, or rejects as it does.
const load = (page, set) => page.run(async (encoded) => {
  const files = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, window.__bytes(text)]));
  await window.descent.network.load(files);
  return window.descent.network.status();
}, base64Of(set));

const refusedLoad = (page, set) => page.refusal(`async (encoded) => {
  const files = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, window.__bytes(text)]));
  await window.descent.network.load(files);
}`, base64Of(set));

const status = (page) => page.run(() => window.descent.network.status());

// The page in the Network workspace with a set of ten classes on which some steps were trained.
async function trainedPage(stage, options) {
  const page = await stage.page(options);
  await load(page, smallSet());
  await page.run(async () => {
    await window.descent.apply({ version: 1, workspace: 'network' });
    await window.descent.network.step(3);
  });
  return page;
}

const bits = (page) => page.run(async () => window.__base64(await window.descent.network.save({ optimizer: false })));

test('other sets: letters labelled from 1 get 26 outputs, everything follows, and Undo goes back', async (stage) => {
  const page = await trainedPage(stage);
  const before = await bits(page);
  const files = [...named(otherSet(26, 1)), { name: 'emnist-letters-mapping.txt', bytes: Buffer.from('1 65 97\n') }];
  const text = await told(page, files, /^Loaded 120 training and 60 test images of 26 classes, 1 to 26\./);
  matches(text, /26 outputs now instead of 10.*Left out: emnist-letters-mapping\.txt\.$/, 'message');
  const facts = await page.run(async () => {
    const { network } = window.descent;
    const images = new Float32Array(784).fill(0.5);
    const one = await network.predict(images);
    await network.step(2);
    const gradients = await network.gradients({ images, labels: [26] });
    const refused = await network.gradients({ images, labels: [0] }).catch((error) => error.message);
    const { class_labels, train, dataset } = network.status();
    return {
      sum: one.reduce((a, b) => a + b), count: one.length, first: class_labels[0], classes: class_labels.length, dataset, refused,
      loss: train.loss, gradients: await window.__base64(gradients), saved: await window.__base64(await network.save()),
    };
  });
  close(facts.sum, 1, 1e-5, 'sum of probabilities');
  equal([facts.count, facts.first, facts.classes, facts.dataset], [26, 1, 26, 'your files'], 'outputs, first label, classes, name');
  equal(facts.refused, 'labels[0] is 0; it must be between 1 and 26', 'label 0');
  const bias = readSafetensors(Buffer.from(facts.gradients, 'base64')).tensors['9.bias'].values;
  equal([bias.length, Array.from(bias).findIndex((v) => v < 0)], [26, 25], 'the gradient that label 26 pulls at');
  equal(readSafetensors(Buffer.from(facts.saved, 'base64')).tensors['9.weight'].shape, [26, 128], 'saved shape');
  // The chart names classes as the set does.
  const pad = await page.item('Draw here', 'canvas');
  await page.drag([page.center(pad, 0.4, 0.2), page.center(pad, 0.5, 0.8)]);
  const chart = await page.item('probabilities', 'chart');
  check(chart.value >= 1 && chart.value <= 26, `likeliest label ${chart.value}`);
  await page.click('Undo', 'button');
  await until(async () => (await status(page)).class_labels.length === 10, 'ten classes again');
  equal(await bits(page), before, 'the weights of before');
  equal([(await status(page)).step, (await status(page)).train_count], [3, 40], 'step and images of before');
  // Undo goes back to the letters, too.
  await page.click('Undo', 'button');
  await until(async () => (await status(page)).class_labels.length === 26, 'the letters again');
  equal((await status(page)).step, 2, 'their step');
  page.noErrors();
});

test('other sets: 47, 2 and 300 classes; a preset takes as many outputs; one class is refused', async (stage) => {
  const page = await trainedPage(stage);
  equal((await load(page, otherSet(47, 0))).class_labels.length, 47, 'classes of a balanced set');
  const steps = await page.run(async () => {
    const { network } = window.descent;
    await network.configure({ network: [{ type: 'flatten' }, { type: 'dense', units: 47 }] });
    return (await network.step(2)).step;
  });
  equal(steps, 2, 'steps of another network');
  matches(await page.refusal(() => window.descent.network.configure({ network: [{ type: 'flatten' }, { type: 'dense', units: 10 }] })), /10 outputs.*47 classes/, 'ten outputs');
  const two = await load(page, { ...otherSet(1, 7), train_labels: labelsFrom(120, 2, 7) });
  equal(two.class_labels, [7, 8], 'two classes');
  const shorts = (count) => idx({ magic: 0xb01, lengths: [count], data: Buffer.concat(Array.from({ length: count }, (_, i) => Buffer.from([i >> 8, i & 255]))) });
  const many = await load(page, { ...otherSet(2, 0, { train: 300 }), train_labels: shorts(300) });
  equal([many.class_labels.length, many.class_labels.at(-1)], [300, 299], 'three hundred classes');
  await mustFail(() => load(page, otherSet(1, 5)), 'a set of one class');
  equal((await status(page)).class_labels.length, 300, 'classes after the refusal');
  page.noErrors();
});

test('other sets: QMNIST’s labels, eight numbers each, the first the digit', async (stage) => {
  const page = await stage.page();
  const rows = (count) => {
    const data = Buffer.alloc(count * 32);
    for (let i = 0; i < count; i += 1) [(i * 3) % 10, 4, 2610, i, 0x30, i, 0, 0].forEach((value, k) => data.writeInt32BE(value, 32 * i + 4 * k));
    return idx({ magic: 0xc02, lengths: [count, 8], data });
  };
  const set = { ...smallSet(), train_labels: rows(40), test_labels: rows(20) };
  equal((await load(page, set)).class_labels, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'labels');
  // The digits are the first column: a network that knows one image's label has a gradient there.
  const pulled = await page.run(async () => {
    await window.descent.apply({ version: 1, workspace: 'network' });
    return window.descent.network.status().test_count;
  });
  equal(pulled, 20, 'test images');
  page.noErrors();
});

test('other sets: gzip with several members, an empty last one, zeros behind, and packed twice', async (stage) => {
  const page = await stage.page();
  const set = smallSet({ train: 60, test: 30 });
  const halves = (bytes) => [bytes.subarray(0, 1000), bytes.subarray(1000)].map((part) => gzipSync(part));
  const packed = {
    train_images: Buffer.concat([...halves(set.train_images), gzipSync(Buffer.alloc(0))]),
    train_labels: Buffer.concat([gzipSync(set.train_labels), Buffer.alloc(512)]),
    test_images: gzipSync(gzipSync(set.test_images)),
    test_labels: set.test_labels,
  };
  equal((await load(page, packed)).train_count, 60, 'images');
  const thrice = { ...packed, test_images: gzipSync(packed.test_images) };
  await mustFail(() => load(page, thrice), 'a file packed three times');
  const behind = { ...packed, train_labels: Buffer.concat([gzipSync(set.train_labels), Buffer.from('x')]) };
  matches(await refusedLoad(page, behind), /train_labels: after the gzip data comes something else/, 'bytes behind');
  page.noErrors();
});

test('other sets: one limit, whether a file comes packed or not', async (stage, note) => {
  const page = await stage.page();
  // The header alone announces more; no more has to come.
  const large = imagesFile(1, { claimed: 765307 });
  const messages = [];
  for (const train_images of [large, gzipSync(large)]) {
    messages.push(await refusedLoad(page, { ...smallSet(), train_images }));
  }
  equal(messages[0], messages[1], 'the two messages');
  matches(messages[0], /train_images announces 765307 images of 28x28, 600 MB; the limit is 600 MB/, 'message');
  note(messages[0]);
});

test('other sets: a switch turns images that lie on their side, and the preview shows them', async (stage) => {
  const page = await trainedPage(stage, { pixels: true });
  equal((await page.items()).some(({ label }) => label === 'Undo'), false, 'an Undo without anything to undo');
  await load(page, otherSet(26, 1));
  const preview = await page.item('data preview', 'image');
  equal(preview.text, '1 2 3 4 5 6 7 8', 'labels of the first images');
  const clip = { x: preview.x, y: preview.y, width: preview.width, height: preview.height };
  const aside = () => page.tab.mouse.move(640, 400);  // where no tooltip covers the preview
  await aside();
  const lying = await page.picture(clip);
  await page.run(() => window.descent.network.step(1));
  await page.click('Turn images', 'checkbox');
  await aside();
  await until(async () => (await status(page)).transposed, 'turned images');
  equal((await status(page)).step, 0, 'a new start');
  await until(async () => !(await page.picture(clip)).equals(lying), 'another preview');
  await page.run(() => window.descent.network.transpose(false));
  await until(async () => (await page.picture(clip)).equals(lying), 'the preview of before');
  const asked = await page.run(async (encoded) => {
    const files = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, window.__bytes(text)]));
    await window.descent.network.load({ ...files, transposed: true });
    return window.descent.network.status().transposed;
  }, base64Of(otherSet(26, 1)));
  equal(asked, true, 'turned by the call that loads');
  page.noErrors();
});

test('other sets: files that are something else are called what they are', async (stage) => {
  const page = await trainedPage(stage);
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(22), Buffer.from([11, 0, 0, 0]), Buffer.from('x_train.npy'), Buffer.alloc(300, 1)]);
  await told(page, [{ name: 'mnist.npz', bytes: zip }], /'mnist\.npz' is an archive of NumPy arrays \(\.npz\); a data set is four IDX files/);
  await told(page, [{ name: 'train.csv', bytes: Buffer.from('label,1x1\n5,0\n') }], /'train\.csv' does not say whether it holds images or labels/);
  await told(page, [{ name: 'digits.csv', bytes: Buffer.from('label,1x1\n5,0\n') }], /'digits\.csv' is a table as text \(CSV\)/);
  await told(page, [...named(smallSet()).slice(0, 3), { name: 'latest-labels-idx1-ubyte', bytes: smallSet().test_labels }], /test_labels is missing \('latest-labels-idx1-ubyte' does not say whether it is for training or testing\)/);
  matches(await refusedLoad(page, { ...smallSet(), train_images: zip }), /train_images is an archive of NumPy arrays \(\.npz\); an IDX file of images begins with 0x00000803/, 'a script');
  equal([(await status(page)).step, (await status(page)).train_count], [3, 40], 'the run of before');
  page.noErrors();
});

// Float32 to the bits of IEEE 754 binary16, for values that it holds exactly.
function toHalf(value) {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}

// The weights of the tests rounded to eight bits of fraction less, which both types of 16 bits hold.
function coarse() {
  const tensors = formulaWeights();
  for (const { data } of Object.values(tensors)) data.forEach((v, i) => { data[i] = Math.fround(Math.round(v * 64) / 64); });
  return tensors;
}

// A file of these tensors in 16 bits, under other names and in another order.
function halves(tensors, dtype, rename) {
  const header = {};
  const parts = [];
  let at = 0;
  for (const [name, { shape, data }] of Object.entries(tensors).reverse()) {
    const bytes = Buffer.alloc(2 * data.length);
    const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
    data.forEach((v, i) => bytes.writeUInt16LE(dtype === 'F16' ? toHalf(v) : words[i] >>> 16, 2 * i));
    header[rename(name)] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    parts.push(bytes);
  }
  header['bn1.num_batches_tracked'] = { dtype: 'I64', shape: [], data_offsets: [at, at + 8] };
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([size, text, ...parts, Buffer.alloc(8, 1)]);
}

const kOtherNames = { 0: 'conv1', 3: 'conv2', 7: 'fc1', 9: 'fc2' };
const other = (name) => name.replace(/^\d+/, (index) => kOtherNames[index]);

test('other weights: 16 bits, other names, another order and counters are taken, and said', async (stage) => {
  const page = await trainedPage(stage);
  const plain = coarse();
  const expected = await page.run(async (text) => {
    await window.descent.network.restore(window.__bytes(text));
    return window.__base64(await window.descent.network.save({ optimizer: false }));
  }, base64(safetensors(plain)));
  const weightsOf = (text) => Object.entries(readSafetensors(Buffer.from(text, 'base64')).tensors).map(([name, { values }]) => [name, Array.from(values)]);
  const cases = [['F16', other], ['BF16', other], ['F16', (name) => `module.${name}`], ['BF16', (name) => `_orig_mod.net.${name}`]];
  for (const [dtype, rename] of cases) {
    await page.run(() => window.descent.network.reset());
    const file = halves(plain, dtype, rename);
    const text = await told(page, [{ name: `${dtype}.safetensors`, bytes: file }], new RegExp(`The weights of ${dtype}\\.safetensors are in place: weights restored`));
    matches(text, /left out: bn1\.num_batches_tracked/, 'what was left out');
    equal(weightsOf(await bits(page)), weightsOf(expected), `${dtype} under other names`);
  }
  await page.run(() => window.descent.network.reset());
  await mustFail(async () => equal(weightsOf(await bits(page)), weightsOf(expected), 'weights'), 'weights that were not restored');
  page.noErrors();
});

test('other weights: what fits in no way is refused with what is wanted and found, PyTorch’s own with two lines', async (stage, note) => {
  const page = await trainedPage(stage);
  const before = await bits(page);
  const restore = 'async (text) => { await window.descent.network.restore(window.__bytes(text)); }';
  const renamed = (change) => Object.fromEntries(Object.entries(formulaWeights()).map(([name, tensor]) => [other(name), tensor]).filter(change));
  const missing = await page.refusal(restore, base64(safetensors(renamed(([name]) => name !== 'fc1.bias'))));
  matches(missing, /Wanted: 0\.weight \[32, 1, 3, 3\].*Found: conv1\.weight \[32, 1, 3, 3\]/, 'a missing bias');
  note(missing);
  const extra = await page.refusal(restore, base64(safetensors({ ...formulaWeights(), 'bn.running_mean': { shape: [32], data: new Float32Array(32) } })));
  matches(extra, /'bn\.running_mean' that this network has not/, 'a normalisation');
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(22), Buffer.from([16, 0, 0, 0]), Buffer.from('archive/data.pkl'), Buffer.alloc(300, 1)]);
  const text = await told(page, [{ name: 'net.pth', bytes: zip }], /'net\.pth' is a PyTorch file/);
  matches(text, /\nimport torch, safetensors\.torch\nsafetensors\.torch\.save_file\(torch\.load\("net\.pth", map_location="cpu"\), "net\.safetensors"\)$/, 'the two lines');
  matches(await page.refusal(restore, base64(zip)), /the weights file is a PyTorch file/, 'a script');
  equal(await bits(page), before, 'the weights of before');
  equal(kReferenceTensors.length, 8, 'tensors of the reference network');
  page.noErrors();
});
