// The browser's text field over the canvas, and the field of the page that it stands over.
// SPDX-License-Identifier: MIT
import { close, equal, until } from './checks.mjs';

// The formula of the race.
export const expression = (page) => page.run(() => window.descent.state().race.expression);
export const expressionIs = (page, wanted) => until(async () => (await expression(page)) === wanted, `the race on ${wanted}`)
  .catch(async (error) => { throw new Error(`${error.message}; it is ${await expression(page)}`); });

// field() is what is known of the field that is open, or null.
export const field = (page) => page.run(() => {
  const input = document.querySelector('input.over-canvas');
  if (!input) return null;
  const { x, y, width, height } = input.getBoundingClientRect();
  return { label: input.getAttribute('aria-label'), value: input.value, focused: document.activeElement === input, x, y, width, height,
    clip: input.style.clipPath, selected: input.selectionEnd - input.selectionStart, caret: input.selectionStart };
});
export const opened = (page) => until(() => field(page), 'the browser’s field');
export const closed = (page) => until(async () => !(await field(page)), 'no field any more');
// Closed, and the keyboard is back.
export const gone = (page) => until(async () => !(await field(page)) && page.run(() => document.activeElement.id === 'canvas'), 'the keyboard back on the canvas');

// The field with this label, and the browser's over it: the same place, name and text.
export async function covers(page, label) {
  const drawn = await page.item(label, 'field');
  const input = await until(async () => {
    const now = await field(page);
    return now && now.clip !== 'inset(100%)' && now;
  }, `the browser’s field over ${label}`);
  for (const side of ['x', 'y', 'width', 'height']) close(input[side], drawn[side], 0, `${side} over ${label}`, 1.01);
  equal([input.label, input.focused], [label, true], `name and keyboard of ${label}`);
  return input;
}

// A page with a race on a formula, and its protocol client.
export async function formulaPage(stage, options) {
  const page = await stage.page(options);
  await page.run(() => window.descent.race.configure({ expression: 'x + y^2' }));
  const client = await page.tab.context().newCDPSession(page.tab);
  return { page, client };
}

// Opens the formula's field with all of its text selected, as the next text takes its place.
export async function openFormula(page) {
  await page.clickAt(page.center(await page.item('Formula', 'field')));
  await opened(page);
  await page.tab.keyboard.press('Control+a');
}
