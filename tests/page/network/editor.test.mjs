// The network is edited in the rail: layers come, go, move and change; what does not fit is said at its layer; nothing
// trains otherwise before "Use this network".
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { clickInRail, inSight } from '../support/rail.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kSeed = ['conv2d', 'relu', 'max_pool2d', 'conv2d', 'relu', 'max_pool2d', 'flatten', 'dense', 'relu', 'dense'];

const state = (page) => page.run(() => window.descent.state());
const types = (network) => network?.network.map(({ type }) => type);
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);
const row = async (page, i) => (await inSight(page, `layer ${i}`, 'button')).text;
const drafted = async (page) => types((await state(page)).draft);

async function editorPage(stage, options) {
  const page = await smallPage(stage, options);
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
  await page.settled();
  return page;
}

async function typeInRail(page, label, text) {
  await clickInRail(page, label, 'field');
  await page.type(text);
  await page.key('Enter');
}

test('editor: a layer is added, made not to fit, mended, and the network is used and trained', async (stage, note) => {
  const page = await editorPage(stage);
  await page.run(() => window.descent.network.step(3));
  equal(await row(page, 0), 'Convolution 3×3 → 32, 26×26×32, 320', 'the first row');
  equal((await inSight(page, 'Parameters', 'text')).text, '225,034', 'parameters');
  await clickInRail(page, 'Add layer', 'button');
  await page.click('Dropout', 'option');
  equal(await drafted(page), [...kSeed.slice(0, 9), 'dropout', 'dense'], 'the draft');
  equal(await row(page, 9), 'Dropout 0.5, 128, 0', 'the new row');
  equal((await page.run(() => window.descent.network.status())).step, 3, 'the run goes on');

  await clickInRail(page, 'layer 3', 'button');
  await typeInRail(page, 'layer 3 kernel value', '15');
  const problem = await until(() => labelled(page, 'network problem'), 'a sentence');
  matches(problem.text, /^Layer 3 \(conv2d\): /, 'what does not fit');
  note(problem.text);
  equal((await page.item('Use this network', 'button')).enabled, false, 'it cannot be used');
  equal(await row(page, 4), 'ReLU, –, –', 'what comes behind has no shape');
  await typeInRail(page, 'layer 3 kernel value', '5');
  equal(await row(page, 3), 'Convolution 5×5 → 64, 9×9×64, 51,264', 'another shape');
  equal((await inSight(page, 'Parameters', 'text')).text, '184,074', 'parameters of the draft');
  check(!(await labelled(page, 'network problem')), 'the sentence is gone');

  await page.click('Use this network', 'button');
  await until(async () => (await drafted(page)) === undefined, 'no draft');
  const { network } = await state(page);
  equal(types(network), [...kSeed.slice(0, 9), 'dropout', 'dense'], 'the network in use');
  equal(network.network[3].kernel, 5, 'its kernel');
  equal((await inSight(page, 'Network', 'combo')).text, 'Your own', 'its name');
  await page.run(() => window.descent.network.step(4));
  const status = await page.run(() => window.descent.network.status());
  equal(status.step, 4, 'steps from anew');
  check(status.train.loss > 0, `the loss is ${status.train.loss}`);
  page.noErrors();
});

