// Files in and out through the page: dropped, chosen in the browser's dialogue, downloaded.
// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';

import { gzipped, kReferenceTensors, readSafetensors, smallSet } from '../support/fixtures.mjs';
import { drop, smallPage } from '../support/network.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kNames = {
  train_images: 'train-images-idx3-ubyte', train_labels: 'train-labels-idx1-ubyte',
  test_images: 't10k-images-idx3-ubyte', test_labels: 't10k-labels-idx1-ubyte',
};

const message = async (page, label) => (await page.item(label, 'text')).text;

test('files: four dropped IDX files become the data set, plain and gzipped mixed', async (stage) => {
  const page = await stage.page();
  const set = smallSet({ train: 60, test: 30 });
  await drop(page, Object.entries(set).map(([role, bytes], i) => (i % 2
    ? { name: `${kNames[role]}.gz`, bytes: gzipped(bytes) } : { name: kNames[role], bytes })));
  matches(await message(page, 'message'), /60 training and 30 test/, 'message');
  equal(await page.run(() => window.descent.network.status().train_count), 60, 'images');
  page.noErrors();
});

test('files: what is missing or does not belong is named, and nothing is replaced', async (stage) => {
  const page = await smallPage(stage);
  const set = smallSet();
  const some = Object.entries(set).slice(0, 3).map(([role, bytes]) => ({ name: kNames[role], bytes }));
  const cases = [
    [some, /test_labels is missing/],
    [[{ name: 'holiday.jpg', bytes: Buffer.from('x') }], /holiday\.jpg/],
    [[...some, { name: 'train-labels-copy', bytes: set.train_labels }], /both look like train_labels/],
    [[{ name: 'model.safetensors', bytes: Buffer.alloc(4) }], /4 bytes/],
  ];
  for (const [files, pattern] of cases) {
    await drop(page, files);
    await until(async () => pattern.test((await message(page, 'error')) ?? ''), `a message like ${pattern}`);
    equal(await page.run(() => window.descent.network.status().train_count), 40, 'images');
  }
  await mustFail(async () => matches(await message(page, 'error'), /holiday/, 'message'), 'a message of before');
});

test('files: weights are downloaded and chosen again in the dialogue', async (stage) => {
  const page = await smallPage(stage);
  await page.run(async () => {
    await window.descent.apply({ ...window.descent.state(), workspace: 'network' });
    await window.descent.network.step(3);
  });
  const scroll = async (label) => {
    // The rail scrolls; the wheel brings its lower part into sight.
    const rail = await page.item('Train', 'button');
    await page.tab.mouse.move(rail.x + 60, rail.y - 200);
    await until(async () => {
      const item = (await page.items()).find((i) => i.label === label && i.height > 16);
      if (!item) {
        await page.tab.mouse.wheel(0, 300);
        await page.frames(4);
      }
      return item;
    }, `'${label}' in sight`, 20);
  };
  await scroll('Save weights');
  const [download] = await Promise.all([page.tab.waitForEvent('download'), page.click('Save weights', 'button')]);
  matches(download.suggestedFilename(), /\.safetensors$/, 'file name');
  const bytes = await readFile(await download.path());
  const { tensors } = readSafetensors(bytes);
  for (const [name, shape] of kReferenceTensors) equal(tensors[name].shape, shape, name);
  const probabilities = () => page.run(async () => Array.from(await window.descent.network.predict(new Float32Array(784).fill(0.5))));
  const before = await probabilities();
  await page.run(() => window.descent.network.reset());
  await mustFail(async () => equal(await probabilities(), before, 'probabilities'), 'equality of probabilities');
  await scroll('Restore');
  const [chooser] = await Promise.all([page.tab.waitForEvent('filechooser'), page.click('Restore', 'button')]);
  await chooser.setFiles({ name: 'weights.safetensors', mimeType: 'application/octet-stream', buffer: bytes });
  await until(async () => JSON.stringify(await probabilities()) === JSON.stringify(before), 'the saved weights');
  check((await page.run(() => window.descent.network.status().step)) === 3, 'the run’s position');
  page.noErrors();
});
