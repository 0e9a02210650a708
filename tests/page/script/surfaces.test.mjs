// The scripting interface of the Surfaces workspace, in the browser: catalogs, derivatives and trajectories against the
// golden numbers (made with PyTorch in double precision), the visible race.
// SPDX-License-Identifier: MIT
import { longRace } from '../../bench/surface_frames.mjs';
import { golden } from '../support/fixtures.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

test('surfaces: the catalogs have names, domains, starts, minima and parameters', async (stage) => {
  const page = await stage.page();
  const { surfaces, optimizers } = await page.run(() => ({ surfaces: window.descent.surfaces(), optimizers: window.descent.optimizers() }));
  const names = surfaces.map(({ name }) => name);
  for (const name of ['quadratic', 'rosenbrock', 'himmelblau', 'beale', 'styblinski_tang', 'rastrigin', 'ackley', 'saddle', 'monkey_saddle', 'three_hump_camel', 'booth', 'goldstein_price']) {
    check(names.includes(name), `there is no surface ${name}`);
  }
  for (const { name, formula, domain, start } of surfaces) {
    check(formula.length > 0 && domain.length === 4 && domain[0] < domain[1] && domain[2] < domain[3] && start.length === 2, `surface ${name}`);
  }
  equal(surfaces.find(({ name }) => name === 'himmelblau').minima.length, 4, 'minima of himmelblau');
  const adam = optimizers.find(({ name }) => name === 'adam');
  equal(adam.parameters.map(({ name }) => name).slice(0, 3), ['learning_rate', 'beta1', 'beta2'], 'hyper-parameters of adam');
  equal(adam.needs, 'gradient', 'what adam needs');
  equal(optimizers.find(({ name }) => name === 'newton').needs, 'hessian', 'what newton needs');
  for (const { parameters } of [...surfaces, ...optimizers]) {
    for (const spec of parameters) check(spec.min <= spec.default && spec.default <= spec.max && spec.doc.length > 0, `parameter ${spec.name}`);
  }
});

test('surfaces: derivatives agree with the golden numbers to 1e-12', async (stage, note) => {
  const page = await stage.page();
  const points = Object.entries(golden('derivatives.json')).filter(([, list]) => Array.isArray(list)).flatMap(([name, list]) =>
    list.map((expected) => ({ surface: name === 'styblinski' ? 'styblinski_tang' : name, ...expected })));
  check(points.length >= 15, `only ${points.length} golden points`);
  const models = await page.run((list) => Promise.all(list.map(({ surface, point }) => window.descent.evaluate({ surface, point }))), points);
  const compare = (model, expected, change = 1) => {
    const scale = Math.max(1, ...expected.hessian.flat().map(Math.abs));
    close(model.value * change, expected.value, 1e-12, `${expected.surface}: value`, 1e-12);
    expected.gradient.forEach((g, i) => close(model.gradient[i] * change, g, 1e-12, `${expected.surface}: gradient[${i}]`, 1e-12 * scale));
    expected.hessian.flat().forEach((h, i) => close(model.hessian.flat()[i] * change, h, 1e-12, `${expected.surface}: hessian[${i}]`, 1e-12 * scale));
  };
  models.forEach((model, i) => compare(model, points[i]));
  await mustFail(() => compare(models[0], points[0], 1 + 1e-9), 'derivatives off by 1e-9');
  // Eigenvalues ascending, H v = λ v.
  for (const { hessian, eigenvalues, eigenvectors } of models) {
    check(eigenvalues[0] <= eigenvalues[1], 'eigenvalues ascending');
    eigenvalues.forEach((lambda, k) => [0, 1].forEach((row) => {
      const [x, y] = eigenvectors[k];
      close(hessian[row][0] * x + hessian[row][1] * y, lambda * eigenvectors[k][row], 1e-10, 'H v = λ v', 1e-10 * Math.max(...eigenvalues.map(Math.abs), 1));
    }));
  }
  note(`${points.length} points`);
});

test('surfaces: trajectories agree with PyTorch’s and with the papers’ rules to 1e-9', async (stage, note) => {
  const page = await stage.page();
  const runs = [...golden('optimizers.json').runs, ...golden('optimizers_more.json').runs];
  const compare = (result, run, change = 1) => {
    for (const { step, point, loss } of run.at) {
      const what = `${run.optimizer} on ${run.surface}, step ${step}`;
      const size = Math.max(...point.map(Math.abs), 1e-3);
      point.forEach((p, i) => close(result.points[2 * step + i] * change, p, 1e-9, what, 1e-9 * size));
      close(result.losses[step] * change, loss, 1e-9, `${what}: loss`, 1e-12);
    }
  };
  let last;
  for (const run of runs) {
    const steps = run.at.at(-1).step;
    const result = await page.run(async ({ surface, optimizer, parameters, start, n }) => {
      const { points, losses, status, steps: made } = await window.descent.descend({ surface, optimizer, hyperparameters: parameters, start, steps: n });
      return { points: Array.from(points), losses: Array.from(losses), status, made, kind: points.constructor.name };
    }, { ...run, n: steps });
    equal([result.made, result.points.length, result.losses.length, result.kind], [steps, 2 * (steps + 1), steps + 1, 'Float64Array'], `shape of ${run.optimizer}`);
    compare(result, run);
    last = { result, run };
  }
  await mustFail(() => compare(last.result, last.run, 1 + 1e-7), 'trajectories off by 1e-7');
  note(`${runs.length} trajectories`);
});

