// Looks at what a visitor sees of a formula typed as people write: the formula as it was understood, sentences about
// what might surprise and what is wrong, and how many minima were found.
// SPDX-License-Identifier: MIT
import { equal, matches, mustFail, test, until } from '../support/test.mjs';

const texts = async (page, label) => (await page.items()).filter((item) => item.role === 'text' && item.label === label).map(({ text }) => text);
const text = async (page, label) => (await page.item(label, 'text')).text;
const expression = (page) => page.run(() => window.descent.state().race.expression);
const configure = (page, formula, start = [1, 1]) => page.run((args) => window.descent.race.configure(args), { expression: formula, start });

async function typeFormula(page, formula) {
  await page.click('Formula', 'field');
  await page.type(formula);
}

test('words: the page shows a formula as it was understood, and a link keeps what was typed', async (stage) => {
  const page = await stage.page();
  await configure(page, '2x1^2 + sin² x2');
  matches(await text(page, 'formula reading'), /^Read as f = 2·x² \+ sin\(y\)²$/, 'the reading');
  matches(await text(page, 'formula note'), /x1 and x2 are read as x and y\./, 'the note');
  const fragment = await page.run(async () => (await import('./links.js')).encodeState(window.descent.state()));
  const linked = await stage.page();
  await linked.follow(fragment);
  await until(async () => (await linked.item('Formula', 'field')).text === '2x1^2 + sin² x2', 'the text from the link');
  matches(await text(linked, 'formula reading'), /2·x²/, 'its reading');
  linked.noErrors();
  await configure(page, '2*x^2 + y^2');
  await until(async () => (await texts(page, 'formula reading')).length === 0, 'no reading of what is taken as it stands');
  page.noErrors();
});

test('words: what is wrong with a typed formula, and where; what was typed stays', async (stage, note) => {
  const page = await stage.page();
  await configure(page, 'x^2 + y^2');
  for (const [formula, column, sentence] of [
    ['0,5*x', 2, /A number is written with a point: 0\.5 in place of 0,5/i], ['x 2 + y', 3, /a power x\^2/], ['x + y!', 6, /'!' has no meaning in a formula/],
    ['x2 + y2', 1, /a power is written x\^2/],
  ]) {
    await typeFormula(page, formula);
    const error = await until(async () => (await page.items()).find((item) => item.label === 'formula error' && sentence.test(item.text)), `the sentence about ${formula}`);
    equal(error.value, column, `column of ${formula}`);
    equal((await page.item('Formula', 'field')).text, formula, 'what was typed');
    note(error.text);
  }
  await typeFormula(page, '2x^2 + |y|');
  await until(async () => (await expression(page)) === '2x^2 + |y|', 'a good one');
  await until(async () => (await texts(page, 'formula reading'))[0] === 'Read as f = 2·x² + abs(y)', 'its reading');
  equal(await texts(page, 'formula error'), [], 'sentences about it');
  page.noErrors();
});

test('words: names that were probably not meant as parameters are announced', async (stage) => {
  const page = await stage.page();
  for (const [formula, sentence] of [
    ['w1^2 + w2^2', /f has no x and no y, so it is the same everywhere; if w1 and w2 are the coordinates, write f\(w1, w2\) = … in front\./],
    ['cost*x + y', /cost is read as one parameter; a function is written with its argument in parentheses/],
    ['sin2x + y', /sin2x is read as sin\(2·x\)\./],
    ['1/2x + y', /1\/2x is read as \(1\/2\)·x; the other meaning is written 1\/\(2·x\)\./],
  ]) {
    await configure(page, 'x^2 + y^2');
    await typeFormula(page, formula);
    await until(async () => (await texts(page, 'formula note')).some((one) => sentence.test(one)), `the note about ${formula}`);
  }
  await mustFail(async () => matches(await text(page, 'formula note'), /w1/, 'a note about another formula'), 'another formula');
  page.noErrors();
});

test('words: how many minima were found, and that there are more', async (stage) => {
  const page = await stage.page();
  await configure(page, '20 + x² + y² − 10(cos 2πx + cos 2πy)', [3, 3]);
  await until(async () => (await texts(page, 'minima'))[0] === 'The search found 121 minima; narrow ones may be missed.', 'all of a Rastrigin');
  await page.run(() => window.descent.race.configure({ expression: 'cos(2πx) + cos(2πy)', domain: [-15.5, 15.5, -15.5, 15.5], start: [0.3, 0.2] }));
  await until(async () => (await texts(page, 'minima'))[0] === 'The search found 512 minima, and there are more; the lowest are marked.', 'a list that is cut');
  await configure(page, '(x - 1)^2 + y^2', [3, 3]);
  await until(async () => (await texts(page, 'minima'))[0] === 'The search found 1 minimum; narrow ones may be missed.', 'the only one of a bowl');
  page.noErrors();
});
