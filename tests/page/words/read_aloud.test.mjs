// Reads what a screen reader is told of the canvas in the aria-live line, of the chains as of the race. How often it
// speaks is tested natively (tests/web/words/status_line_test.cpp).
// SPDX-License-Identifier: MIT
import { check, matches, test, until } from '../support/test.mjs';

// Everything the line says from now on, as long as the page is this test's.
const listen = (page) => page.run(() => {
  window.__said = [];
  const line = document.getElementById('status');
  const observer = new MutationObserver(() => {
    if (!window.__said) return observer.disconnect();
    const { textContent } = line;
    if (textContent && window.__said.at(-1)?.text !== textContent) window.__said.push({ text: textContent });
  });
  observer.observe(line, { childList: true, characterData: true, subtree: true });
});
const said = (page) => page.run(() => window.__said);
const hear = (page, pattern) => until(async () => (await said(page)).find(({ text }) => pattern.test(text)), `${pattern} read out`);

test('read aloud: chains that run, their divergence, a pause', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 4 }, start: [2, 1], optimizers: [] }));
  await listen(page);
  await page.click('Sampling', 'tab');
  await hear(page, /^Sampling: 100 chains running on quadratic, temperature/);
  const { text } = await hear(page, /KL [\d.]+ nats after [\d,]+ samples\..*R-hat [\d.]+/);
  note(text);
  await page.click('Pause chains', 'button');
  await hear(page, /100 chains at rest on quadratic/);
  await page.click('Loss', 'tab');
  await until(async () => /^Surfaces:/.test((await said(page)).at(-1).text), 'the race again');
  page.noErrors();
});

test('read aloud: at temperature 0 where the chains gather', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'double_well', start: [-0.5, 0.5], optimizers: [] }));
  await listen(page);
  await page.run(() => window.descent.sampler.configure({ temperature: 0, learning_rate: 0.05, steps_per_second: 1000 }));
  const { text } = await hear(page, /100 at \(/);
  matches(text, /temperature 0, step [\d,]+\. At temperature 0 this is gradient descent/, 'what it says');
  check(!/KL/.test(text), 'no divergence there');
  page.noErrors();
});
