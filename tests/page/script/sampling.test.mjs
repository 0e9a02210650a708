// descent.sample(): Langevin chains in the browser against what is known exactly of a quadratic and a double well, on
// built-in surfaces and typed formulas; refusals in sentences. And the bounds that the race's status carries.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test } from '../support/test.mjs';

const sample = (page, args) => page.run(async (request) => {
  const result = await window.descent.sample(request);
  return { ...result, histogram: Array.from(result.histogram), exact: Array.from(result.exact), points: Array.from(result.points) };
}, args);

const sum = (values) => values.reduce((total, value) => total + value, 0);

// Variance of the column's coordinate under cell probabilities. A cell counts at its middle, which adds the variance within
// a cell, width² / 12, to that of the density (Sheppard's correction takes it away).
function varianceAlongX({ bins, domain: [x0, x1] }, cells) {
  const width = (x1 - x0) / bins;
  return sum(cells.map((p, i) => p * (x0 + ((i % bins) + 0.5) * width) ** 2)) - width ** 2 / 12;
}

test('sampling: the histogram of a bowl is the normal distribution, and the divergence falls', async (stage, note) => {
  const page = await stage.page();
  const result = await sample(page, {
    surface: 'quadratic', parameters: { kappa: 4 }, temperature: 0.5, learning_rate: 0.1, method: 'mala', chains: 100, steps: 4000, burn_in: 200, bins: 32, seed: 3,
  });
  equal(result.histogram.length, 32 * 32, 'cells');
  equal(result.points.length, 200, 'coordinates of the chains');
  close(sum(result.histogram), 1, 1e-12, 'the histogram sums to 1');
  close(sum(result.exact), 1, 1e-12, 'the density sums to 1');
  equal(result.samples + result.outside, 100 * 3800, 'visits');
  close(varianceAlongX(result, result.exact), 0.5, 0.01, 'variance of the density');
  close(varianceAlongX(result, result.histogram), 0.5, 0.03, 'variance of the histogram');
  await mustFail(() => close(varianceAlongX(result, result.histogram) * 1.1, 0.5, 0.03, 'variance'), 'a variance that is 10 % off');
  check(result.acceptance > 0.8 && result.acceptance < 1, `acceptance ${result.acceptance}`);
  check(result.kl > 0 && result.kl < 0.01, `KL ${result.kl}`);
  const { kl } = result.history;
  check(kl.length > 20 && kl.at(-1) < 0.2 * kl[5], `KL from ${kl[5]} to ${kl.at(-1)}`);
  note(`KL ${result.kl.toPrecision(3)}, of independent draws ${result.kl_bias.toPrecision(3)}`);
});

test('sampling: formulas too; the same seed gives the same numbers', async (stage) => {
  const page = await stage.page();
  const args = { expression: 'h*(x^2 - 1)^2 + y^2/2', parameters: { h: 1 }, domain: [-2, 2, -2, 2], temperature: 0.5, learning_rate: 0.05, steps: 300, start: [-1, 0], bins: 16 };
  const [formula, builtIn] = [await sample(page, args), await sample(page, { ...args, expression: undefined, domain: undefined, surface: 'double_well', parameters: {} })];
  formula.points.forEach((p, i) => close(p, builtIn.points[i], 1e-9, 'where the chains end', 1e-9));
  formula.exact.forEach((p, i) => close(p, builtIn.exact[i], 1e-12, 'density', 1e-15));
  equal((await sample(page, args)).points, formula.points, 'the same seed again');
  const cold = await sample(page, { surface: 'booth', temperature: 0, learning_rate: 0.05, steps: 400, chains: 1 });
  equal(cold.kl, null, 'no divergence at temperature 0');
  [1, 3].forEach((x, i) => close(cold.points[i], x, 1e-9, 'gradient descent ends in the minimum'));
});

test('sampling: refusals say which argument was wrong', async (stage) => {
  const page = await stage.page();
  for (const [args, pattern] of [
    [{ surface: 'booth', steps: 10 }, /temperature is missing/],
    [{ surface: 'booth', temperature: 1 }, /steps is missing/],
    [{ surface: 'booth', temperature: -1, steps: 10 }, /temperature is -1/],
    [{ surface: 'booth', temperature: 1, steps: 1.5 }, /steps is 1.5/],
    [{ surface: 'booth', temperature: 1, steps: 10, method: 'gibbs' }, /method .*ula.*mala/],
    [{ surface: 'booth', temperature: 1, steps: 50000000 }, /chains times steps/],
    [{ surface: 'booth', temperature: 1, steps: 10, heat: 3 }, /heat/],
    [{ temperature: 1, steps: 10 }, /surface/],
  ]) {
    const message = await page.run((request) => window.descent.sample(request).then(() => 'accepted', (error) => error.message), args);
    matches(message, pattern, JSON.stringify(args));
  }
});

test('sampling: the race says the bound from the optimizer’s memory, the optimum and the kind of point', async (stage) => {
  const page = await stage.page();
  const status = await page.run(async () => {
    await window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 9 }, start: [-4, 1.5], optimizers: [{ optimizer: 'momentum' }, { optimizer: 'adam' }, { optimizer: 'lion' }] });
    return window.descent.race.step(3);
  });
  const [momentum, adam, lion] = status.optimizers;
  close(momentum.stability.learning_rate, 2 * 1.9 / 9, 1e-12, 'heavy ball');
  equal(momentum.stability.approximate, false, 'exact on a quadratic');
  close(momentum.stability.optimum.learning_rate, 0.25, 1e-12, 'the optimal rate');
  close(momentum.stability.optimum.momentum, 0.25, 1e-12, 'the optimal momentum');
  equal(adam.stability.approximate, true, 'Adam’s bound is approximate');
  matches(adam.stability.preconditioner, /^P = /, 'what P is');
  check(adam.stability.learning_rate > 1, `Adam's bound ${adam.stability.learning_rate}`);
  equal(lion.stability, null, 'no bound where steps cannot grow');
  equal(momentum.kind, 'slope', 'kind of point');
  const { kind, newton_step: step } = await page.run(() => window.descent.evaluate({ surface: 'himmelblau', point: [3, 2] }));
  equal(kind, 'minimum', 'kind of a minimum');
  step.forEach((component) => close(component, 0, 0, 'Newton’s step from a minimum', 1e-12));
});
