// The strip below the picture of the surface: its tabs, its height, what of it travels in the state.
// SPDX-License-Identifier: MIT
import { chooseTab } from '../support/strip.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const view = (page) => page.run(() => window.descent.state().view);
const shown = async (page, label, role) => (await page.items()).find((item) => item.label === label && item.role === role);

test('strip: loss and standings stand beside one another where both fit', async (stage) => {
  const page = await stage.page();
  const plot = await page.item('loss', 'plot');
  const row = await page.item('adam row', 'option');
  check(plot.x + plot.width <= row.x, 'the plot ends before the table begins');
  equal(await shown(page, 'Standings', 'tab'), undefined, 'a tab for what is shown anyway');
  equal((await page.item('Loss', 'tab')).value, 1, 'the chosen tab');
  page.noErrors();
});

test('strip: it grows by its button and gives the height back; the state knows', async (stage) => {
  const page = await stage.page();
  const small = await page.item('loss', 'plot');
  await page.click('Enlarge', 'button');
  const tall = await until(async () => {
    const plot = await page.item('loss', 'plot');
    return plot.height > 1.5 * small.height && plot;
  }, 'a taller plot');
  check(tall.y < small.y - 100, `from ${small.y} to ${tall.y}`);
  equal((await view(page)).tall, true, 'in the state');
  await page.click('Reduce', 'button');
  await until(async () => (await page.item('loss', 'plot')).height === small.height, 'the former height');
  equal((await view(page)).tall, false, 'in the state again');
  page.noErrors();
});

test('strip: on a small screen one row holds all tabs, worked by finger', async (stage) => {
  const page = await stage.page(kPhone);
  await page.item('loss', 'plot');
  await chooseTab(page, 'Standings', async (item) => {
    const { x, y } = page.center(item);
    await page.tab.touchscreen.tap(x, y);
  });
  const row = await page.item('adam row', 'option');
  check(row.width > 300, `the row is ${row.width} points wide`);
  equal(await shown(page, 'loss', 'plot'), undefined, 'the plot');
  equal((await view(page)).tab, 'standings', 'in the state');
  const tabs = (await page.items()).filter(({ role }) => role === 'tab').sort((a, b) => a.y - b.y || a.x - b.x);
  for (const [i, { label, height, x }] of tabs.entries()) {
    check(height >= 34, `'${label}' is ${height} points high`);
    const next = tabs[i + 1];
    if (next && next.y === tabs[i].y) check(x + tabs[i].width <= next.x + 0.5, `'${label}' lies over '${next.label}'`);
  }
  page.noErrors();
});

test('strip: the keyboard moves along the tabs and chooses', async (stage) => {
  const page = await stage.page({ viewport: { width: 768, height: 1024 } });
  await page.click('Loss', 'tab');
  // The live region names the control that has the focus.
  const focused = () => page.run(() => document.getElementById('status').textContent);
  for (let i = 0; i < 12 && !/^Standings, tab/.test(await focused()); i += 1) {
    const before = await focused();
    await page.key('Tab');
    await until(async () => (await focused()) !== before, 'the next control');
  }
  equal((await view(page)).tab, 'loss', 'the tab before Enter');
  await page.key('Enter');
  await until(async () => (await view(page)).tab === 'standings', 'the last tab chosen');
  page.noErrors();
});

test('strip: the state chooses the tab; an unknown one is refused and changes nothing', async (stage) => {
  const page = await stage.page({ viewport: { width: 768, height: 1024 } });
  await page.run(() => window.descent.apply({ version: 1, view: { tab: 'standings', tall: true } }));
  await until(async () => (await page.item('Standings', 'tab')).value === 1, 'the tab');
  const message = await page.refusal((view) => window.descent.apply({ version: 1, view }), { tab: 'weather' });
  matches(message, /view\.tab.*'loss'|view\.tab.*loss/, 'the refusal names the choices');
  const { tab, tall } = await view(page);
  equal([tab, tall], ['standings', true], 'the state');
  await mustFail(async () => equal((await view(page)).tab, 'loss', 'tab'), 'another tab');
  page.noErrors();
});
