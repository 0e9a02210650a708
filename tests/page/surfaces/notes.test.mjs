// The rows above the picture: the line that is read out and what it opens, and the notes: one plain sentence with what
// helps, the numbers behind "Why", one at a time, closed by mouse and by finger.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kLow = { viewport: { width: 568, height: 320 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const descent = (learning_rate) => ({ optimizer: 'gradient_descent', hyperparameters: { learning_rate } });
const kSwinging = { surface: 'quadratic', parameters: { kappa: 10 }, start: [0, 1.5], optimizers: [descent(0.2), descent(0.21)] };
const shown = async (page, label, role = 'text') => (await page.items()).find((item) => item.label === label && item.role === role);

// Two runs in trouble.
async function swinging(page) {
  await page.run(async (config) => {
    await window.descent.race.configure(config);
    await window.descent.race.step(60);
  }, kSwinging);
  await raceUntil(page, ({ optimizers }) => optimizers.every(({ diagnosis }) => diagnosis !== null), 'both in trouble');
  await page.settled();
}

test('notes: a plain sentence with what helps; the numbers come on Why and go again', async (stage, note) => {
  const page = await stage.page();
  await swinging(page);
  const picture = await page.item('surface view', 'canvas');
  const sentence = (await page.items()).find(({ role, text }) => role === 'text' && /^Gradient descent.* (oscillates|diverged) .*\.$/.test(text ?? '') && text);
  check(sentence && !/λmax/.test(sentence.text), `plain: ${sentence?.text}`);
  note(sentence.text);
  check(sentence.y + sentence.height <= picture.y, 'above the picture');
  const buttons = (await page.items()).filter(({ role, y, height }) => role === 'button' && Math.abs(y + height / 2 - sentence.y - sentence.height / 2) < 4);
  check(buttons.some(({ label }) => /^(Try rate|Push by|Back to step) /.test(label)), `what helps is beside it: ${buttons.map(({ label }) => label)}`);
  await page.click('Why', 'button');
  const lower = await until(async () => {
    const now = await page.item('surface view', 'canvas');
    return now.y > picture.y + 10 && now;
  }, 'room for the numbers');
  const numbers = (await page.items()).filter(({ label, y, x }) => label === 'diagnosis' && x > 310 && y < lower.y);
  equal(numbers.length, 1, 'the numbers above the picture');
  matches(numbers[0].text, /2 \/ λmax/, 'with their bound');
  check(numbers[0].y + numbers[0].height <= lower.y, 'and not on it');
  await page.click('Why', 'button');
  await until(async () => (await page.item('surface view', 'canvas')).y === picture.y, 'the picture as before');
  page.noErrors();
});

for (const [screen, options] of [['desktop', {}], ['phone', kPhone], ['a low phone', kLow]]) {
  test(`notes, ${screen}: a note that was closed stays closed until there is another race`, async (stage) => {
    const page = await stage.page(options);
    await swinging(page);
    const press = (label) => (options.hasTouch ? page.tap(label, 'button') : page.click(label, 'button'));
    while (await shown(page, 'Close note', 'button')) {
      await press('Close note');
      await page.settled();
    }
    await until(async () => !(await shown(page, 'Close note', 'button')), 'all closed');
    await page.item('read-out', 'text');
    await page.run(() => window.descent.race.step(5));
    await page.settled();
    await mustFail(() => page.item('Close note', 'button', { seconds: 0.5 }), 'a note that was closed');
    await swinging(page);
    await page.item('Close note', 'button');  // on a low phone once the message of a reset has gone from over it
    page.noErrors();
  });
}

test('notes: with several one turns from each to the next', async (stage) => {
  const page = await stage.page();
  await swinging(page);
  const sentence = async () => (await page.items()).find(({ role, text, x }) => role === 'text' && x > 310 && /^Gradient descent/.test(text ?? ''))?.text;
  const first = await sentence();
  await page.click('Next note', 'button');
  const second = await until(async () => { const now = await sentence(); return now !== first && now; }, 'another one');
  await page.click('Next note', 'button');
  await until(async () => (await sentence()) === first, `after ${second} the first`);
  page.noErrors();
});

test('notes: what helps is done by its button', async (stage) => {
  const page = await stage.page();
  await page.run(async (config) => {
    await window.descent.race.configure(config);
    await window.descent.race.step(60);
  }, { ...kSwinging, optimizers: [descent(0.2)] });
  await raceUntil(page, ({ optimizers }) => optimizers[0].diagnosis?.advice, 'advice');
  await page.settled();
  const buttons = (await page.items()).filter(({ role, label, x }) => role === 'button' && /^Try rate /.test(label) && x > 310);
  equal(buttons.length, 1, 'its button above the picture');
  await page.clickAt(page.center(buttons[0]));
  await until(async () => (await race(page)).optimizers[0].hyperparameters.learning_rate < 0.2, 'a smaller rate');
  page.noErrors();
});

for (const [screen, options] of [['desktop', {}], ['phone', kPhone]]) {
  test(`read-out, ${screen}: one line above the picture, the curvature on a press`, async (stage) => {
    const page = await stage.page(options);
    await page.run(async () => {
      await window.descent.race.configure({ surface: 'himmelblau', start: [1, 1], optimizers: [{ optimizer: 'adam' }] });
      await window.descent.race.step(5);
    });
    await page.settled();
    const line = await page.item('read-out', 'text');
    const picture = await page.item('surface view', 'canvas');
    check(line.height <= 41 && line.y + line.height <= picture.y, JSON.stringify([line, picture]));
    matches(line.text, /^Adam, step 5 .* f [\d.]+ .*\|∇f\| [\d.]+$/, 'f and slope');
    if (options.hasTouch) await page.tap('Curvature numbers', 'button');
    else await page.click('Curvature numbers', 'button');
    await until(async () => /λ₁ .*λ₂ .*H₁₁ .*H₁₂ .*H₂₂ /.test((await page.item('read-out', 'text')).text), 'the others');
    const [more, lower] = [await page.item('curvature numbers', 'text'), await page.item('surface view', 'canvas')];
    check(more.y >= line.y + line.height - 1 && more.y + more.height <= lower.y + 1, 'between line and picture');
    if (options.hasTouch) await page.tap('Curvature numbers', 'button');
    else await page.click('Curvature numbers', 'button');
    await until(async () => (await page.item('surface view', 'canvas')).y === picture.y, 'the picture as before');
    check(!/λ/.test((await page.item('read-out', 'text')).text), 'closed again');
    page.noErrors();
  });
}

test('read-out: it follows the pointer, and in the map of basins says where a start ends', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [0, 0], optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.1 } }] }));
  await page.settled();
  const view = await page.item('surface view', 'canvas');
  const at = page.center(view, 0.3, 0.3);
  await page.tab.mouse.move(at.x, at.y);
  await until(async () => /^at the pointer /.test((await page.item('read-out', 'text')).text), 'the pointer’s');
  await page.tab.mouse.move(640, 20);
  await until(async () => /^Adam/.test((await page.item('read-out', 'text')).text), 'the head’s again');
  await page.click('Basins', 'tab');
  await page.tab.mouse.move(at.x, at.y);
  await until(async () => /ends at the minimum at .* after \d+ steps$/.test((await page.item('read-out', 'text')).text), 'where it ends', 60);
  page.noErrors();
});
