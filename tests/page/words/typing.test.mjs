// Texts that do not come key by key arrive in every text field: dead keys, input methods, dictation, emoji. A field is the
// browser's own while something is typed in it.
// SPDX-License-Identifier: MIT
import { race } from '../support/race.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';
import { expression, expressionIs, field, formulaPage, gone, openFormula, opened } from '../support/text_field.mjs';

// A key that composes with the next one, as ^ on German, French and Spanish keyboards.
async function deadKey(client, text) {
  await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Dead', code: 'Backquote', windowsVirtualKeyCode: 229 });
  await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Dead', code: 'Backquote', windowsVirtualKeyCode: 220 });
}
const commit = (client, text) => client.send('Input.insertText', { text });
const keys = (page, text) => page.tab.keyboard.type(text, { delay: 20 });

// Each types x ^ 2 as one of the ways in which people come by it.
const kWays = {
  'a dead key and a blank': async (page, client) => { await keys(page, 'x'); await deadKey(client, '^'); await commit(client, '^'); await keys(page, '2'); },
  'a dead key and the next one': async (page, client) => { await keys(page, 'x'); await deadKey(client, '^'); await commit(client, '^2'); },
  'a dead key twice, one taken back': async (page, client) => { await keys(page, 'x'); await deadKey(client, '^'); await commit(client, '^^'); await page.tab.keyboard.press('Backspace'); await keys(page, '2'); },
  'blanks round a dead key': async (page, client) => { await keys(page, 'x '); await deadKey(client, '^'); await commit(client, '^'); await keys(page, ' 2'); },
  'an input method, letter by letter': async (page, client) => { for (const letter of 'x^2') { await client.send('Input.imeSetComposition', { text: letter, selectionStart: 1, selectionEnd: 1 }); await commit(client, letter); } },
  'an input method, all at once': async (page, client) => { await client.send('Input.imeSetComposition', { text: 'x^', selectionStart: 2, selectionEnd: 2 }); await client.send('Input.imeSetComposition', { text: 'x^2', selectionStart: 3, selectionEnd: 3 }); await commit(client, 'x^2'); },
  'dictation': (page, client) => commit(client, 'x^2'),
  'a picker, letter by letter': async (page, client) => { for (const letter of ['x', '^', '2']) await commit(client, letter); },
};

test('typing: x^2 in the formula, by every way in which it comes', async (stage) => {
  const { page, client } = await formulaPage(stage);
  for (const [way, type] of Object.entries(kWays)) {
    await openFormula(page);
    await type(page, client);
    await until(async () => (await expression(page)).replaceAll(' ', '') === 'x^2', `x^2 by ${way}`)
      .catch(async (error) => { throw new Error(`${error.message}; it is ${await expression(page)}`); });
    await page.key('Enter');
    await gone(page);
    equal((await page.item('Formula', 'field')).text.replaceAll(' ', ''), 'x^2', `what the page shows after ${way}`);
    await page.run(() => window.descent.race.configure({ expression: 'x + y^2' }));
    await until(async () => (await page.item('Formula', 'field')).text === 'x + y^2', 'another formula');
  }
  page.noErrors();
});

test('typing: what is composed while no field is open goes nowhere (negative control)', async (stage) => {
  const { page, client } = await formulaPage(stage);
  await page.run(() => document.getElementById('canvas').focus());
  await commit(client, 'x^2');
  await mustFail(() => until(async () => (await expression(page)) === 'x^2', 'x^2', 0.5), 'a text without a field');
  page.noErrors();
});

test('typing: keys of an input method do not leave the field, also Enter and Escape; an emoji is said to mean nothing', async (stage) => {
  const { page, client } = await formulaPage(stage);
  await openFormula(page);
  await client.send('Input.imeSetComposition', { text: 'x*', selectionStart: 2, selectionEnd: 2 });
  for (const key of ['Enter', 'Escape', 'Tab']) {
    await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key });
    check((await field(page))?.focused, `${key} closes the field`);
  }
  await commit(client, 'x*y');
  await expressionIs(page, 'x*y');
  await commit(client, '😀');
  await page.item('formula error', 'text');
  equal((await field(page)).value, 'x*y😀', 'what was typed stays');
  await page.key('Escape');
  await gone(page);
  equal((await page.item('Formula', 'field')).text, 'x*y', 'the last good formula');
  page.noErrors();
});

test('typing: a composed minus sign before 1.5 makes a negative number', async (stage) => {
  const page = await stage.page();
  const client = await page.tab.context().newCDPSession(page.tab);
  await page.click('start x', 'field');
  equal((await opened(page)).label, 'start x', 'what screen readers say');
  await client.send('Input.imeSetComposition', { text: '−', selectionStart: 1, selectionEnd: 1 });
  await commit(client, '−');
  await keys(page, '1.5');
  await page.key('Enter');
  await until(async () => (await race(page)).start[0] === -1.5, 'the start at −1.5');
  page.noErrors();
});

test('typing: a number field reads what read-outs print', async (stage) => {
  const page = await stage.page();
  await page.click('start x', 'field');
  await opened(page);
  await page.tab.keyboard.insertText('−2×10⁻³');
  await page.key('Enter');
  await until(async () => (await race(page)).start[0] === -0.002, 'the start at −0.002');
  page.noErrors();
});

test('typing: a text that is too long is told with its length, and stays', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'x^2 + y^2', start: [1, 1], optimizers: [{ optimizer: 'adam' }] }));
  await page.click('Formula', 'field');
  await opened(page);
  await page.key('Control+a');
  await page.tab.keyboard.insertText(`x${'+x'.repeat(2500)}`);
  const error = await until(async () => (await page.items()).find(({ label }) => label === 'formula error'), 'the sentence');
  matches(error.text, /has 5001 characters; at most 4096 are read/, 'the sentence');
  equal((await page.run(() => window.descent.state())).race.expression, 'x^2 + y^2', 'the race');
});
