// Formulas of one's own in the browser: derivatives, refusals with their column, the graph of the gradient, trajectories
// beside the built-in surface, the visible race, and the share link.
// SPDX-License-Identifier: MIT
import { check, close, equal, mustFail, test, until } from '../support/test.mjs';

const kHimmelblau = '(x^2 + y - 11)^2 + (x + y^2 - 7)^2';

test('expression: values, gradients and Hessians of typed formulas', async (stage) => {
  const page = await stage.page();
  const [bowl, typed, built_in, hole] = await page.run((himmelblau) => Promise.all([
    window.descent.evaluate({ expression: 'a·x² − b*sin(pi*y)', parameters: { a: 3, b: 2 }, point: [2, 0.5] }),
    window.descent.evaluate({ expression: himmelblau, point: [1.25, -0.75] }),
    window.descent.evaluate({ surface: 'himmelblau', point: [1.25, -0.75] }),
    window.descent.evaluate({ expression: 'log(x)', point: [-1, 0] }),
  ]), kHimmelblau);
  equal(bowl.value, 10, 'value');
  close(bowl.gradient[0], 12, 1e-14, 'gradient[0]');
  close(bowl.gradient[1], 0, 0, 'gradient[1]', 1e-14);
  close(bowl.hessian[1][1], 2 * Math.PI ** 2, 1e-14, 'hessian[1][1]');
  equal([typed.value, typed.gradient, typed.hessian], [built_in.value, built_in.gradient, built_in.hessian], 'typed and built in');
  equal([hole.value, hole.gradient], [null, [null, null]], 'a hole');
});

test('expression: what a formula holds, and where one is refused', async (stage) => {
  const page = await stage.page();
  const info = await page.run(() => window.descent.expression({ expression: 'k*abs(x - 1) + relu(y) + sqrt(x^2 + 1)', point: [1, 2] }));
  equal(info.parameters.map(({ name, default: value }) => [name, value]), [['k', 1]], 'parameters');
  equal(info.nonsmooth.map((kink) => [kink.function, kink.here]), [['abs', true], ['relu', false]], 'non-smooth functions');
  const refused = (text) => page.run((formula) => window.descent.expression(formula).then(() => null, ({ message, column }) => ({ message, column })), text);
  for (const [text, column] of [['x +', 4], ['(x + y', 7], ['x 3', 3], ['x + y)', 6], ['foo(x)', 1], ['x $ y', 3], ['x² + ', 6]]) {
    const refusal = await refused(text);
    check(refusal !== null, `'${text}' was accepted`);
    equal(refusal.column, column, `column of '${text}': ${refusal.message}`);
    check(refusal.message.includes(`column ${column}: `), `message of '${text}': ${refusal.message}`);
  }
  equal(await refused('x + y'), null, 'a good formula');
  equal(await page.run(() => window.descent.evaluate({ surface: 'x', point: [0, 0] }).catch((error) => 'column' in error)), false, 'column of another error');
});