test('editor: layers move and go, and the draft lives as long as it is wanted', async (stage) => {
  const page = await editorPage(stage);
  await clickInRail(page, 'layer 1', 'button');
  await clickInRail(page, 'Move down', 'button');
  equal((await drafted(page)).slice(0, 3), ['conv2d', 'max_pool2d', 'relu'], 'moved down');
  equal((await inSight(page, 'layer 2', 'button')).value, 1, 'it stays unfolded');
  await clickInRail(page, 'Move up', 'button');
  equal(await drafted(page), undefined, 'moved back: nothing is changed');
  await clickInRail(page, 'Remove', 'button');
  const without = ['conv2d', ...kSeed.slice(2)];
  equal(await drafted(page), without, 'one removed');
  await page.click('Surfaces', 'tab');
  await page.click('Network', 'tab');
  await page.click('p  Predictions', 'tab');
  equal(await drafted(page), without, 'after other workspaces and lenses');
  equal(types((await state(page)).network), kSeed, 'the network in use');
  await page.click('Undo changes', 'button');
  equal(await drafted(page), undefined, 'undone');
  equal(await row(page, 1), 'ReLU, 26×26×32, 0', 'the layer is back');
  check(!(await labelled(page, 'Use this network')), 'nothing to use');

  await page.run(() => window.descent.apply({ version: 1, draft: { network: [{ type: 'flatten' }, { type: 'dense', units: 12 }] } }));
  matches((await page.item('network problem', 'text')).text, /^Layer 1 \(dense\): the last layer has 12 outputs; the data set \(.*\) has 10 classes$/, 'outputs');
  await mustFail(() => page.run(() => window.descent.apply({ version: 1, draft: { network: [{ type: 'attention' }] } })), 'an unknown layer');
  await page.run(() => window.descent.reset());
  equal(await drafted(page), undefined, 'after a reset');
  page.noErrors();
});

test('editor: first weights of all layers at once; rows are worked by keys', async (stage) => {
  const page = await editorPage(stage);
  await inSight(page, 'First weights', 'combo');
  await clickInRail(page, 'First weights', 'combo');
  await page.click('He normal', 'option');
  const { network } = (await state(page)).draft;
  equal(network.filter(({ init }) => init === 1).length, 4, 'layers with weights');
  await page.click('Undo changes', 'button');

  await inSight(page, 'layer 4', 'button');
  await clickInRail(page, 'layer 1', 'button');
  const unfolded = async (i) => (await labelled(page, `layer ${i}`)).value === 1;
  check(await unfolded(1), 'unfolded by a click');
  for (const key of ['Shift+Tab', 'Tab', 'Enter']) await page.key(key);
  await until(async () => !(await unfolded(1)), 'folded by Enter');
  for (const key of ['ArrowDown', 'Enter']) await page.key(key);
  await until(() => unfolded(2), 'the next one unfolded by arrow and Enter');
  page.noErrors();
});

test('editor, phone: a layer is changed by fingers, and the whole of it can be reached', async (stage) => {
  const page = await editorPage(stage, kPhone);
  await page.tap('Menu', 'button');
  const client = await page.tab.context().newCDPSession(page.tab);
  const touch = (type, ...ys) => client.send('Input.dispatchTouchEvent', { type, touchPoints: ys.map((y) => ({ x: 195, y })) });
  const swipe = async (by) => {
    await touch('touchStart', 600);
    for (let step = 1; step <= 4; step += 1) {
      await touch('touchMove', 600 - (by * step) / 4);
      await page.frames(1);
    }
    await touch('touchEnd');
    await page.frames(3);
  };
  const reach = async (label, role) => {
    for (let turn = 0; turn < 60; turn += 1) {
      const item = await labelled(page, label);
      if (item && item.role === role && item.height >= 39) return item;
      await swipe(turn < 30 ? 120 : -120);
    }
    throw new Error(`${label} is nowhere in the sheet`);
  };
  const tap = async (label, role) => {
    const { x, y } = page.center(await reach(label, role));
    await page.tab.touchscreen.tap(x, y);
    await page.frames(3);
  };
  const first = await reach('layer 0', 'button');
  check(first.height >= 39 && first.x >= 0 && first.x + first.width <= 390, `a row of ${JSON.stringify(first)}`);
  await tap('layer 2', 'button');
  await tap('Remove', 'button');
  equal((await drafted(page)).length, 9, 'layers');
  const use = await page.item('Use this network', 'button');
  check(use.height >= 39 && use.y + use.height <= 844, `the button is ${JSON.stringify(use)}`);
  await page.tap('Use this network', 'button');
  await until(async () => types((await state(page)).network).length === 9, 'the network in use');
  page.noErrors();
});
