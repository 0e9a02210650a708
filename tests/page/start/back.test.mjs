// The browser's Back and Forward go through scenes and followed links, each as it was left.
// SPDX-License-Identifier: MIT
import { raceUntil } from '../support/race.mjs';
import { check, equal, mustFail, test, until } from '../support/test.mjs';

const scene = (page) => page.run(() => window.descent.state().scene);
const facts = (page) => page.run(() => {
  const { theme: _, ...state } = window.descent.state();
  const { step, optimizers } = window.descent.race.status();
  return { state, step, ends: optimizers.map(({ recorded, point, loss }) => [recorded, point, loss]) };
});

async function choose(page, name) {
  await page.click('Scenes', 'button');
  const { title } = (await page.run(() => window.descent.scenes())).find((one) => one.name === name);
  await page.click(title, 'option');
  await until(async () => (await scene(page)) === name, `the scene ${name}`);
  await page.run(() => window.descent.race.pause());
  await until(async () => (await page.tab.title()).startsWith(title), `the title ${title}`);
}

test('back: through two scenes to the page as it was before, its race included, and forward again', async (stage) => {
  const page = await stage.newPage();
  await page.run(async () => {
    await window.descent.race.configure({ surface: 'beale' });
    await window.descent.race.step(25);
  });
  await page.settled();
  const address = page.tab.url();
  const title = await page.tab.title();
  const before = await facts(page);
  await choose(page, 'ravine');
  await page.run(() => window.descent.race.step(3));
  await page.settled();
  const ravine = await facts(page);
  await choose(page, 'saddle');
  await mustFail(async () => equal(await facts(page), ravine, 'the page'), 'equality of pages');
  await page.run(() => window.history.back());
  await until(async () => (await scene(page)) === 'ravine', 'the scene before');
  await page.settled();
  equal(await facts(page), ravine, 'the scene before, as it was left');
  await page.run(() => window.history.back());
  await raceUntil(page, ({ surface }) => surface === 'beale', 'the race from before the scenes');
  await page.settled();
  equal(await facts(page), before, 'the page from before the scenes');
  equal([page.tab.url(), await page.tab.title()], [address, title], 'address and title');
  await page.run(() => window.history.forward());
  await until(async () => (await scene(page)) === 'ravine', 'the scene again');
  await page.settled();
  equal(await facts(page), ravine, 'the scene, as it was left');
  page.noErrors();
});

test('back: a followed link is a place, too; the same scene again is none', async (stage) => {
  const page = await stage.newPage();
  await page.run(() => window.descent.race.configure({ surface: 'booth' }));
  await page.settled();
  await page.follow('#scene=ravine');
  await until(async () => (await scene(page)) === 'ravine', 'the link');
  await page.run(() => window.descent.race.pause());
  await page.settled();
  const places = await page.run(() => window.history.length);
  await page.click('Scene again', 'button');
  await page.settled();
  equal(await page.run(() => window.history.length), places, 'places in the history');
  await page.run(() => window.history.back());
  await raceUntil(page, ({ surface }) => surface === 'booth', 'the race from before the link');
  equal(await scene(page), 'none', 'scene');
  check(!(await page.tab.title()).includes('ravine'), 'the title');
  page.noErrors();
});
