// Surveys, time travel, tuning and the doctor through the scripting interface, in the browser: typed arrays against
// single runs, cancelling, refusals that leave everything as it was.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test } from '../support/test.mjs';

test('surveys: a sweep equals descend at every rate', async (stage, note) => {
  const page = await stage.page();
  const seen = await page.run(async () => {
    const base = { surface: 'himmelblau', start: [1, 2.5] };
    const started = performance.now();
    const sweep = await window.descent.sweep({ ...base, optimizers: ['gradient_descent', { name: 'adam' }, { optimizer: 'lbfgs' }], rates: [1e-3, 1, 25], steps: 60 });
    const took = performance.now() - started;
    const single = [];
    for (const i of [0, 12, 24]) {
      single.push((await window.descent.descend({ ...base, optimizer: 'adam', hyperparameters: { learning_rate: sweep.rates[i] }, steps: 60 })).losses.at(-1));
    }
    const [gd, adam] = sweep.optimizers;
    return { took, single, adam: [0, 12, 24].map((i) => adam.losses[i]), types: [sweep.rates, gd.losses, gd.steps, gd.status].map((array) => array.constructor.name),
      diverged: gd.status.filter((end) => end === 3).length, best: gd.best, stable: gd.stable_at_start, target: sweep.target };
  });
  equal(seen.adam, seen.single, 'losses of adam');
  equal(seen.types, ['Float64Array', 'Float64Array', 'Int32Array', 'Uint8Array'], 'types');
  check(seen.diverged > 0 && seen.best.loss < 1 && seen.stable > 0, `gradient descent: ${JSON.stringify(seen)}`);
  equal(seen.target, 0, 'target');
  note(`3 optimizers × 25 rates × 60 steps in ${seen.took.toFixed(0)} ms`);
  page.noErrors();
});

test('surveys: a heat map and a basin map', async (stage, note) => {
  const page = await stage.page();
  const seen = await page.run(async () => {
    const adam = { surface: 'himmelblau', optimizer: 'adam', hyperparameters: { learning_rate: 0.1 } };
    const heat = await window.descent.heatmap({ ...adam, start: [1, 2.5], x: { name: 'learning_rate', min: 0.01, max: 1, count: 12 }, y: { name: 'beta1', min: 0, max: 0.9, count: 7, log: false }, steps: 50 });
    const at = 3 * 12 + 5;
    const single = await window.descent.descend({ surface: 'himmelblau', start: [1, 2.5], steps: 50, optimizer: 'adam', hyperparameters: { learning_rate: heat.x.values[5], beta1: heat.y.values[3] } });
    const started = performance.now();
    const map = await window.descent.basins({ ...adam, width: 128, height: 128 });
    const took = performance.now() - started;
    const corner = await window.descent.descend({ ...adam, start: [-6, -6], steps: 200 });
    const counts = {};
    for (const basin of map.basins) counts[basin] = (counts[basin] ?? 0) + 1;
    const typed = await window.descent.basins({ expression: 'x^4 - 2*x^2 + y^2', domain: [-2, 2, -2, 2], optimizer: 'momentum', hyperparameters: { learning_rate: 0.02 }, width: 20, height: 20 });
    return { heat: heat.losses[at], single: single.losses.at(-1), size: [heat.losses.length, map.basins.length, map.steps.length], counts, took,
      attractors: map.attractors, corner: [map.attractors[map.basins[0]]?.point, Array.from(corner.points.slice(-2))], types: [map.basins.constructor.name, map.steps.constructor.name],
      typed: typed.attractors.filter(({ minimum }) => minimum).map(({ point }) => point.map(Math.round)) };
  });
  equal(seen.heat, seen.single, 'a cell of the heat map');
  equal(seen.size, [84, 16384, 16384], 'sizes');
  equal(seen.types, ['Uint8Array', 'Int32Array'], 'types');
  equal(seen.attractors.filter(({ known, minimum }) => known && minimum).length, 4, 'minima');
  for (const basin of [0, 1, 2, 3]) check(seen.counts[basin] > 1000, `basin ${basin}: ${seen.counts[basin]} starts`);
  seen.corner[0].forEach((p, i) => close(p, seen.corner[1][i], 0.1, 'the corner ends at its attractor'));
  equal(seen.typed.sort(), [[-1, 0], [1, 0]], 'minima of a typed formula');
  note(`128 × 128 starts × 200 steps in ${seen.took.toFixed(0)} ms`);
});

