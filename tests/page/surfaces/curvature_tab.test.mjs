// The strip's tab Curvature: a run's error along the Hessian's axes, measured and predicted, as numbers and as curves.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const shown = async (page, label) => (await page.items()).find((item) => item.label === label);

async function axesOf(page, race, steps) {
  await page.run(([given, n]) => window.descent.apply({ version: 1, race: given, view: { tab: 'curvature', selected: 0 } })
    .then(() => window.descent.race.step(n)), [race, steps]);
  await page.settled();
  return until(async () => {
    const items = (await page.items()).filter(({ label }) => /^(axis \d |curvature )/.test(label));
    return items.length > 0 && Object.fromEntries(items.map(({ label, value, text }) => [label, { value, text }]));
  }, 'what the tab says');
}

const one = (optimizer, learning_rate) => [{ optimizer, hyperparameters: { learning_rate } }];

test('curvature: on a bowl the error along each axis is what (1 − ηλ)^t says', async (stage) => {
  const page = await stage.page();
  const found = await axesOf(page, { surface: 'quadratic', start: [-4, 1.5], optimizers: one('gradient_descent', 0.15) }, 10);
  for (const [axis, curvature, start] of [[1, 1, 4], [2, 10, 1.5]]) {
    const factor = 1 - 0.15 * curvature;
    const error = start * Math.abs(factor) ** 10;
    close(found[`axis ${axis} curvature`].value, curvature, 1e-14, 'curvature');
    close(found[`axis ${axis} factor`].value, factor, 1e-14, 'factor');
    close(found[`axis ${axis} error`].value, error, 1e-12, 'error');
    close(found[`axis ${axis} predicted`].value, error, 1e-12, 'predicted');
  }
  matches(found['curvature run'].text, /^e = w − w\* of Gradient descent, η = 0\.15$/, 'the run');
  equal(found['curvature place'].text, 'w* is the minimum at (0, 0).', 'w*');
  matches(found['curvature law'].text, /exact on a quadratic; elsewhere it holds near the minimum/, 'the law');
  equal((await page.item('error by axis', 'plot')).value, 44, 'points of the four curves');
  await mustFail(async () => close(found['axis 1 error'].value, found['axis 2 error'].value, 1e-12, 'error'), 'the other axis');
  page.noErrors();
});

test('curvature: other methods, a saddle, and the symbol w that opens it', async (stage) => {
  const page = await stage.page();
  await page.click('w', 'button');
  equal(await page.run(() => window.descent.state().view.tab), 'curvature', 'the tab that w opens');
  const adam = await axesOf(page, { surface: 'himmelblau', start: [1, 2.5], optimizers: one('adam', 0.1) }, 20);
  matches(adam['curvature law'].text, /the law of gradient descent\. Adam has none/, 'Adam');
  equal([adam['axis 1 predicted'], adam['axis 1 error'].value > 0], [undefined, true], 'nothing is predicted');
  matches(adam['curvature place'].text, /^w\* is the minimum at \(3, 2\)\.$/, 'the minimum nearest to the run');
  const saddle = await axesOf(page, { surface: 'saddle', optimizers: one('gradient_descent', 0.05) }, 5);
  matches(saddle['curvature place'].text, /saddle/, 'a surface without a minimum');
  check(saddle['axis 1 factor'].value > 1 && saddle['axis 2 factor'].value < 1, 'one axis leads away');
  close(saddle['axis 1 predicted'].value, saddle['axis 1 error'].value, 1e-12, 'predicted');
  await page.run(() => window.descent.apply({ version: 1, race: { optimizers: [] } }));
  matches((await until(() => shown(page, 'curvature state'), 'a sentence')).text, /^Add an optimizer/, 'without a run');
  page.noErrors();
});