test('expression: the graph of the gradient, three ways to it, for every surface with a formula', async (stage, note) => {
  const page = await stage.page();
  const graphs = await page.run(async () => {
    const known = window.descent.surfaces().filter(({ expression }) => expression !== '');
    return Promise.all(known.map(async ({ name, start }) => {
      const [graph, model] = await Promise.all([window.descent.graph({ surface: name, point: start }), window.descent.evaluate({ surface: name, point: start })]);
      return { name, graph, model };
    }));
  });
  check(graphs.length >= 12, `only ${graphs.length} surfaces have a formula`);
  for (const { name, graph, model } of graphs) {
    const size = Math.max(1, ...model.gradient.map(Math.abs));
    graph.gradient.reverse.forEach((g, i) => close(g, model.gradient[i], 1e-11, `${name}: gradient[${i}]`, 1e-11 * size));
    check(graph.disagreement.forward <= 1e-12, `${name}: forward mode differs by ${graph.disagreement.forward}`);
    check(graph.disagreement.difference <= 1e-4, `${name}: the difference differs by ${graph.disagreement.difference}`);
    equal(graph.nodes.at(-1).adjoint, 1, `${name}: adjoint of f`);
    equal(graph.nodes.at(-1).value, graph.value, `${name}: value of f`);
    // The chain rule, by hand: what comes back to a node is the sum over the nodes that read it.
    const adjoints = graph.nodes.map(() => 0);
    adjoints[graph.nodes.length - 1] = 1;
    for (let i = graph.nodes.length - 1; i >= 0; i--) {
      graph.nodes[i].inputs.forEach((input, k) => { adjoints[input] += adjoints[i] * graph.nodes[i].partials[k]; });
    }
    adjoints.forEach((adjoint, i) => close(graph.nodes[i].adjoint, adjoint, 1e-12, `${name}: adjoint of ${graph.nodes[i].text}`, 1e-12 * size));
  }
  const typed = await page.run(() => window.descent.graph({ expression: 'a*x² + y', parameters: { a: 3 }, point: [2, 5] }));
  equal(typed.nodes.map(({ operation, text, begin, end }) => [operation, text, begin, end]), [
    ['parameter', 'a', 0, 1], ['variable', 'x', 2, 3], ['whole_power', 'x²', 2, 4], ['multiply', 'a*x²', 0, 4],
    ['variable', 'y', 7, 8], ['add', 'a*x² + y', 0, 8]], 'nodes');
  equal([typed.gradient.reverse, typed.parameter_gradient], [[12, 1], { a: 4 }], 'gradient');
  note(`${graphs.length} surfaces`);
});

test('expression: descend takes the steps it takes on the built-in surface', async (stage) => {
  const page = await stage.page();
  const [typed, built_in] = await page.run((himmelblau) => Promise.all([{ expression: himmelblau }, { surface: 'himmelblau' }].map(async (choice) => {
    const run = await window.descent.descend({ ...choice, optimizer: 'adam', start: [0.5, -1], steps: 200 });
    return { points: Array.from(run.points), status: run.status };
  })), kHimmelblau);
  equal(typed.status, built_in.status, 'status');
  typed.points.forEach((p, i) => close(p, built_in.points[i], 1e-9, `points[${i}]`, 1e-12));
  await mustFail(() => close(typed.points[10], built_in.points[12], 1e-9, 'another step'), 'another step');
});

test('expression: the visible race, its parameters by name, and the share link', async (stage) => {
  const page = await stage.page();
  const status = await page.run(() => window.descent.race.configure({
    expression: 'a*x^2 + b*y^2', parameters: { a: 1, b: 10 }, domain: [-3, 3, -2, 2], start: [2, 1],
    optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.09 } }],
  }));
  equal([status.surface, status.expression, status.parameters, status.domain], ['expression', 'a*x^2 + b*y^2', { a: 1, b: 10 }, [-3, 3, -2, 2]], 'status');
  close(status.optimizers[0].stable_learning_rate, 0.1, 1e-12, 'stability bound');
  const after = await page.run(() => window.descent.race.step(1));
  close(after.optimizers[0].point[0], 2 * (1 - 0.18), 1e-14, 'x after a step');
  const slid = await page.run(() => window.descent.race.configure({ parameters: { b: 20 } }));
  equal([slid.parameters, slid.start], [{ a: 1, b: 20 }, [2, 1]], 'after the slider');
  const other = await page.run(() => window.descent.race.configure({ expression: 'b*x^4 + c*y^2' }));
  equal([other.parameters, other.start], [{ b: 20, c: 1 }, [2, 1]], 'another formula');
  const state = await page.run(() => window.descent.state());
  equal(state.race.expression, 'b*x^4 + c*y^2', 'expression in the state');
  const fragment = await page.run(async (s) => (await import('./links.js')).encodeState(s), state);
  const linked = await stage.page();
  await linked.follow(fragment);
  await until(() => linked.run(() => window.descent.race.status().surface === 'expression'), 'the formula from the link');
  equal((await linked.run(() => window.descent.state())).race, state.race, 'race from the link');
  await linked.item(/formula/, 'text');
  linked.noErrors();
  const built_in = await page.run(() => window.descent.race.configure({ surface: 'booth' }));
  equal([built_in.surface, built_in.expression, built_in.parameters], ['booth', undefined, {}], 'back to the catalog');
  page.noErrors();
});