test('surveys: heat maps over the start and the parameters of a surface or a formula are single runs', async (stage) => {
  const page = await stage.page();
  const found = await page.run(async () => {
    const gd = { optimizer: 'gradient_descent', steps: 10 };
    const cases = [
      [{ ...gd, surface: 'himmelblau', start: [0, 2], x: { name: 'learning_rate', min: 1e-3, max: 0.02, count: 5 }, y: { name: 'start.x', count: 7 } },
        (x, y) => ({ hyperparameters: { learning_rate: x }, start: [y, 2] })],
      [{ ...gd, surface: 'quadratic', start: [-4, 1.5], hyperparameters: { learning_rate: 0.02 }, x: { name: 'surface.kappa', min: 1, max: 50, count: 6 }, y: { name: 'start.y', min: -2, max: 3, count: 4 } },
        (x, y) => ({ parameters: { kappa: x }, start: [-4, y], hyperparameters: { learning_rate: 0.02 } })],
      [{ ...gd, expression: 'a*x^2 + b*y^2', parameters: { a: 1, b: 3 }, start: [2, 1], hyperparameters: { learning_rate: 0.05 }, x: { name: 'surface.a', min: 0.5, max: 4, count: 4 }, y: { name: 'surface.b', min: 0.5, max: 4, count: 3 } },
        (x, y) => ({ parameters: { a: x, b: y }, start: [2, 1], hyperparameters: { learning_rate: 0.05 } })],
    ];
    const results = [];
    for (const [args, single] of cases) {
      const map = await window.descent.heatmap(args);
      const { surface, expression } = args;
      const runs = [];
      for (const y of map.y.values) for (const x of map.x.values) {
        const run = await window.descent.descend({ ...(surface ? { surface } : { expression }), optimizer: 'gradient_descent', steps: 10, ...single(x, y) });
        runs.push(run.losses.at(-1));
      }
      results.push({ cells: [...map.losses], runs, ends: [map.y.min, map.y.max], rows: map.height });
    }
    return results;
  });
  for (const { cells, runs } of found) equal(cells, runs, 'cells');
  equal(found[0].ends, [-6, 6], 'a start runs over the domain');
  await mustFail(async () => equal(found[0].cells, [...found[0].runs.slice(1), 0], 'cells'), "a neighbour's");
  page.noErrors();
});

