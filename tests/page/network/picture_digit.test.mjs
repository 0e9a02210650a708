// A picture as the digit: dropped, pasted or chosen; what is no picture, or a blank one, is named and changes nothing.
// SPDX-License-Identifier: MIT
import { PNG } from 'pngjs';

import { drop, smallPage } from '../support/network.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const digit = (page) => page.run(() => window.descent.state().digit);
const inks = ({ image }) => image.match(/../g).map((byte) => parseInt(byte, 16));
const message = async (page, label) => (await page.item(label, 'text')).text;

// A stroke of ink on paper, standing upright left of the middle, as a PNG.
function strokePicture(ink, paper) {
  const png = new PNG({ width: 300, height: 200 });
  for (let y = 0; y < 200; y += 1) {
    for (let x = 0; x < 300; x += 1) {
      const tone = x >= 90 && x < 110 && y >= 40 && y < 160 ? ink : paper;
      png.data.set([tone, tone, tone, 255], 4 * (300 * y + x));
    }
  }
  return PNG.sync.write(png);
}

// Twenty rows of it, in the middle.
function isStroke({ image }) {
  const rows = Array.from({ length: 28 }, (_, y) => inks({ image }).slice(28 * y, 28 * y + 28));
  const written = rows.map((row, y) => [row, y]).filter(([row]) => row.some((v) => v > 0));
  equal([written.length, written[0][1]], [20, 4], 'rows with ink, and the first of them');
  for (const [row] of written) check(row.every((v, x) => (x >= 12 && x <= 15) || v === 0), 'ink beside the stroke');
  check(Math.max(...rows[14]) > 200, 'dark ink');
}

test('picture: a dropped one becomes the digit of all lenses, dark on bright as well as bright on dark', async (stage) => {
  const page = await smallPage(stage);
  await drop(page, [{ name: 'one.png', bytes: strokePicture(30, 220) }]);
  await until(async () => (await digit(page)).from_picture, 'the digit');
  equal(await page.run(() => window.descent.state().workspace), 'network', 'the workspace');
  matches(await message(page, 'message'), /^one\.png is the digit now, its ink cropped.*turned round\.$/, 'message');
  const dark = await digit(page);
  isStroke(dark);
  await mustFail(() => isStroke({ image: '40'.repeat(784) }), 'a grey sheet');
  await until(async () => /^From a picture\. /.test((await page.item('answer', 'text')).text), 'the answer');
  await page.run(() => window.descent.apply({ ...window.descent.state(), digit: { test_index: 2 } }));
  await drop(page, [{ name: 'one.png', bytes: strokePicture(220, 30) }, { name: 'two.png', bytes: strokePicture(0, 255) }]);
  await until(async () => (await digit(page)).from_picture, 'the digit again');
  equal(await digit(page), dark, 'the same stroke');
  matches(await message(page, 'message'), /as MNIST’s are\. Left out: two\.png\.$/, 'message');
  const pad = await page.item('Draw here', 'canvas');
  await page.drag([page.center(pad, 0.3, 0.3), page.center(pad, 0.6, 0.7)]);
  await until(async () => !(await digit(page)).from_picture, 'a drawing in its place');
  page.noErrors();
});

test('picture: pasted, and chosen in the browser’s dialogue', async (stage) => {
  const page = await smallPage(stage);
  const bytes = strokePicture(0, 255);
  await page.run((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], 'image.png', { type: 'image/png' }));
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, bytes.toString('base64'));
  await until(async () => (await digit(page)).from_picture, 'the pasted digit');
  const pasted = await digit(page);
  await page.click('Clear', 'button');
  await until(async () => (await digit(page)).test_index === 0, 'the test image');
  const dialogue = page.tab.waitForEvent('filechooser');
  await page.click('Open a picture', 'button');
  await (await dialogue).setFiles({ name: 'one.png', mimeType: 'image/png', buffer: bytes });
  await until(async () => (await digit(page)).from_picture, 'the chosen digit');
  equal(await digit(page), pasted, 'the same picture');
  page.noErrors();
});

test('picture: what is none, or blank, is named, and the digit stays', async (stage) => {
  const page = await smallPage(stage);
  const blank = PNG.sync.write(Object.assign(new PNG({ width: 40, height: 30 }), { data: Buffer.alloc(4800, 255) }));
  for (const [name, bytes, pattern] of [
    ['cat.png', Buffer.from('no picture'), /Nothing was loaded: 'cat\.png' is no picture that this browser can read\./],
    ['blank.png', blank, /Nothing was loaded: the picture is blank/],
  ]) {
    await drop(page, [{ name, bytes }]);
    await until(async () => pattern.test((await message(page, 'error')) ?? ''), `a message like ${pattern}`);
    equal(await digit(page), { test_index: 0 }, 'the digit');
  }
});
