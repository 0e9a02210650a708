// Formulas as people write and paste them, by script: values and readings; what is a choice or unknown at kinks and of
// powers is said; a lattice of minima is found.
// SPDX-License-Identifier: MIT
import { close, equal, matches, mustFail, test } from '../support/test.mjs';

const reading = (page, text) => page.run((formula) => window.descent.expression(formula), text);

test('notation: values of formulas with products without a sign, other names, bars, LaTeX', async (stage) => {
  const page = await stage.page();
  const at = (expression, point, parameters) => page.run((args) => window.descent.evaluate(args), { expression, point, parameters });
  for (const [formula, value] of [
    ['x1^2 + x2^2', 34], ['2xy', 30], ['2(x+1)', 8], ['(x+1)(y-2)', 12], ['x²y³', 9 * 125], ['2π', 2 * Math.PI], ['PI*x^2', 9 * Math.PI],
    ['sin2x', Math.sin(6)], ['xsiny', 3 * Math.sin(5)], ['sin^2(x)', Math.sin(3) ** 2], ['|x - y|', 2], ['f(x, y) = x - y', -2], ['z = x*y', 15],
    ['log10(x) + log2(y)', Math.log10(3) + Math.log2(5)], ['np.sqrt(x**2 + y**2)', Math.sqrt(34)], ['arctan(x) + tg(y)', Math.atan(3) + Math.tan(5)],
    [String.raw`\frac{x^{2}}{2} + \sqrt{y}\cdot 2`, 4.5 + 2 * Math.sqrt(5)], ['½x – 1', 0.5], ['cos2πx', Math.cos(6 * Math.PI)], ['f(u, v) = u − v', -2], ['（x＋２）', 5], ['max(0,5*x; y)', 5],
    ['x[0]**2 + x[1]', 14], ['ax² + b', 9 + 1],
  ]) close((await at(formula, [3, 5])).value, value, 1e-14, formula);
  await mustFail(async () => close((await at('2xy', [3, 5])).value, 2 * 3 ** 5, 1e-14, 'another reading'), 'another reading');
  equal((await at('2xy', [3, 5])).reading, '2·x·y', 'reading of a value');
  equal((await at('2*x*y', [3, 5])).reading, undefined, 'of a formula that is taken as it stands');
});

test('notation: scripts are told how a formula was read', async (stage) => {
  const page = await stage.page();
  equal((await reading(page, '2x sin²y')).reading, '2·x·sin(y)²', 'reading');
  equal((await reading(page, '1/2x')).reading, '(1/2)·x', 'quotient');
  matches((await reading(page, '1/2x')).notes.join(), /1\/2x is read as \(1\/2\)·x; the other meaning is written 1\/\(2·x\)/, 'its note');
  matches((await reading(page, 'x1 + x2')).notes.join(), /x1 and x2 are read as x and y/, 'coordinates');
  matches((await reading(page, 'max(0,5*x, y)')).notes.join(), /if 0,5 is a number, write 0\.5/, 'a comma between digits');
  matches((await reading(page, 'cost*x')).notes.join(), /cost is read as one parameter/, 'a doubtful name');
  matches((await reading(page, 'w1^2 + w2^2')).notes.join(), /no x and no y.*write f\(w1, w2\) = … in front/, 'no coordinate');
  for (const [formula, words] of [
    ['0,5*x', /column 2: a number is written with a point: 0\.5/], ['x 2', /column 3: .*x\*2, a power x\^2/],
    ['f(x, y, z) = x', /column 9: there are two coordinates/], ['x + 中', /column 5: the character U\+4E2D/], ['x2 + y2', /a power is written x\^2/],
  ]) matches(await page.refusal('(formula) => window.descent.expression(formula)', formula), words, formula);
});

test('notation: kinks that cancel, powers of negative numbers', async (stage) => {
  const page = await stage.page();
  const at = (expression, point, parameters) => page.run((args) => window.descent.evaluate(args), { expression, point, parameters });
  for (const [formula, parameters] of [['abs(x)^2 + y^2'], ['sqrt(x^4) + y^2'], ['sqrt(x^2 + y^2)^2'], ['abs(x)^a + y^2', { a: 2 }]]) {
    const { hessian, kind, kinks } = await at(formula, [0, 0], parameters);
    equal([hessian, kind, kinks], [[[2, 0], [0, 2]], 'minimum', ''], formula);
  }
  const onesided = await at('relu(x)^2 + y^2', [0, 0]);
  equal([onesided.kind, onesided.hessian[0][0], onesided.eigenvalues[0]], ['kink', null, null], 'no curvature at relu(x)^2');
  matches(onesided.kinks, /relu\(x\) has a kink where x = 0/, 'the kink');
  const power = await at('x^y', [-2, 2]);
  equal([power.value, power.gradient, power.hessian[0][0]], [4, [-4, null], 2], 'x^y at (-2, 2)');
  equal((await at('x^y', [0, 2])).gradient, [0, 0], 'x^y at (0, 2)');
  const graph = await page.run(() => window.descent.graph({ expression: 'x^y', point: [-2, 2] }));
  equal([graph.gradient.reverse, graph.gradient.forward], [[-4, null], [-4, null]], 'both modes');
  const before = (await page.run(() => window.descent.state())).race;
  matches(await page.refusal(`() => window.descent.race.configure({ expression: '(x^y - 4)^2', start: [-2.5, 2] })`), /gradient .* at \(-2\.5, 2\) is not finite; x\^y .* where x < 0 it is defined only where y is a whole number/, 'a race from there');
  equal((await page.run(() => window.descent.state())).race, before, 'the race as it was');
  page.noErrors();
});

test('notation: all minima of a typed Rastrigin, and that a list is cut', async (stage) => {
  const page = await stage.page();
  const { minima, more_minima: more } = await reading(page, '20 + x² + y² − 10(cos 2πx + cos 2πy)');
  equal([minima.length, more], [121, false], 'minima');  // one near every pair of whole numbers from −5 to 5
  const many = await page.run(() => window.descent.expression({ expression: 'cos(2πx) + cos(2πy)', domain: [-15.5, 15.5, -15.5, 15.5] }));
  equal([many.minima.length, many.more_minima], [512, true], 'a list that is cut');
});
