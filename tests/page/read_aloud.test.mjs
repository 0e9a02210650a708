// What a screen reader is told of the canvas: the aria-live line, of the chains as of the race; changes soon, progress
// rarely.
// SPDX-License-Identifier: MIT
import { check, matches, test, until } from './support/runner.mjs';

// Everything the line says from now on, with the seconds.
const listen = (page) => page.run(() => {
  window.__said = [];
  const line = document.getElementById('status');
  new MutationObserver(() => {
    const { textContent } = line;
    if (textContent && window.__said.at(-1)?.text !== textContent) window.__said.push({ at: performance.now() / 1000, text: textContent });
  }).observe(line, { childList: true, characterData: true, subtree: true });
});
const said = (page) => page.run(() => window.__said);
const hear = (page, pattern, seconds) => until(async () => (await said(page)).find(({ text }) => pattern.test(text)), `${pattern} read out`, seconds);

test('read aloud: chains that run, their divergence, a pause; progress every few seconds', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 4 }, start: [2, 1], optimizers: [] }));
  await listen(page);
  await page.click('Sampling', 'tab');
  await hear(page, /^Sampling: 100 chains running on quadratic, temperature/, 5);
  const { text } = await hear(page, /KL [\d.]+ nats after [\d,]+ samples\..*R-hat [\d.]+/, 12);
  note(text);
  await page.tab.waitForTimeout(13000);
  const heard = await said(page);
  const running = heard.filter((one) => / running on /.test(one.text));
  const gaps = running.slice(1).map((one, i) => one.at - running[i].at);
  check(running.length >= 3 && running.length <= 6, `${running.length} times in 20 s: ${JSON.stringify(heard)}`);
  check(Math.min(...gaps.slice(1)) > 5, `progress rarely: ${gaps}`);
  await page.click('Pause chains', 'button');
  await hear(page, /100 chains at rest on quadratic/, 2.5);
  await page.click('Loss', 'tab');
  await until(async () => /^Surfaces:/.test((await said(page)).at(-1).text), 'the race again', 8);
  page.noErrors();
}, { seconds: 90 });

test('read aloud: at temperature 0 where the chains gather', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'double_well', start: [-0.5, 0.5], optimizers: [] }));
  await listen(page);
  await page.run(() => window.descent.sampler.configure({ temperature: 0, learning_rate: 0.05, steps_per_second: 1000 }));
  const { text } = await hear(page, /100 at \(/, 15);
  matches(text, /temperature 0, step [\d,]+\. At temperature 0 this is gradient descent/, 'what it says');
  check(!/KL/.test(text), 'no divergence there');
  page.noErrors();
});
