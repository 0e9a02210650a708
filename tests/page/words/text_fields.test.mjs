// The browser's text field stands where the page drew its own, also while that scrolls, in its colours and letters; mouse,
// fingers and keyboard open it, Tab, Enter and Escape work as everywhere; a field that is gone takes it along.
// SPDX-License-Identifier: MIT
import { clickInRail } from '../support/rail.mjs';
import { race } from '../support/race.mjs';
import { check, equal, test, until } from '../support/test.mjs';
import { closed, covers, expressionIs, field, formulaPage, gone, openFormula, opened } from '../support/text_field.mjs';

const kTouch = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kRate = 'gradient descent learning rate value';

const keys = (page, text) => page.tab.keyboard.type(text, { delay: 20 });

test('text fields: every field opens the browser’s own, in its place, under its name, for mouse and keyboard', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'a*x^2 + y^2', optimizers: [{ optimizer: 'adam' }] }));
  const seen = new Set();
  for (const tab of ['loss', 'rates', 'map', 'sampling', 'chain_rule']) {
    await page.run((name) => window.descent.apply({ ...window.descent.state(), view: { ...window.descent.state().view, tab: name, pin: name === 'chain_rule' ? [1, 1] : [] } }), tab);
    await page.frames(6);
    const labels = (await page.items()).filter(({ role }) => role === 'field').map(({ label }) => label).filter((label) => !seen.has(label));
    for (const label of labels) {
      const item = await page.item(label, 'field');
      if (item.height < 20) continue;  // cut off by the region's edge
      await page.clickAt(page.center(item));
      const input = await covers(page, label);
      const { value } = input;
      check(label === 'Formula' || input.selected === value.length, `${label}: all of ${value} is selected`);
      await keys(page, label === 'Formula' ? '(' : '7');  // a formula that can be read would be taken after a pause
      await page.key('Escape');
      await gone(page);
      await page.key('Enter');  // the ring's keys belong to it: Tab shows it, Enter opens it
      check(!(await field(page)), 'Enter without the ring');
      await page.key('Tab');
      await page.key('Enter');
      const again = await covers(page, label);
      equal([again.value, again.selected], [value, value.length], `${label}: the old text, all selected`);
      await page.key('Escape');
      await gone(page);
      seen.add(label);
    }
  }
  note([...seen].join(', '));
  for (const label of ['Formula', 'start x', 'seed', 'steps', 'adam learning rate value', 'x']) check(seen.has(label), `${label} was not tried`);
  page.noErrors();
}, { seconds: 480 });

test('text fields: fingers open every field too, and swipe over it', async (stage) => {
  const page = await stage.page(kTouch);
  const tap = async (item) => {
    const { x, y } = page.center(item);
    await page.tab.touchscreen.tap(x, y);
    await page.frames(3);
  };
  await tap(await page.item('Menu', 'button'));
  await tap(await page.item('start x', 'field'));
  const input = await covers(page, 'start x');
  const size = await page.run(() => getComputedStyle(document.querySelector('input.over-canvas')).fontSize);
  equal(size, '16px', 'letters that phones do not zoom into');
  equal(input.selected, input.value.length, 'all is selected');
  await keys(page, '-2');
  await tap(await page.item('start y', 'field'));  // leaves one and opens the other
  await covers(page, 'start y');
  await until(async () => (await race(page)).start[0] === -2, 'the first number is kept');
  await page.key('Enter');
  await gone(page);
  const client = await page.tab.context().newCDPSession(page.tab);
  const { x, y } = page.center(await page.item('start x', 'field'));
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  for (let i = 1; i <= 8; i += 1) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - 10 * i }] });
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.frames(3);
  check(!(await field(page)), 'a swipe opens a field');
  page.noErrors();
});

test('text fields: Tab and Shift+Tab go on from the field, and keep the number', async (stage) => {
  const page = await stage.page();
  const rate = async () => (await race(page)).optimizers[0].hyperparameters.learning_rate;
  await page.click(kRate, 'field');
  await opened(page);
  await keys(page, '0.0007');
  await page.key('Tab');
  await gone(page);
  await until(async () => (await rate()) === 0.0007, 'the rate 0.0007');
  await page.key('ArrowRight');  // the slider has the ring
  await until(async () => (await rate()) > 0.0007, 'the slider moved');
  equal((await race(page)).step, 0, 'steps of the race');
  await page.key('Shift+Tab');
  await page.key('Enter');
  await covers(page, kRate);
  await keys(page, '0.0005');
  await page.key('Shift+Tab');
  await gone(page);
  await until(async () => (await rate()) === 0.0005, 'the rate 0.0005');
  await page.key('Tab');
  await page.key('Enter');
  await covers(page, kRate);
  // Enter held down: it has closed the field, and does not open it again.
  await page.tab.keyboard.down('Enter');
  for (let i = 0; i < 5; i += 1) await page.tab.keyboard.down('Enter');
  await page.frames(4);
  check(!(await field(page)), 'a held Enter opens the field again');
  await page.tab.keyboard.up('Enter');
  await page.key('Enter');
  await opened(page);
  page.noErrors();
});

test('text fields: Escape in a field and then Tab stays in the page', async (stage) => {
  const page = await stage.page();
  await page.key('Escape');  // nothing to end: the next Tab would leave the canvas
  await page.click(kRate, 'field');
  await opened(page);
  await page.key('Escape');
  await gone(page);
  await page.key('Tab');
  check(await page.run(() => document.activeElement.id === 'canvas'), 'Tab left the canvas');
  page.noErrors();
});