test('surfaces: divergence is a status with a sentence and the numbers', async (stage, note) => {
  const page = await stage.page();
  const result = await page.run(async () => {
    const { status, steps, reason, losses } = await window.descent.descend({
      surface: 'quadratic', optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.3 }, start: [1, 1], steps: 5000,
    });
    return { status, steps, reason, finite: losses.every(Number.isFinite), n: losses.length };
  });
  equal([result.status, result.n === result.steps + 1], ['diverged', true], 'status');
  check(result.steps < 5000, 'a diverging run is stopped');
  matches(result.reason, /0\.3/, 'the reason names the learning rate');
  matches(result.reason, /0\.2\b/, 'the reason names the bound 2/λmax = 0.2');
  note(result.reason);
});

test('surfaces: the race configures, plays, steps, goes back exactly and resets', async (stage) => {
  const page = await stage.page();
  const status = await page.run(() => window.descent.race.configure({
    surface: 'quadratic', parameters: { kappa: 7 }, start: [-3, 1], seed: 4, steps_per_second: 200,
    optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.1 } }, { optimizer: 'gradient_descent' }],
  }));
  equal([status.surface, status.parameters.kappa, status.start, status.seed, status.step], ['quadratic', 7, [-3, 1], 4, 0], 'configuration');
  equal(status.optimizers.map(({ optimizer }) => optimizer), ['adam', 'gradient_descent'], 'optimizers');
  equal(status.optimizers[0].hyperparameters.learning_rate, 0.1, 'hyper-parameter');
  const walk = await page.run(async () => {
    const { race } = window.descent;
    const points = (s) => s.optimizers.map(({ point }) => point);
    const ten = await race.step(10);
    const seven = await race.back(3);
    const again = await race.step(3);
    const zero = await race.reset();
    return { steps: [ten.step, seven.step, again.step, zero.step], ten: points(ten), seven: points(seven), again: points(again), zero: points(zero) };
  });
  equal(walk.steps, [10, 7, 10, 0], 'steps');
  equal(walk.again, walk.ten, 'points after going back and forth');
  equal(walk.zero, [[-3, 1], [-3, 1]], 'points after reset');
  await mustFail(() => equal(walk.seven, walk.ten, 'points'), 'equality of points');
  equal((await page.run(() => window.descent.race.play())).playing, true, 'playing');
  await until(() => page.run(() => window.descent.race.status().step > 20), 'steps while playing');
  equal((await page.run(() => window.descent.race.pause())).playing, false, 'paused');
  // The visible race and descend() are the same computation.
  const same = await page.run(async () => {
    await window.descent.race.reset();
    const seen = (await window.descent.race.step(25)).optimizers[0].point;
    const { points } = await window.descent.descend({ surface: 'quadratic', parameters: { kappa: 7 }, start: [-3, 1], optimizer: 'adam', hyperparameters: { learning_rate: 0.1 }, steps: 25 });
    return { seen, computed: Array.from(points.slice(-2)) };
  });
  equal(same.seen, same.computed, 'race and descend');
  page.noErrors();
});

test('surfaces: what a script configures shows in the interface', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', optimizers: [{ optimizer: 'newton' }] }));
  await page.item(/newton/i, undefined);
  const formula = await until(async () => (await page.items()).find(({ label, text }) => label === 'formula' && /11/.test(text ?? '')), 'the formula of himmelblau');
  check(formula.width > 0, 'formula');
  const [{ domain: [x0, x1, y0, y1] }, view] = await page.run(() => [
    window.descent.surfaces().find(({ name }) => name === 'himmelblau'), window.descent.state().view]);
  equal([view.x, view.y], [[x0, x1], [y0, y1]], 'the view shows the new surface');
});

test('surfaces: ten optimizers with 10,000 points each keep the page alive', async (stage) => {
  const page = await longRace(stage, 10000);
  const { recorded, optimizers } = await page.run(() => window.descent.race.status());
  equal([recorded, optimizers.filter((one) => one.recorded === 10000).length], [10000, 10], 'steps, and runs that made all of them');
  await page.run(() => window.descent.ui.frames());
  await page.click('Play', 'button');
  let drawn = 0;
  await until(async () => { drawn += await page.run(() => window.descent.ui.frames().drawn); return drawn >= 10; }, 'ten frames drawn while it plays');
  await page.click('Pause', 'button');
  await until(() => page.run(() => !window.descent.race.status().playing), 'the pause by hand');
  check(await page.run(() => window.descent.race.status().step > 10000), 'steps while it played');
  page.noErrors();
});
