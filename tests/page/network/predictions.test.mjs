// The lens Predictions: a digit's probabilities at another temperature, the confusion matrix with the images behind its
// cells, and calibration; every number is the one that the call returns.
// SPDX-License-Identifier: MIT
import { smallPage } from '../support/network.mjs';
import { check, close, equal, matches, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const lens = async (page) => (await page.run(() => window.descent.state())).lenses;
const looked = async (page) => (await page.run(() => window.descent.state())).digit;
const labelled = async (page, label) => (await page.items()).find((item) => item.label === label);
const said = async (page, label) => (await page.item(label, 'text')).text;

async function trained(stage, options = {}) {
  const page = await smallPage(stage, { sizes: { train: 60, test: 120 }, ...options });
  await page.run(async () => {
    await window.descent.network.train({ epochs: 40 });
    await window.descent.apply({ version: 1, workspace: 'network', lens: 'predictions' });
  });
  await page.settled();
  return page;
}

const confusion = (page) => page.run(async () => {
  const found = await window.descent.network.confusion();
  return { ...found, matrix: [...found.matrix], costliest: [...found.costliest], answered: [...found.answered], losses: [...found.losses] };
});

// Opens the confusion matrix and returns where the cell of these classes is.
async function cellOf(page, label, answer) {
  const { x, y, width } = await page.item('confusion matrix', 'canvas');
  return { x: x + ((answer + 0.5) * width) / 10, y: y + ((label + 0.5) * width) / 10 };
}

test('predictions: the temperature is a slider, the bits follow it, and a link keeps it', async (stage) => {
  const page = await trained(stage);
  const before = await said(page, 'bits');
  await page.run(() => window.descent.apply({ version: 1, lenses: { temperature: 20 } }));
  await until(async () => (await said(page, 'bits')) !== before, 'other bits');
  const hot = await said(page, 'bits');
  const bits = (text) => Number(text.match(/leaves (?:less than )?([\d.]+) bits/)[1]);
  check(bits(hot) > bits(before) && bits(hot) < Math.log2(10) + 0.01, `${before} ${hot}`);
  const slider = await page.item('predictions temperature', 'slider');
  await page.drag([page.center(slider, 0.9), page.center(slider, 0.5), page.center(slider, 0.2)]);
  await until(async () => (await lens(page)).temperature < 2, 'dragged');
  await until(async () => bits(await said(page, 'bits')) < bits(hot), 'surer again');
  page.noErrors();
});

test('predictions: the confusion matrix, its information and its costliest mistakes are those of the call', async (stage, note) => {
  const page = await trained(stage);
  await page.click('Confusion', 'tab');
  await page.settled();
  const found = await confusion(page);
  const right = 120 - found.costliest.length;
  check(found.costliest.length > 0, 'mistakes');
  const sentence = await said(page, 'information');
  note(sentence);
  equal(Number(sentence.match(/^(\d+) of 120 are right/)[1]), right, 'right ones');
  close(Number(sentence.match(/tells ([\d.]+) bits/)[1]), found.mutual_information, 0.01, 'information');
  matches(await said(page, 'answers caption'), /^All 120 test images, with the weights of step \d+\.$/, 'caption');
  const first = await page.item(`test image ${found.costliest[0]}`, 'image');
  await page.clickAt(page.center(first));
  await until(async () => (await looked(page)).test_index === found.costliest[0], 'the digit of all lenses');
  // A cell that has images, by mouse; the one beside it by key; pressed again it is let go.
  const at = found.matrix.findIndex((count, i) => count > 0 && i % 11 !== 0);
  const [label, answer] = [Math.floor(at / 10), at % 10];
  await page.clickAt(await cellOf(page, label, answer));
  await until(async () => JSON.stringify((await lens(page)).confused) === JSON.stringify([label, answer]), 'the cell');
  await page.settled();
  const chosen = await page.item('confused', 'text');
  equal(chosen.value, found.matrix[at], 'images of the cell');
  const shown = (await page.items()).filter(({ label: name }) => /^test image /.test(name)).map(({ label: name }) => Number(name.split(' ')[2]));
  check(shown.length > 0 && shown.every((image) => found.answered[image] === answer && found.costliest.includes(image)), 'its images');
  await page.clickAt(await cellOf(page, label, answer));
  await until(async () => (await lens(page)).confused.length === 0, 'no cell');
  await page.key('Tab');  // the first one shows where the keyboard is
  await page.key('ArrowDown');
  await until(async () => (await lens(page)).confused.length === 2, 'chosen by key');
  const [row, column] = (await lens(page)).confused;
  await page.key('ArrowRight');
  await until(async () => (await lens(page)).confused[1] === column + 1, 'the next one');
  equal((await lens(page)).confused[0], row, 'in the same row');
  page.noErrors();
});

test('predictions: calibration says what the call says, and follows training', async (stage, note) => {
  const page = await trained(stage);
  await page.click('Calibration', 'tab');
  await page.settled();
  const found = await page.run(() => window.descent.network.calibration());
  const [general, fitted] = [await said(page, 'calibration'), await said(page, 'fitted temperature')];
  note(`${general} ${fitted}`);
  close(Number(general.match(/off by ([\d.]+) %/)[1]) / 100, found.ece, 0.01, 'error', 6e-5);
  close(Number(fitted.match(/temperature ([\d.]+);/)[1]), found.fitted_temperature, 0.01, 'temperature');
  const before = await said(page, 'answers caption');
  await page.run(() => window.descent.network.step(20));
  await until(async () => (await said(page, 'answers caption')) !== before, 'later weights');
  page.noErrors();
});

test('predictions: posterior: votes on the digit as the call says, the prior by a slider, MALA beside, kept in a link', async (stage, note) => {
  const page = await trained(stage);
  await page.click('Posterior', 'tab');
  await page.settled();
  const ask = (args) => page.run(async (given) => {
    const { mean, votes, ...rest } = await window.descent.network.posterior({ test_index: 0, ...given });
    return { ...rest, mean: [...mean], votes: [...votes] };
  }, args);
  const found = await ask({});
  note(`${await said(page, 'total bits')} ${await said(page, 'prior')} ${await said(page, 'posterior caption')}`);
  for (let k = 0; k < 10; k += 1) {
    const row = await page.item(`votes for ${k}`, 'row');
    close(row.value, found.votes[k] / 1000, 1e-12, `votes for ${k}`, 1e-12);
    matches(row.text, new RegExp(`^Class ${k}: the network .* %; the mean of the drawn networks .* %, `), 'its sentence');
  }
  close((await page.item('entropy', 'chart')).value, found.entropy, 1e-6, 'total');
  matches(await said(page, 'posterior caption'), /^The last layer alone .* All 60 training images/, 'what is left out');
  // A wider prior by the slider: other votes, and the weight decay that it is.
  const before = await said(page, 'prior');
  const slider = await page.item('posterior precision', 'slider');
  await page.drag([page.center(slider, 0.5), page.center(slider, 0.4), page.center(slider, 0.3)]);
  await until(async () => (await lens(page)).precision > 0, 'a precision of its own');
  await until(async () => (await said(page, 'prior')) !== before, 'another prior');
  await page.settled();
  const { precision } = await lens(page);
  const wide = await ask({ precision });
  close((await page.item('entropy', 'chart')).value, wide.entropy, 1e-6, 'total of the wider prior');
  close(Number((await said(page, 'prior')).match(/weight decay of ([\d.e-]+?)\.?$/)[1]), precision / 60, 0.01, 'weight decay');
  await page.click('Check by MALA', 'checkbox');
  await page.settled();
  matches(await said(page, 'check'), /^MALA: .* bits = .* within \+ .* between\. \d+ % of its proposals were taken\. [\d.]+ s\.$/, 'the check');
  matches((await page.item('votes for 1', 'row')).text, /; MALA [\d.]+ %\.$/, 'its mean beside');
  const state = await lens(page);
  equal([state.predictions, state.mala], ['posterior', true], 'what a link keeps');
  page.noErrors();
});

test('predictions: on a phone matrix and mistakes fit its width, and a finger chooses', async (stage) => {
  const page = await trained(stage, kPhone);
  await page.tap('Confusion', 'tab');
  await page.settled();
  const matrix = await page.item('confusion matrix', 'canvas');
  check(matrix.x >= 0 && matrix.x + matrix.width <= 390, `${matrix.x} + ${matrix.width}`);
  const { x, y } = await cellOf(page, 1, 1);
  await page.tab.touchscreen.tap(x, y);
  await until(async () => JSON.stringify((await lens(page)).confused) === '[1,1]', 'the cell');
  check(!(await labelled(page, 'answers caption')) || (await labelled(page, 'answers caption')).x >= 0, 'caption');
  page.noErrors();
});

test('predictions: a drawn digit that is read wrongly is judged by the class that was meant', async (stage) => {
  const page = await trained(stage);
  const pad = await page.item('Draw here', 'canvas');
  await page.drag([page.center(pad, 0.5, 0.2), page.center(pad, 0.5, 0.5), page.center(pad, 0.5, 0.8)]);
  await page.settled();
  const { x, y, width, height, value } = (await page.items()).filter(({ label }) => label === 'probabilities').at(-1);
  const meant = (value + 1) % 10;
  await page.clickAt({ x: x + width / 2, y: y + ((meant + 0.5) * height) / 10 });
  await until(async () => (await looked(page)).label === meant, 'what was meant');
  await until(async () => (await said(page, 'answer')).includes(`label ${meant}`), 'said beside the answer');
  await page.settled();
  const image = (await looked(page)).image.match(/../g).map((hex) => parseInt(hex, 16) / 255);
  const p = await page.run(async (pixels) => Array.from(await window.descent.network.predict(Float32Array.from(pixels))), image);
  close(Number((await said(page, 'bits')).match(/surprises by ([\d.]+) bits/)[1]), -Math.log2(p[meant]), 0.01, 'its surprise');
  // Drawn on, it is meant to be the same; wiped, it is nothing.
  await page.drag([page.center(pad, 0.3, 0.8), page.center(pad, 0.7, 0.8)]);
  await page.settled();
  equal((await looked(page)).label, meant, 'after another stroke');
  await page.click('Clear', 'button');
  await until(async () => (await looked(page)).label === undefined, 'wiped');
  page.noErrors();
});

test('predictions: on a phone another lens closes the pad', async (stage) => {
  const page = await trained(stage, kPhone);
  await page.tap('Digit', 'button');
  await page.item('Draw here', 'canvas');
  await page.tap('w  Weights', 'tab');
  await until(async () => !(await labelled(page, 'Draw here')), 'the pad has made room');
  await page.item('Spectrum', 'tab');
  page.noErrors();
});
