// The strip's tabs Rates and Map and the view Basins, by mouse and finger: against the same surveys asked for by script.
// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';

import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const rateOf = (page, runner) => page.run((i) => window.descent.state().race.optimizers[i].hyperparameters.learning_rate, runner);

// A plot whose figures are all there.
const complete = (page, label, seconds = 20) => until(async () => {
  const item = (await page.items()).find((one) => one.label === label && one.role === 'plot');
  return item?.text === 'complete' && item;
}, `${label} complete`, seconds);

async function himmelblau(page, rest = {}) {
  await page.run((more) => window.descent.apply({ ...window.descent.state(), survey: { steps: 200 }, ...more, race: { surface: 'himmelblau', start: [1, 2.5], optimizers: [
    { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.01 } },
    { optimizer: 'adam', hyperparameters: { learning_rate: 0.1 } },
  ] } }), rest);
}

test('rates: the tab shows each best rate; a click takes it over', async (stage, note) => {
  const page = await stage.page();
  await himmelblau(page);
  await page.click('Rates', 'tab');
  await complete(page, 'rates');
  const best = await page.run(async () => {
    const sweep = await window.descent.sweep({ surface: 'himmelblau', start: [1, 2.5], optimizers: ['gradient_descent', 'adam'], rates: [1e-5, 10, 121], steps: 200 });
    return sweep.optimizers.map((one) => one.best.learning_rate);
  });
  const shown = await page.item('gradient_descent best rate', 'button');
  close(shown.value, best[0], 0.01, 'best rate of gradient descent');
  close((await page.item('adam best rate', 'button')).value, best[1], 0.01, 'best rate of Adam');
  await mustFail(async () => close(shown.value, best[1], 0.01, 'rate'), "the other's rate");
  await page.clickAt(page.center(shown));
  await until(async () => (await rateOf(page, 0)) === shown.value, 'the rate in the race');
  const started = performance.now();
  await page.run(() => window.descent.apply({ version: 1, race: { ...window.descent.state().race, start: [-2, 1] } }));
  await until(async () => (await page.item('rates', 'plot')).text !== 'complete' || performance.now() - started > 300, 'a new sweep');
  await complete(page, 'rates');
  note(`a new start redraws 2 × 121 rates × 200 steps within ${(performance.now() - started).toFixed(0)} ms`);
  page.noErrors();
});

test('rates: dragging along the plot moves the learning rate to the pointer', async (stage) => {
  const page = await stage.page();
  await himmelblau(page, { view: { tab: 'rates', tall: true, selected: 1 } });
  const plot = await complete(page, 'rates');
  const to = page.center(plot, 0.6, 0.9);
  await page.drag([page.center(plot, 0.3, 0.9), page.center(plot, 0.45, 0.9), to]);
  const rate = await until(async () => { const now = await rateOf(page, 1); return now !== 0.1 && now; }, 'another rate');
  const mark = page.center(await page.item('adam rate', 'mark'));
  close(mark.x, to.x, 0, 'the mark stands at the pointer', 2.5);
  equal(await rateOf(page, 0), 0.01, "the other's rate");
  check(rate > 1e-5 && rate < 10, `rate ${rate}`);
  await mustFail(async () => close(mark.x, to.x + 60, 0, 'mark', 2.5), 'another place');
  page.noErrors();
});

test('rates: steps to the tolerance, and bad numbers of steps', async (stage) => {
  const page = await stage.page();
  await himmelblau(page, { view: { tab: 'rates' } });
  await page.click('Steps', 'tab');
  await until(async () => (await page.run(() => window.descent.state().survey.measure)) === 'steps', 'the measure in the state');
  const message = await page.refusal((survey) => window.descent.apply({ version: 1, survey }), { steps: -1 });
  matches(message, /survey\.steps/, 'the refusal names the argument');
  equal(await page.run(() => window.descent.state().survey.steps), 200, 'steps');
  page.noErrors();
});

test('map: two hyper-parameters; the best pair by a click, any pair by dragging', async (stage, note) => {
  const page = await stage.page();
  await himmelblau(page, { view: { selected: 1 }, survey: { across: 'learning_rate', upwards: 'beta1' } });
  const started = performance.now();
  await page.click('Map', 'tab');
  const map = await complete(page, 'map', 40);
  note(`128 × 128 pairs × 200 steps within ${(performance.now() - started).toFixed(0)} ms`);
  await page.click(/^Best: /, 'button');
  const chosen = await until(async () => { const now = await rateOf(page, 1); return now !== 0.1 && now; }, 'another rate');
  const seen = await page.run(async () => {
    const { learning_rate, beta1 } = window.descent.state().race.optimizers[1].hyperparameters;
    const at = async (values) => (await window.descent.descend({ surface: 'himmelblau', start: [1, 2.5], optimizer: 'adam', hyperparameters: values, steps: 200 })).losses.at(-1);
    return { best: await at({ learning_rate, beta1 }), before: await at({ learning_rate: 0.1 }) };
  });
  check(seen.best < 1e-6 && seen.best <= seen.before, `f ${seen.best} at rate ${chosen}, ${seen.before} before`);
  const to = page.center(map, 0.25, 0.25);
  await page.drag([page.center(map, 0.5, 0.5), to]);
  const mark = page.center(await page.item('adam pair', 'mark'));
  close(mark.x, to.x, 0, 'x of the mark', 2.5);
  close(mark.y, to.y, 0, 'y of the mark', 2.5);
  equal(await page.run(() => window.descent.state().race.optimizers[1].hyperparameters.beta2), 0.999, 'what the map does not show');
  page.noErrors();
});

