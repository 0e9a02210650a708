// The ring of keyboard focus: Escape takes it away and Tab brings it back where it was, also after a number was typed;
// where its control is gone Tab begins anew; Escape with nothing to end, and then Tab, leaves the canvas.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, test, until } from '../support/test.mjs';

const kField = 'gradient descent learning rate value';

const rate = async (page) => (await race(page)).optimizers[0].hyperparameters.learning_rate;
const rateIs = (page, value) => until(async () => (await rate(page)) === value, `the rate ${value}`);
const inCanvas = (page) => page.run(() => document.activeElement.id === 'canvas');

// The slider of the rate has the ring: an arrow moves it, and makes no step of the race.
async function atSlider(page) {
  const before = await rate(page);
  await page.key('ArrowRight');
  await until(async () => (await rate(page)) > before, 'the slider moved');
  equal((await race(page)).step, 0, 'steps of the race');
}

test('focus: after a typed number and Escape, Tab goes on from its field', async (stage) => {
  const page = await stage.page();
  await page.click(kField, 'field');
  await page.type('0.0007');
  await page.key('Enter');
  await rateIs(page, 0.0007);
  await page.key('Escape');
  await page.key('ArrowRight');  // without the ring it is the race's
  await raceUntil(page, ({ step }) => step === 1, 'a step of the race');
  equal(await rate(page), 0.0007, 'the rate');
  await page.run(() => window.descent.race.reset());
  await page.key('Tab');  // shows where the focus is
  check(await inCanvas(page), 'the first Tab left the canvas');
  await page.key('Tab');
  await atSlider(page);
  // Back to the field, which is opened by Enter; a number that Escape takes back, and on again.
  await page.key('Shift+Tab');
  await page.key('Enter');
  await page.type('0.5');
  await page.key('Escape');
  await page.key('Tab');
  check(await rate(page) < 0.01, 'Escape takes the number back');
  await atSlider(page);
  page.noErrors();
});

test('focus: Escape takes the ring away, Tab brings it back; pressed again it lets Tab leave the canvas', async (stage) => {
  const page = await stage.page();
  await page.click(kField, 'field');
  await page.key('Enter');
  await page.key('Tab');
  await page.key('Tab');
  await atSlider(page);
  for (let i = 0; i < 3; i += 1) {
    await page.key('Escape');
    await page.key('Tab');
    check(await inCanvas(page), 'Tab left the canvas');
    await atSlider(page);
  }
  await page.key('Escape');
  await page.key('Escape');
  await page.key('Tab');
  check(!(await inCanvas(page)), 'the canvas keeps the keyboard');
  await page.key('Tab');
  check(await inCanvas(page), 'the keyboard does not come back');
  await page.key('Tab');
  await atSlider(page);
  page.noErrors();
});

test('focus: where the control with the ring is gone, Tab begins at the first one', async (stage) => {
  const page = await stage.page();
  await page.click(kField, 'field');
  await page.key('Enter');
  await page.key('Tab');
  await page.key('Tab');
  await page.key('Digit2');
  const workspace = async () => page.run(() => window.descent.state().workspace);
  await until(async () => (await workspace()) === 'network', 'the Network workspace');
  await page.key('Tab');
  await page.key('Enter');
  await until(async () => (await workspace()) === 'surfaces', 'the first control, which leads back');
  page.noErrors();
});
