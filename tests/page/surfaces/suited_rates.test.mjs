// Choosing a surface and writing a formula set rates that suit it, say so, and take it back; what a person has set is kept, and
// scripts keep what they give.
// SPDX-License-Identifier: MIT
import { race, raceUntil } from '../support/race.mjs';
import { clickInRail } from '../support/rail.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const rates = ({ optimizers }) => optimizers.map(({ hyperparameters }) => hyperparameters.learning_rate);
const kFirst = [0.001, 0.0005, 0.02];

async function choose(page, title) {
  await page.click('Surface', 'combo');
  await page.clickAt(page.center(await page.item(title, 'option')));
}

// It stands at the head of the list, which opens at the surface that is chosen.
async function chooseFormula(page) {
  await page.click('Surface', 'combo');
  const { x, y } = page.center(await page.item(/Booth/, 'option'));
  await page.tab.mouse.move(x, y);
  await page.tab.mouse.wheel(0, -4000);
  await page.clickAt(page.center(await page.item(/Your formula/, 'option')));
}

test('suited rates: a surface from the menu gets its rates, which are named and can be taken back', async (stage, note) => {
  const page = await stage.page();
  equal(rates(await race(page)), kFirst, 'to begin with');
  await choose(page, /Beale/);
  const tuned = await raceUntil(page, ({ surface, tuning }) => surface === 'beale' && tuning !== null, 'tuning');
  check(rates(tuned).every((rate, i) => rate > 1.5 * kFirst[i]), `${rates(tuned)}`);
  check(tuned.tuning.gradient_evaluations <= 40000, 'the stated budget');
  const said = await page.item('suited rates', 'text');
  matches(said.text, /^Learning rates tuned for this surface with [\d,]+ gradients\.$/, 'what is said');
  note(said.text);
  const after = await page.run(() => window.descent.race.step(200));
  check(after.optimizers.every(({ loss, status }) => loss < 0.01 && status !== 'diverged'), 'every run comes down');
  await clickInRail(page, 'Undo tuning', 'button');
  const back = await raceUntil(page, ({ tuning }) => tuning === null, 'taken back');
  equal([rates(back), back.surface, back.step], [kFirst, 'beale', 0], 'the former rates');
  await mustFail(() => page.item('suited rates', 'text', { seconds: 0.5 }), 'a line about it');
  page.noErrors();
});

test('suited rates: a rate set by hand stays when surface and formula change', async (stage) => {
  const page = await stage.page();
  const slider = await page.item('gradient descent learning rate', 'slider');
  await page.clickAt(page.center(slider, 0.3));
  const [own] = rates(await raceUntil(page, (status) => rates(status)[0] !== kFirst[0], 'a rate by hand'));
  await choose(page, /Booth/);
  const booth = await raceUntil(page, ({ surface }) => surface === 'booth', 'the surface');
  equal(rates(booth)[0], own, 'kept');
  check(rates(booth)[1] > 0.001, 'tuned');
  await chooseFormula(page);
  await raceUntil(page, ({ surface }) => surface === 'expression', 'a formula');
  await page.settled();
  await page.fill('Formula', '2000*(x^2 + y^2)');
  const steep = await raceUntil(page, (status) => rates(status)[1] < 0.001, 'rates of the formula');
  equal(rates(steep)[0], own, 'still kept');
});

test('suited rates: scripts keep what they give', async (stage) => {
  const page = await stage.page();
  const given = await page.run(() => window.descent.race.configure({ surface: 'beale' }));
  equal([rates(given), given.tuning], [kFirst, null], 'configure');
  await page.run(() => window.descent.apply({ version: 1, race: { surface: 'booth' } }));
  await until(async () => (await race(page)).surface === 'booth', 'apply');
  equal([rates(await race(page)), (await race(page)).tuning], [kFirst, null], 'apply');
});
