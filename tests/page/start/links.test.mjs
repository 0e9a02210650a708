// The text of links: short, whole, and unharmed by what programs hang on behind it.
// SPDX-License-Identifier: MIT
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const shared = async (page) => {
  await page.click('Share', 'button');
  return until(() => page.run(() => (location.hash.length > 1 ? location.hash : null)), 'the link');
};
const state = (page) => page.run(() => window.descent.state());

// longLink() makes a link as they were until they became short.
const longLink = (value) => `#s=${Buffer.from(JSON.stringify(value)).toString('base64url')}`;

test('links: short ones bring everything back, and so do long ones from before', async (stage, note) => {
  const page = await stage.page();
  const fresh = await state(page);
  const origin = 'https://descent.example/'.length;
  const plain = await shared(page);
  check(origin + plain.length < 200, `the page as it starts: ${plain.length} characters`);
  await page.run(() => window.descent.race.configure({
    expression: '(1 - x)^2 + b*(y - x^2)^2 + sin(c*x)', parameters: { b: 7, c: 3 }, start: [-1.2, 1], seed: 9, freeze: false,
    optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.02 } }, { optimizer: 'momentum' }, { optimizer: 'newton' }],
  }));
  await page.run(() => window.descent.apply({ ...window.descent.state(), theme: 'light' }));
  const wanted = await state(page);
  await page.run(() => history.replaceState(null, '', '#'));
  const race = await shared(page);
  check(origin + race.length < 600, `a race with a formula: ${race.length} characters`);
  note(`${plain.length} characters for the page as it starts, ${race.length} for a race with a formula, ${longLink(wanted).length} before`);
  for (const link of [race, longLink(wanted)]) {
    const other = await stage.page();
    await mustFail(async () => equal(await state(other), wanted, 'state'), 'equality of states');
    await other.follow(link);
    await until(async () => JSON.stringify(await state(other)) === JSON.stringify(wanted), `everything from a link of ${link.length} characters`);
    // The part that the link leaves out is as on a fresh page, not as it was.
    await other.follow(plain);
    await until(async () => JSON.stringify(await state(other)) === JSON.stringify(fresh), 'the page as it starts');
    await stage.leave(other);
  }
});

test('links: what hangs on behind or between does no harm', async (stage) => {
  const page = await stage.page();
  const fragment = await page.run(async () => (await import('./links.js')).encodeState({ version: 1, race: { surface: 'booth' } }));
  const kWorn = [
    `${fragment}.`, `${fragment})`, `${fragment}>`, `${fragment}%3E`, `${fragment}”,`, fragment.replace('=', '%3D'), fragment.replace('=', '%3d'),
    `${fragment}&utm_source=newsletter&utm_medium=mail`, `${fragment}&fbclid=IwAR0x-y_z`, `#utm_campaign=a&${fragment.slice(1)}`, `${fragment}&amp;gclid=1`,
  ];
  for (const link of kWorn) {
    await page.run(() => window.descent.race.configure({ surface: 'beale' }));
    await page.run(() => history.replaceState(null, '', location.pathname));  // browsers write > as %3E
    await page.follow(link);
    await until(() => page.run(() => window.descent.race.status().surface === 'booth'), `the surface of ${link}`);
    check(!(await page.items()).some(({ label }) => label === 'error'), `${link}: a message`);
  }
  await page.follow('#scene=saddle).');
  await until(async () => (await state(page)).scene === 'saddle', 'the scene');
  const { surface } = (await state(page)).race;
  // Negative control: a link that is damaged is said to be so, and nothing changes.
  for (const [damaged, pattern] of [[`${fragment.slice(0, -9)}`, /damaged/], ['#hidden=rail', /does not consist of z=, s=/], ['#z=AAAA', /damaged/]]) {
    await page.follow(damaged);
    matches((await until(async () => (await page.items()).find(({ label, text }) => label === 'error' && pattern.test(text)), damaged)).text, /could not be used/, damaged);
    equal((await state(page)).race.surface, surface, 'the surface');
    await page.click('Dismiss', 'button');
  }
});

test('links: what is left out of a state comes back, whatever its shape', async (stage) => {
  const page = await stage.page();
  const pairs = [
    [{ version: 1, a: { x: 1, y: 2 } }, { version: 1, a: { x: 1, y: 2 } }, { version: 1 }],
    [{ version: 1, a: { x: 1, y: 3 } }, { version: 1, a: { x: 1, y: 2 } }, { version: 1, a: { '+': { y: 3 } } }],
    [{ version: 1, a: { x: 1 } }, { version: 1, a: { x: 1, y: 2 } }, { version: 1, a: { x: 1 } }],
    [{ version: 1, a: [1, 2] }, { version: 1, a: [1, 2, 3] }, { version: 1, a: [1, 2] }],
    [{ version: 1, a: null, b: { c: { d: 1, e: 2 } } }, { version: 1, a: {}, b: { c: { d: 0, e: 2 } } }, { version: 1, a: null, b: { '+': { c: { '+': { d: 1 } } } } }],
  ];
  for (const [value, base, expected] of pairs) {
    const found = await page.run(async ([v, b]) => {
      const { without, withDefaults } = await import('./links.js');
      return [without(v, b), withDefaults(b, without(v, b))];
    }, [value, base]);
    equal(found, [expected, value], JSON.stringify(value));
  }
});