test('text fields: a click puts the caret where it was, a click beside the field keeps the text', async (stage) => {
  const { page } = await formulaPage(stage);
  const drawn = await page.item('Formula', 'field');
  await page.clickAt({ x: drawn.x + 11, y: drawn.y + drawn.height / 2 });
  equal((await opened(page)).caret, 0, 'caret before x');
  await keys(page, '2*');
  await page.clickAt({ x: drawn.x - 8, y: drawn.y + 4 });  // between two controls
  await gone(page);
  await expressionIs(page, '2*x + y^2');
  await page.clickAt({ x: drawn.x + drawn.width - 12, y: drawn.y + drawn.height / 2 });
  equal((await opened(page)).caret, '2*x + y^2'.length, 'caret at the end');
  // The same font, so that nothing moves: measured by the browser.
  const font = await page.run(async () => { await document.fonts.ready; return [...document.fonts].map(({ family, status }) => `${family} ${status}`); });
  equal(font, ['Descent loaded'], 'fonts');
  page.noErrors();
});

test('text fields: the field stays over what it stands for while that scrolls, and is cut off where that is', async (stage) => {
  const page = await stage.page({ viewport: { width: 1000, height: 640 } });
  const rail = async () => (await page.item('Play', 'button')).y;
  await clickInRail(page, kRate, 'field');
  const before = await covers(page, kRate);
  const over = async (dx, dy) => { await page.tab.mouse.move(before.x + dx, before.y + dy); await page.tab.mouse.wheel(0, 48); await page.frames(3); };
  await over(-80, 0);  // beside it
  const scrolled = await covers(page, kRate);
  check(scrolled.y < before.y - 10, `it went up: ${before.y} → ${scrolled.y}`);
  await over(10, scrolled.y - before.y + 8);  // over it
  const more = await covers(page, kRate);
  check(more.y < scrolled.y - 10, `over the field too: ${scrolled.y} → ${more.y}`);
  for (let i = 0; i < 12; i += 1) await over(-80, 0);
  const far = await until(async () => { const now = await field(page); return now.y < 40 && now; }, 'out of sight');
  const top = Number(far.clip.match(/inset\(([\d.]+)px/)[1]) * 15 / 16;
  check(far.y + top >= 48 - 1 || top >= far.height - 1, `nothing of it over the top bar: ${JSON.stringify(far)}`);
  check(far.focused && (await rail()) > 0, 'the keyboard stays');
  await keys(page, '3');  // what is typed is seen
  await until(async () => { const now = await field(page); return now.y > 48 && /^inset\(0px/.test(now.clip); }, 'in sight again').catch(async (error) => { throw new Error(`${error.message}: ${JSON.stringify(await field(page))}`); });
  await page.key('Escape');
  page.noErrors();
});

const colour = (page) => page.run(() => {
  const style = getComputedStyle(document.querySelector('input.over-canvas'));
  return [style.backgroundColor, style.color, style.borderTopColor];
});

test('text fields: dark and light, right and wrong', async (stage) => {
  const { page } = await formulaPage(stage, { pixels: true });
  // web/widgets/theme.cpp: raised, text, accent; danger.
  for (const [theme, colours, danger] of [
    ['dark', ['rgb(34, 41, 52)', 'rgb(233, 237, 243)', 'rgb(124, 163, 255)'], 'rgb(255, 123, 114)'],
    ['light', ['rgb(233, 236, 241)', 'rgb(23, 28, 36)', 'rgb(42, 91, 215)'], 'rgb(179, 38, 30)'],
  ]) {
    await page.run((name) => window.descent.apply({ ...window.descent.state(), theme: name }), theme);
    await openFormula(page);
    equal(await colour(page), colours, theme);
    await keys(page, 'x +');
    await until(async () => (await colour(page))[2] === danger, `${theme}: a red frame`);
    equal(await page.run(() => document.querySelector('input.over-canvas').getAttribute('aria-invalid')), 'true', 'said to screen readers');
    await page.tab.screenshot({ path: `${stage.artifacts}/typing-${theme}.png` });
    await page.key('Escape');
    await gone(page);
  }
  page.noErrors();
});

test('text fields: a field that is gone takes the browser’s with it, and the page goes on', async (stage) => {
  const page = await stage.page();
  const open = async (label = 'start x') => { await page.clickAt(page.center(await page.item(label, 'field'))); await covers(page, label); await keys(page, '3'); };
  const start = (await race(page)).start;
  await open();
  await page.tab.setViewportSize({ width: 390, height: 720 });
  await closed(page);
  await page.tab.setViewportSize({ width: 1280, height: 720 });
  await open();
  await page.run(() => { location.hash = '#hide=rail'; });
  await closed(page);
  await page.run(() => { location.hash = '#hide='; });
  await page.item('start x', 'field');
  await open();
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'network' }));
  await closed(page);
  await page.run(() => window.descent.apply({ ...window.descent.state(), workspace: 'surfaces' }));
  equal((await race(page)).start, start, 'half a number is not taken');
  // A click on a number below the strip's last item.
  await page.click('Sampling', 'tab');
  await open('seed');
  await page.key('Enter');
  await until(async () => (await page.run(() => window.descent.state().sampling.seed)) === 3, 'the seed');
  await page.key('Space');
  await until(async () => (await race(page)).playing, 'the page’s keys');
  page.noErrors();
});

test('text fields: another window in front leaves the field open', async (stage) => {
  const page = await stage.page();
  await page.click(kRate, 'field');
  await opened(page);
  await page.run(() => {
    document.hasFocus = () => false;
    document.activeElement.blur();
  });
  await page.frames(3);
  check(await field(page), 'the field has closed');
  await page.run(() => {
    delete document.hasFocus;
    document.querySelector('input.over-canvas').focus();
    document.activeElement.blur();
  });
  await closed(page);  // the keyboard went elsewhere in the page
  page.noErrors();
});
