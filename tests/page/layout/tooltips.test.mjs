// Tooltips: they take their time, do not come after a click, cover nothing that one is about to use, and go by themselves.
// SPDX-License-Identifier: MIT
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kControls = ['button', 'tab', 'combo', 'checkbox', 'field', 'slider', 'option'];

const tip = async (page) => (await page.items()).find(({ label, role }) => label === 'tooltip' && role === 'text');
const overlap = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;

// In the page, from the pointer's arrival on: after how many seconds the tooltip was there, and gone again.
const watch = (page, until_gone) => page.run((gone) => new Promise((resolve) => {
  const begun = performance.now();
  let came = null;
  const look = () => {
    const there = window.descent.ui.items().some(({ label, role }) => label === 'tooltip' && role === 'text');
    const now = (performance.now() - begun) / 1000;
    if (there && came === null) came = now;
    if (came !== null && (!gone || !there)) return resolve({ came, went: there ? null : now });
    if (now > 20) return resolve({ came, went: null });
    return requestAnimationFrame(look);
  };
  look();
}), until_gone);

test('tooltips: one comes after more than half a second and goes after five', async (stage, note) => {
  const page = await stage.page();
  const at = page.center(await page.item('Fit', 'button'));
  await page.tab.mouse.move(1000, 700);
  await page.settled();
  const seen = watch(page, true);
  await page.tab.mouse.move(at.x, at.y);
  const { came, went } = await seen;
  note(`came after ${came.toFixed(2)} s, went after ${went?.toFixed(2)} s`);
  check(came > 0.55, `it came after ${came} s`);
  check(went !== null && went - came > 4.5 && went - came < 9, `it was there for ${went - came} s`);
  await page.settled();
  equal(await tip(page), undefined, 'while the pointer rests it does not come back');
  page.noErrors();
});

test('tooltips: none comes where something was pressed, until the pointer has left it', async (stage) => {
  const page = await stage.page();
  // Play becomes Pause under the pointer.
  const at = page.center(await page.item('Play', 'button', { enabled: true }));
  await page.clickAt(at);
  await page.item('Pause', 'button');
  await page.run(() => window.descent.race.pause());
  await page.item('Play', 'button');
  await page.tab.mouse.move(at.x + 2, at.y + 1);
  await page.settled();
  equal(await tip(page), undefined, 'after a click');
  await page.tab.mouse.move(1000, 700);
  await page.frames(4);
  await page.tab.mouse.move(at.x, at.y);
  await until(() => tip(page), 'once it has been away');
  page.noErrors();
});

test('tooltips: each stands over no control, at every control in sight', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.step(20));
  await page.settled();
  const items = (await page.items()).filter(({ role }) => kControls.includes(role));
  let seen = 0, clear = 0;
  for (const label of ['Play', 'Step', 'Reset', 'Fit', 'Lines', 'Save picture', 'Surface', 'Share', 'Enlarge', 'Map', '3-D', 'Help', 'Branch']) {
    const item = items.find((one) => one.label === label);
    if (!item) continue;
    const at = page.center(item);
    await page.tab.mouse.move(700, 330);
    await page.frames(4);
    await page.tab.mouse.move(at.x, at.y);
    const box = await until(() => tip(page), `the tooltip of ${label}`).catch(() => null);
    if (!box) continue;
    seen += 1;
    const [own, others] = [overlap(box, item), items.filter((one) => one !== item && overlap(box, one))];
    check(!own, `${label}: over itself`);
    if (others.length === 0) clear += 1;
    else note(`${label}: over ${others.map((one) => one.label)}`);
  }
  note(`${clear} of ${seen} cover nothing`);
  // Play and 3-D have a control on every side.
  check(seen >= 8 && clear >= seen - 2, `${clear} of ${seen}`);
  await mustFail(() => check(!overlap({ ...items[0], x: items[0].x + 4 }, items[0]), 'apart'), 'a tooltip under the pointer');
  page.noErrors();
}, { seconds: 240 });

test('tooltips: a finger that rests is told what it rests on, beside it', async (stage) => {
  const page = await stage.page(kPhone);
  const item = await page.item('Fit', 'button');
  const client = await page.tab.context().newCDPSession(page.tab);
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [page.center(item)] });
  const box = await until(() => tip(page), 'the tooltip');
  check(!overlap(box, item), 'beside the finger');
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until(async () => !(await tip(page)), 'it goes with the finger');
  page.noErrors();
});
