// A formula of one's own: typed with real keys (and, where fingers type, into the browser's own field), applied while it
// is being typed, refused with a sentence and the column; its parameters as sliders; the state and the link.
// SPDX-License-Identifier: MIT
import { race } from '../support/race.mjs';
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const expressionUntil = (page, expression) => until(async () => {
  const { race: config } = await page.run(() => window.descent.state());
  return config.expression === expression && config;
}, `the race on ${expression}`);
const labels = async (page, role) => (await page.items()).filter((item) => item.role === role).map(({ label }) => label);

async function chooseFormula(page) {
  await page.click('Surface', 'combo');
  await page.clickAt(page.center(await page.item(/Your formula/, 'option')));
  return page.item('Formula', 'field');
}

async function typeFormula(page, text) {
  await page.click('Formula', 'field');
  await page.type(text);
}

test('formula: begins as the present surface’s own, with its parameters', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 7 } }));
  const before = await page.run(() => window.descent.evaluate({ surface: 'quadratic', parameters: { kappa: 7 }, point: [1.5, -0.5] }));
  const field = await chooseFormula(page);
  const config = await until(async () => {
    const { race: now } = await page.run(() => window.descent.state());
    return now.surface === 'expression' && now;
  }, 'the race on a formula');
  equal(config.parameters, { kappa: 7 }, 'parameters');
  const after = await page.run(({ expression, parameters }) => window.descent.evaluate({ expression, parameters, point: [1.5, -0.5] }), config);
  close(after.value, before.value, 1e-12, 'the same value');
  check(field.width > 100, 'the field is wide enough to type in');
  await page.item('formula kappa', 'slider');
  page.noErrors();
});

// A hand holds Ctrl for a while: browsers report the paste with the key still down.
test('formula: pasted with the keys held down, as by a hand', async (stage) => {
  const page = await stage.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await chooseFormula(page);
  await page.clickAt(page.center(await page.item('Formula', 'field')));
  const paste = async (text) => {
    await page.run((pasted) => navigator.clipboard.writeText(pasted), text);
    await page.tab.keyboard.down('Control');
    await page.frames(4);
    await page.tab.keyboard.press('a', { delay: 60 });
    await page.tab.keyboard.press('v', { delay: 60 });
    await page.frames(8);
    await page.tab.keyboard.up('Control');
  };
  await paste('x^2 + 3*y^2');
  await expressionUntil(page, 'x^2 + 3*y^2');
  await paste('abs(x) + y^2');
  await expressionUntil(page, 'abs(x) + y^2');
  await mustFail(() => until(async () => (await page.run(() => window.descent.state().race.expression)) === 'x', 'what was not pasted', 0.3));
  page.noErrors();
});

test('formula: typed with keys, applied live; parameters become sliders', async (stage) => {
  const page = await stage.page();
  await chooseFormula(page);
  await typeFormula(page, 'a*x^2 + depth*sin(y) + 2');
  await expressionUntil(page, 'a*x^2 + depth*sin(y) + 2');
  // The engine knows the formula a frame or two before the rail shows its sliders.
  const sliders = async () => (await labels(page, 'slider')).filter((label) => label.startsWith('formula ')).join();
  await until(async () => (await sliders()) === 'formula a,formula depth', 'sliders of a and depth');
  const status = await race(page);
  equal([status.playing, status.step], [false, 0], 'keys of the page do nothing while typing');
  const workspace = await page.run(() => window.descent.state().workspace);
  equal(workspace, 'surfaces', 'workspace after typing 2');
  const { value, gradient, hessian } = await page.run(() => window.descent.evaluate({
    expression: 'a*x^2 + depth*sin(y) + 2', parameters: { a: 3, depth: 0.5 }, point: [2, 1],
  }));
  close(value, 12 + 0.5 * Math.sin(1) + 2, 1e-14, 'value');
  close(gradient[1], 0.5 * Math.cos(1), 1e-14, 'slope in y');
  close(hessian[0][0], 6, 1e-14, 'curvature in x');
  await page.key('Enter');
  const slider = await page.item('formula a', 'slider');
  await page.drag([page.center(slider, 0.55), page.center(slider, 0.7), page.center(slider, 0.8)]);
  await until(async () => (await page.run(() => window.descent.state().race.parameters.a)) > 3, 'a larger parameter');
  const [x, y] = (await race(page)).optimizers[0].point;
  const { a, depth } = await page.run(() => window.descent.state().race.parameters);
  close((await race(page)).optimizers[0].loss, a * x * x + depth * Math.sin(y) + 2, 1e-12, 'the race follows the slider');
  page.noErrors();
});

test('formula: an error has a sentence and a column, the last good formula stays, Escape brings it back', async (stage, note) => {
  const page = await stage.page();
  await chooseFormula(page);
  await typeFormula(page, 'x^2 + y^2');
  await expressionUntil(page, 'x^2 + y^2');
  await page.tab.keyboard.type('+ (x', { delay: 15 });  // wrong from its first letter on, however slowly it comes
  const error = await page.item('formula error', 'text');
  equal(error.value, 14, 'column');
  matches(error.text, /Column 14: .+\.$/, 'sentence');
  equal((await page.run(() => window.descent.state().race.expression)), 'x^2 + y^2', 'the last good formula');
  equal((await page.item('Formula', 'field')).text, 'x^2 + y^2+ (x', 'what was typed stays');
  await page.key('Escape');
  await until(async () => (await page.item('Formula', 'field')).text === 'x^2 + y^2', 'the last good formula in the field');
  check(!(await labels(page, 'text')).includes('formula error'), 'no sentence any more');
  await mustFail(() => page.item('formula error', 'text', { seconds: 0.3 }), 'finding an error');
  note(error.text);
  page.noErrors();
});

