// The lens Weights' window: sizes by sliders, cells by mouse, keys and finger; its numbers equal the network's own.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, close, equal, matches, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const state = (page) => page.run(() => window.descent.state());
const apply = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), ...given }), part);
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);
const windowOf = async (page) => (await state(page)).lenses.window;

async function windowPage(stage, window, options) {
  const page = await smallPage(stage, options);
  await page.run(() => globalThis.descent.network.step(12));
  await apply(page, { workspace: 'network', lens: 'weights', lenses: { view: 'convolution', window } });
  await page.settled();
  return page;
}

// The middle of a cell of a picture that is `columns` wide.
const cellAt = ({ x, y, width }, columns, row, column) => ({ x: x + (column + 0.5) * width / columns, y: y + (row + 0.5) * width / columns });

test('convolution: an output cell is the network’s own unit', async (stage) => {
  const page = await windowPage(stage, { filter: 5 });
  await page.clickAt(cellAt(await page.item('window output', 'canvas'), 10, 6, 4));
  await until(async () => (await windowOf(page)).cell.join() === '6,4', 'the cell pressed');
  equal((await windowOf(page)).backward, false, 'an output');
  // The 12×12 piece begins at row and column 8 of the digit.
  const value = await page.run(async () => (await window.descent.network.unit({ layer: 0, position: [14, 12, 5], ...window.descent.state().digit })).value);
  close((await labelled(page, 'window cell')).value, value, 1e-6, 'its value');
  matches((await labelled(page, 'window cell')).text, /^Output row 6, column 4 = /, 'its words');
  await page.key('Tab');  // the first one shows where the keyboard is
  await page.key('ArrowDown');
  await until(async () => (await windowOf(page)).cell.join() === '7,4', 'the cell below, by keyboard');
  equal((await windowOf(page)).backward, false, 'still an output');
  page.noErrors();
});

test('convolution: an input cell reaches outputs, under the pointer and pressed', async (stage) => {
  const page = await windowPage(stage, { stride: 2, padding: 1 });
  const input = await page.item('window input', 'canvas');
  const at = cellAt(input, 14, 1 + 4, 1 + 5);
  await page.tab.mouse.move(at.x, at.y);
  await until(async () => /^Input row 4, column 5/.test((await labelled(page, 'window cell')).text), 'the cell under the pointer');
  equal((await windowOf(page)).backward, false, 'nothing is pressed yet');
  await page.clickAt(at);
  await until(async () => (await windowOf(page)).backward, 'an input');
  // Padding 1 and stride 2: row 4 is read by rows 2 of the outputs, column 5 by columns 2 and 3.
  matches((await labelled(page, 'window cell')).text, /reaches 2 outputs\. Backward, ∂loss\/∂input = .*δ\(2, 2\).*δ\(2, 3\)/, 'the outputs');
  page.noErrors();
});

test('convolution: sliders change the sizes, and what is never read is said', async (stage) => {
  const page = await windowPage(stage, {});
  equal((await labelled(page, 'window formula')).value, 10, 'the size');
  await page.click('window stride s', 'slider');
  await until(async () => (await windowOf(page)).stride > 1, 'a larger stride');
  await apply(page, { lenses: { window: { stride: 2 } } });
  await page.settled();
  matches((await labelled(page, 'window formula')).text, /floor\(\(12 − 3 \+ 2·0\) \/ 2\) \+ 1 = floor\(4\.5\) \+ 1 = 5$/, 'the formula');
  matches((await labelled(page, 'window caption')).text, /Red: 1 row and as many columns/, 'the last row');
  await apply(page, { lenses: { window: { kernel: 5, dilation: 3, size: 7 } } });
  await page.item('window kernel k', 'slider');
  check(!(await labelled(page, 'window output')), 'a window that does not fit is not drawn');
  page.noErrors();
});

test('convolution: poolings, and the winner of a window', async (stage) => {
  const page = await windowPage(stage, { size: 8, kernel: 2, stride: 2 });
  for (const [tab, operation, words] of [['Maximum', 'max_pooling', /the largest of 4 inputs, at row/], ['Mean', 'average_pooling', /the mean of 4 inputs/]]) {
    await page.click(tab, 'tab');
    await until(async () => (await windowOf(page)).operation === operation, operation);
    await page.clickAt(cellAt(await page.item('window output', 'canvas'), 4, 2, 1));
    await until(async () => words.test((await labelled(page, 'window cell')).text), `the words of ${operation}`);
    equal((await windowOf(page)).cell, [2, 1], 'the cell');
  }
  page.noErrors();
});

test('convolution: on a phone a finger looks at a cell', async (stage) => {
  const page = await windowPage(stage, {}, kPhone);
  const output = await page.item('window output', 'canvas');
  const input = await page.item('window input', 'canvas');
  check(input.x >= 0 && output.x > input.x + input.width && output.x + output.width <= 390, 'both beside each other');
  const { x, y } = cellAt(output, 10, 1, 8);
  await page.tab.touchscreen.tap(x, y);
  await until(async () => (await windowOf(page)).cell.join() === '1,8', 'the cell under the finger');
  page.noErrors();
});