test('surveys: the next call and an AbortSignal cancel; refusals name the argument', async (stage) => {
  const page = await stage.page();
  const long = { surface: 'himmelblau', optimizer: 'adam', width: 2048, height: 2048, steps: 2000 };
  const replaced = await page.run(async (args) => {
    const first = window.descent.basins(args).then(() => 'done', (error) => error.message);
    const second = await window.descent.basins({ ...args, width: 16, height: 16, steps: 10 });
    return [await first, second.basins.length];
  }, long);
  matches(replaced[0], /basins: cancelled: the next call/, 'the first call');
  equal(replaced[1], 256, 'the second call');
  const aborted = await page.run(async (args) => {
    const controller = new AbortController();
    const run = window.descent.basins({ ...args, signal: controller.signal }).then(() => 'done', (error) => error.message);
    await window.descent.evaluate({ surface: 'booth', point: [0, 0] });  // by then it is under way
    controller.abort();
    const first = await run;
    const late = await window.descent.basins({ ...args, signal: controller.signal }).then(() => 'done', (error) => error.message);
    return [first, late];
  }, long);
  for (const message of aborted) matches(message, /^basins: cancelled/, 'an aborted call');
  const refusals = [
    ['sweep({rates: [1, 2]})', /rates/],
    ['sweep({optimizers: ["sgdd"]})', /sgdd.*gradient_descent/s],
    ['sweep({steps: NaN})', /steps is NaN/],
    ['sweep({expression: "x +"})', /sweep|column|end/],
    ['sweep(7)', /7/],
    ['heatmap({optimizer: "adam"})', /x is missing/],
    ['heatmap({optimizer: "adam", x: {name: "beta1"}, y: {name: "beta1"}})', /two different/],
    ['heatmap({optimizer: "adam", x: {name: "momentum"}, y: {name: "beta1"}})', /momentum.*beta1/s],
    ['heatmap({surface: "beale", optimizer: "adam", x: {name: "start.z"}, y: {name: "beta1"}})', /x: there is no coordinate 'start\.z'; they are start\.x and start\.y/],
    ['heatmap({surface: "beale", optimizer: "adam", x: {name: "beta1"}, y: {name: "surface.kappa"}})', /y: beale has no parameter 'surface\.kappa'/],
    ['heatmap({optimizer: "adam", x: {name: "beta1"}, y: {name: "start.x", min: 3, max: -3}})', /y: start\.x runs from 3 to -3; it must ascend/],
    ['heatmap({optimizer: "adam", x: {name: "beta1"}, y: {name: "start.x", min: -3, max: 3, log: true}})', /y: start\.x.*logarithmic/],
    ['heatmap({optimizer: "adam", x: {name: "start.y"}, y: {name: "start.y"}})', /x and y are both start\.y/],
    ['basins({})', /optimizer is missing/],
    ['basins({optimizer: "adam", width: 1e6})', /width.*2048/s],
    ['basins({optimizer: "adam", signal: 3})', /signal is 3.*AbortSignal/s],
    ['race.seek(-1)', /step is -1/],
    ['race.seek(100000)', /record goes from 0/],
    ['race.branch({runner: 0})', /step is missing/],
    ['race.branch({runner: 40, step: 0})', /runner/],
    ['race.take_advice(0)', /nothing is wrong/],
    ['race.tune({budget: 0})', /budget is 0/],
  ];
  await page.run(() => window.descent.race.configure({ surface: 'quadratic', optimizers: [{ optimizer: 'adam' }] }));
  const state = await page.run(() => window.descent.state());
  for (const [call, pattern] of refusals) matches(await page.refusal(`async () => { await window.descent.${call}; }`), pattern, call);
  equal(await page.run(() => window.descent.state()), state, 'state after all refusals');
  await mustFail(() => page.refusal('async () => { await window.descent.race.seek(0); }'), 'refusal of a good call');
});

test('surveys: seeking, branching, tuning and the doctor in the visible race', async (stage) => {
  const page = await stage.page();
  const seen = await page.run(async () => {
    const { race } = window.descent;
    await race.configure({ surface: 'quadratic', parameters: { kappa: 10 }, start: [-4, 1.5], optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.3 } }, { optimizer: 'adam', schedule: 'cosine' }], noise: 0, schedule_steps: 100, budget: 90 });
    const end = await race.step(200);
    const middle = await race.seek(10);
    const branched = await race.branch({ runner: 0, step: 10, hyperparameters: { learning_rate: 0.1 } });
    const again = await race.step(200);
    const healed = await race.take_advice(0);
    const tuning = await race.tune({ budget: 50 });
    const tuned = race.status();
    return { end, middle, branched, again, healed, tuning, tuned };
  });
  const [gd, adam] = seen.end.optimizers;
  equal([gd.status, gd.diagnosis.kind, gd.diagnosis.since_step], ['diverged', 'diverged', 1], 'gradient descent');
  matches(gd.diagnosis.sentence, /0\.3 is above 2 \/ λmax = 0\.2 since step 1/, 'sentence');
  matches(adam.reason, /budget of 90 gradient evaluations used/, 'adam');
  equal([seen.middle.step, seen.middle.recorded, seen.middle.optimizers[0].status], [10, 90, 'running'], 'after seeking');
  equal(seen.branched.optimizers.map(({ slot }) => slot), [0, 1, 2], 'slots');
  equal(seen.branched.optimizers[2].branch_of, 0, 'parent');
  equal(seen.again.optimizers[0].reason, gd.reason, 'the record was replayed');
  check(seen.again.optimizers[2].loss < 1e-3, `the branch ends at ${seen.again.optimizers[2].loss}`);
  check(seen.healed.optimizers[0].loss < 1e-3, `after advice the run ends at ${seen.healed.optimizers[0].loss}`);
  close(seen.tuning.optimizers[0].learning_rate, 2 / 11, 0.15, 'tuned rate of gradient descent');
  equal(seen.tuned.optimizers.map(({ hyperparameters }) => hyperparameters.learning_rate), seen.tuning.optimizers.map(({ learning_rate }) => learning_rate), 'rates of the race');
  equal(seen.tuned.tuning.gradient_evaluations, seen.tuning.gradient_evaluations, 'cost');
  page.noErrors();
});