test('formula: kinks are named, holes do not hurt', async (stage, note) => {
  const page = await stage.page();
  await chooseFormula(page);
  await typeFormula(page, 'abs(x - 1) + y^2');
  await expressionUntil(page, 'abs(x - 1) + y^2');
  matches((await page.item('kinks', 'text')).text, /abs\(x - 1\).*kink/, 'the kink');
  await typeFormula(page, 'log(x - 1) + x + y^2');
  await expressionUntil(page, 'log(x - 1) + x + y^2');
  const { start, optimizers } = await race(page);
  check(start[0] > 1 && Number.isFinite(optimizers[0].loss), `the start is out of the hole: ${start}`);
  equal((await page.run(() => window.descent.evaluate({ expression: 'log(x - 1) + x + y^2', point: [0.5, 0] }))).value, null, 'a hole');
  await typeFormula(page, 'log(-1 - x^2)');
  const error = await page.item('formula error', 'text');
  note(error.text);
  equal((await page.run(() => window.descent.state().race.expression)), 'log(x - 1) + x + y^2', 'the last good formula');
  page.noErrors();
});

test('formula: fingers type into a field of the browser’s own', async (stage) => {
  const page = await stage.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await page.run(() => window.descent.race.configure({ expression: 'x^2 + y^2' }));
  const tap = async (item) => {
    const { x, y } = page.center(item);
    await page.tab.touchscreen.tap(x, y);
    await page.frames(3);
  };
  await tap(await page.item('Menu', 'button'));
  await tap(await page.item('Formula', 'field'));
  await until(() => page.run(() => document.activeElement.tagName === 'INPUT'), 'the browser’s field has the keyboard');
  await page.tab.keyboard.press('Control+a');
  await page.tab.keyboard.type('x^2 + w*y^4');
  await expressionUntil(page, 'x^2 + w*y^4');
  await page.tab.keyboard.press('Enter');
  await until(() => page.run(() => document.querySelector('input.over-canvas') === null), 'the field is gone');
  equal((await page.item('Formula', 'field')).text, 'x^2 + w*y^4', 'what the page shows');
  await page.item('formula w', 'slider');
  page.noErrors();
});

test('formula: state and script calls carry it', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'a*x^2 + y^2', domain: [-2, 2, -1, 1], parameters: { a: 4 }, start: [1, 0.5] }));
  const state = await page.run(() => window.descent.state());
  equal([state.race.expression, state.race.domain, state.race.parameters], ['a*x^2 + y^2', [-2, 2, -1, 1], { a: 4 }], 'state');
  equal([state.view.x, state.view.y], [[-2, 2], [-1, 1]], 'the picture turns to its domain');
  const other = await stage.page();
  await other.run((value) => window.descent.apply(value), state);
  equal((await other.run(() => window.descent.state())).race, state.race, 'applied elsewhere');
  const field = await other.item('Formula', 'field');
  equal(field.text, 'a*x^2 + y^2', 'the field');
  const facts = await page.run(() => window.descent.expression({ expression: 'max(x, b*y)', point: [1, 1] }));
  equal([facts.parameters.map(({ name }) => name), facts.nonsmooth[0].function, facts.nonsmooth[0].here], [['b'], 'max', true], 'facts');
});

test('formula: the chain rule is stepped node by node, and three gradients agree', async (stage, note) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'x^2*y + a*sin(x)', parameters: { a: 2 }, start: [1.5, -0.5] }));
  await page.click('Chain rule', 'tab');
  const text = async (label) => (await page.item(label, 'text')).text;
  const steps = async () => (await text('chain step')).match(/step (\d+) of (\d+), (\w+)/).slice(1);
  const [last, all, pass] = await steps();
  equal([last, all, pass], ['10', '10', 'backward'], 'all of it at first');  // x², ·, sin, ·, +
  await page.click('Chain step', 'button');
  await until(async () => (await steps())[2] === 'inputs', 'from the beginning');
  await page.click('Chain step', 'button');
  await until(async () => (await text('chain equation')) === 'v1 = x² = 2.25', 'the first node');
  await page.click('Chain step back', 'button');
  await until(async () => (await steps())[0] === '0', 'a step back');
  await page.click('Play chain rule', 'button');
  await until(async () => Number((await steps())[0]) >= 2, 'it goes on by itself');
  await page.click('Pause chain rule', 'button');
  const labels = (await page.items()).filter(({ role }) => role === 'node').map(({ label }) => label);
  check(['node x', 'node y', 'node a', 'node v5'].every((label) => labels.includes(label)), `nodes: ${labels}`);
  const graph = await page.run(() => window.descent.graph({ expression: 'x^2*y + a*sin(x)', parameters: { a: 2 }, point: [1.5, -0.5] }));
  const { value } = await page.item('node v5', 'node');
  close(value, graph.value, 1e-12, 'value of f in the picture');
  const agreement = await text('agreement');
  const [x, y] = agreement.match(/reverse mode \(([^,]+), ([^)]+)\)/).slice(1).map((n) => Number(n.replace('−', '-')));
  close(x, graph.gradient.reverse[0], 1e-3, '∂f/∂x as shown');
  close(y, graph.gradient.reverse[1], 1e-3, '∂f/∂y as shown');
  check(graph.disagreement.forward < 1e-14 && graph.disagreement.difference < 1e-7, 'the three agree');
  // The graph is at the head of the run, wherever that goes.
  await page.run(() => window.descent.race.step(3));
  const [px] = (await race(page)).optimizers[0].point;
  await until(async () => Math.abs((await page.item('x', 'field')).value - px) < 1e-12, 'the graph at the new head');
  note(agreement);
  page.noErrors();
});