test('map: of gradient descent over learning rate and start; of a formula over its own numbers', async (stage) => {
  const page = await stage.page();
  await himmelblau(page, { view: { tab: 'map' } });
  const map = await complete(page, 'map', 40);
  const race = () => page.run(() => window.descent.state().race);
  const to = page.center(map, 0.5, 0.25);
  await page.drag([page.center(map, 0.4, 0.5), to]);
  const { start, optimizers: [gd] } = await until(async () => { const now = await race(); return now.start[0] !== 1 && now; }, 'another start');
  close(start[0], 3, 0, 'a quarter from above, of -6 to 6', 0.15);
  equal(start[1], 2.5, 'what the map does not show');
  close(Math.log10(gd.hyperparameters.learning_rate), -2, 0, 'half of 1e-5 to 10', 0.05);
  const mark = page.center(await page.item('gradient_descent pair', 'mark'));
  close(mark.y, to.y, 0, 'the mark stands at the pointer', 2.5);
  const [download] = await Promise.all([page.tab.waitForEvent('download'), page.click('Map CSV', 'button')]);
  matches((await readFile(await download.path(), 'utf8')).split('\r\n')[0], /^learning_rate,start\.x,loss,end$/, 'head of the table');
  await page.run(() => window.descent.race.configure({ expression: 'a*x^2 + b*y^2', parameters: { a: 2, b: 0.5 }, start: [2, 1], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.1 } }] }));
  for (const [axis, option] of [['map across', '→ surface a'], ['map upwards', '↑ surface b']]) {
    await page.click(axis, 'combo');
    await page.click(option, 'option');
  }
  const { survey, fragment } = await page.run(async () => {
    const state = window.descent.state();
    return { survey: state.survey, fragment: await (await import('./links.js')).encodeState(state) };
  });
  equal([survey.across, survey.upwards], ['surface.a', 'surface.b'], 'in the state');
  const other = await stage.page();
  await other.follow(fragment);
  const shown = await complete(other, 'map', 40);
  await other.clickAt(other.center(shown, 0.75, 0.5));
  const { parameters } = await until(async () => { const now = await other.run(() => window.descent.state().race); return now.parameters.a !== 2 && now; }, 'another a');
  close(parameters.a, 5, 0, 'three quarters of -10 to 10', 0.2);
  close(parameters.b, 0, 0, 'the middle', 0.2);
  await mustFail(async () => close(parameters.a, 2, 0, 'a', 0.2), 'a as it was');
  other.noErrors();
  page.noErrors();
});

test('basins: shares as by script, a slow optimizer reaches nothing, the state travels', async (stage, note) => {
  const page = await stage.page();
  await himmelblau(page, { view: { selected: 1 } });
  const started = performance.now();
  await page.click('Basins', 'tab');
  const legend = () => page.items().then((items) => items.filter(({ role }) => role === 'legend'));
  await until(async () => (await page.item('hint', 'text')).text === 'Adam, 200 steps from every start', 'all of them');
  const shown = (await legend()).filter(({ label }) => label.startsWith('minimum'));
  note(`all starts in sight × 200 steps within ${(performance.now() - started).toFixed(0)} ms`);
  // The picture is wider than the domain, which is a square.
  const { width, height } = await page.item('surface view', 'canvas');
  const scripted = await page.run(async (aspect) => {
    const { x, y } = window.descent.state().view;
    const domain = [x[0] * aspect, x[1] * aspect, ...y];
    const map = await window.descent.basins({ surface: 'himmelblau', optimizer: 'adam', hyperparameters: { learning_rate: 0.1 }, domain, radius: 0.12, width: 200, height: 100 });
    return map.attractors.filter(({ known }) => known).map(({ point }, i) => [point[0], map.basins.filter((basin) => basin === i).length / map.basins.length]);
  }, width / height);
  equal(shown.length, 4, 'minima');
  const share = (px) => shown.find(({ label }) => Math.abs(Number(label.match(/\(([^,]+),/)[1].replace('−', '-')) - px) < 0.01)?.value;
  for (const [px, part] of scripted) close(share(px), part, 0, `share of the minimum at x = ${px}`, 0.01);
  await mustFail(async () => close(share(scripted[0][0]), scripted[0][1] + 0.03, 0, 'share', 0.01), 'another share');
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [1, 2.5], optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 1e-5 } }] }));
  await until(async () => (await legend()).some(({ label, value }) => label === 'still moving' && value > 0.95), 'nothing arrives');
  equal(await page.run(() => window.descent.state().view.basins), true, 'in the state');
  await page.click('Contour', 'tab');
  await until(async () => (await legend()).length === 0, 'the legend is gone');
  page.noErrors();
});

test('tabs: Rates, Map and Basins by finger on a small screen', async (stage) => {
  const page = await stage.page(kPhone);
  await himmelblau(page);
  await page.tap('Rates', 'tab');
  const plot = await complete(page, 'rates', 40);
  equal((await page.items()).filter(({ label }) => label === 'rates').length, 1, 'items of the plot');
  check(plot.x >= 0 && plot.x + plot.width <= 390, `the plot from ${plot.x} to ${plot.x + plot.width}`);
  await page.tap('Map', 'tab');
  const map = await complete(page, 'map', 40);
  check(map.x >= 0 && map.x + map.width <= 390, `the map from ${map.x} to ${map.x + map.width}`);
  await page.tap('Basins', 'tab');
  const legend = await until(async () => (await page.items()).filter(({ role }) => role === 'legend').length > 1
    && (await page.items()).filter(({ role }) => role === 'legend'), 'a legend', 40);
  for (const { label, x, width } of legend) check(x + width <= 390, `'${label}' ends at ${x + width}`);
  page.noErrors();
});
