// Files that people bring (web/page/files.js and datasets.js): which role each one has by the words in its name, what is said
// about those that have none, and how bytes are handed over in pieces.
// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pieces, received } from '../../web/page/datasets.js';
import { roleOf, sortFiles, takeFiles } from '../../web/page/files.js';

const kRoles = [
  ['train-images-idx3-ubyte', 'train_images'],
  ['t10k-labels.idx1-ubyte.gz', 'test_labels'],
  ['emnist-letters-train-images-idx3-ubyte.gz', 'train_images'],
  ['emnist-letters-test-labels-idx1-ubyte.gz', 'test_labels'],
  ['qmnist-train-labels-idx2-int.gz', 'train_labels'],
  ['qmnist-test10k-images-idx3-ubyte.gz', 'test_images'],
  ['trainImages.idx', 'train_images'],
  ['validation_labels.bin', 'test_labels'],
  ['testlabels', 'test_labels'],
  ['model.safetensors', 'weights'],
  ['Model.PTH', 'weights'],
  // Letters inside a word say nothing, nor do words that contradict each other.
  ['latest-labels-idx1-ubyte', null],
  ['contest-images-idx3-ubyte', null],
  ['restrained-images', null],
  ['train-or-test-images', null],
  ['train-images-and-labels', null],
  ['labelled-train.csv', null],
  ['emnist-letters-mapping.txt', null],
];

test('a file’s role stands in the words of its name', () => {
  for (const [name, role] of kRoles) assert.equal(roleOf(name), role, name);
});

const file = (name, text = 'x') => new File([text], name);
const four = ['train-images', 'train-labels', 't10k-images', 't10k-labels'].map((name) => file(name));

test('files beside the four are set aside', () => {
  const { sorted, others } = sortFiles([...four, file('mapping.txt'), file('readme.md')]);
  assert.deepEqual(Object.keys(sorted).sort(), ['test_images', 'test_labels', 'train_images', 'train_labels']);
  assert.deepEqual(others.map(({ name }) => name), ['mapping.txt', 'readme.md']);
  assert.throws(() => sortFiles([...four, file('train-labels-2')]), /both look like train_labels/);
  assert.throws(() => sortFiles([...four, file('a.safetensors')]), /weights by themselves/);
});

// said() is what the page says when these files come: {text, error, loaded, restored}.
async function said(files, { classes = 10, outputs = 10, message = '', kinds = {} } = {}) {
  const told = {};
  let labels = Array.from({ length: outputs }, (_, i) => i);
  const network = {
    status: () => ({ class_labels: labels }),
    load: async (args) => {
      told.loaded = args;
      labels = Array.from({ length: classes }, (_, i) => i + 1);
      return { train: 124800, test: 20800 };
    },
    restore: async (weights) => {
      told.restored = weights;
      return { message };
    },
  };
  const say = (text, error = false) => Object.assign(told, { text, error });
  await takeFiles(files, { network }, say, async ({ name }) => kinds[name] ?? '');
  return told;
}

test('what was loaded, what was left out and what changed is said', async () => {
  const letters = await said([...four, file('mapping.txt')], { classes: 26 });
  assert.equal(letters.text, 'Loaded 124,800 training and 20,800 test images of 26 classes, 1 to 26. The last layer has 26 outputs now instead of 10; Undo, in the rail, goes back. Left out: mapping.txt.');
  assert.equal(letters.error, false);
  assert.equal((await said(four)).text, 'Loaded 124,800 training and 20,800 test images of 10 classes, 1 to 10.');
  const weights = await said([file('net.safetensors'), file('notes.txt')], { message: 'weights restored (conv1 is layer 0)' });
  assert.equal(weights.text, 'The weights of net.safetensors are in place: weights restored (conv1 is layer 0). Left out: notes.txt.');
  assert.equal(weights.restored.name, 'net.safetensors');
});

test('what is missing is said, and what the other files are', async () => {
  const kinds = { 'mnist.npz': 'an archive of NumPy arrays (.npz)', 'digits.csv': 'a table as text (CSV)' };
  const npz = await said([file('mnist.npz')], { kinds });
  assert.match(npz.text, /^Nothing was loaded: 'mnist\.npz' is an archive of NumPy arrays \(\.npz\); a data set is four IDX files/);
  assert.equal(npz.error, true);
  assert.equal(npz.loaded, undefined);
  assert.match((await said([...four.slice(1), file('digits.csv')], { kinds })).text, /train_images is missing \('digits\.csv' is a table as text \(CSV\)\)\.$/);
  assert.match((await said([...four.slice(1), file('latest-images')])).text, /'latest-images' does not say whether it is for training or testing/);
  assert.match((await said([file('x.dat')])).text, /'x\.dat' is neither images, labels nor weights by its name/);
});

test('lines of a program end a text without a full stop', async () => {
  const network = { restore: async () => { throw new Error('a PyTorch file:\nimport torch'); } };
  const told = {};
  await takeFiles([file('a.pt')], { network }, (text) => { told.text = text; });
  assert.equal(told.text, 'Nothing was loaded: a PyTorch file:\nimport torch');
});

async function gathered(parts) {
  const list = [];
  for await (const part of parts) list.push(part);
  return { sizes: list.map(({ byteLength }) => byteLength), bytes: Buffer.concat(list) };
}

test('files and arrays are handed over in pieces, downloads are collected', async () => {
  const bytes = Uint8Array.from({ length: 9000001 }, (_, i) => (i * 7 + (i >> 9)) % 256);
  for (const source of [bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes])]) {
    const { sizes, bytes: all } = await gathered(pieces(source));
    assert.deepEqual(sizes, [4000000, 4000000, 1000001]);
    assert.ok(all.equals(bytes));
  }
  assert.deepEqual((await gathered(pieces(new Uint8Array(0)))).sizes, []);
  const small = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 65536) controller.enqueue(bytes.subarray(at, at + 65536));
      controller.close();
    },
  });
  const { sizes, bytes: all } = await gathered(received(small));
  assert.ok(all.equals(bytes));
  assert.ok(sizes.length > 10 && sizes.slice(0, -1).every((size) => size >= 500000), sizes.join());
});
