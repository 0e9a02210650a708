// Pictures of a surface say what is so: one range for contour, 3-D and colour bar, axes without rounding in their names,
// curves without holes, values that were measured, maps that say where starts end.
// SPDX-License-Identifier: MIT
import { decode } from '../support/png.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const race = (page, surface, optimizers, start) => page.run((argument) => window.descent.race.configure(argument), { ...surface, optimizers, start });

const kOne = [{ optimizer: 'momentum', hyperparameters: { learning_rate: 0.002 } }];

async function bar(page, view) {
  await page.click(view, 'tab');
  await page.settled();
  return (await page.items()).filter(({ label }) => label.startsWith('colour bar ')).map(({ label }) => label.slice(11));
}

test('truth: colour bars of contour and 3-D are the same, whatever the picture’s shape', async (stage, note) => {
  const page = await stage.page();
  const seen = [];
  for (const surface of ['beale', 'rosenbrock', 'ackley', 'styblinski_tang', 'monkey_saddle']) {
    await race(page, { surface }, kOne);
    const flat = await bar(page, 'Contour');
    equal(await bar(page, '3-D'), flat, `the bar of ${surface}`);
    seen.push(flat);
    note(`${surface}: ${flat.join(', ')}`);
  }
  await page.tab.setViewportSize({ width: 900, height: 760 });
  equal(await bar(page, 'Contour'), seen.at(-1), 'in a picture of another shape');
  await mustFail(() => equal(seen[0], seen[1], 'bar'), "another surface's bar");
  page.noErrors();
});

test('truth: an axis above a minimum that was found never names its rounding', async (stage) => {
  const page = await stage.page();
  const axis = async () => (await page.items()).find(({ role, label }) => role === 'axis' && /^f/.test(label))?.label;
  await race(page, { expression: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2 + 1 - cos(x - 3)^2 - sin(x - 3)^2' }, kOne, [1, 1]);
  await page.settled();
  matches(await axis(), /^f(, log| above its minimum, log)$/, 'the loss');
  await page.click('Rates', 'tab');
  await until(async () => /^f( above its minimum)? after \d+ steps, log$/.test(await axis()), 'the sweep');
  await race(page, { surface: 'styblinski_tang' }, kOne);
  await until(async () => /^f \+ 78.33/.test(await axis()), 'a minimum that is none of rounding');
});

// The curve's columns: each must be one piece, and touch its neighbours.
function holes(image, isCurve) {
  let former = null;
  let count = 0;
  for (let x = 0; x < image.width; x += 1) {
    const rows = [];
    for (let y = 0; y < image.height; y += 1) if (isCurve(image.data, 4 * (y * image.width + x))) rows.push(y);
    if (rows.length === 0) continue;
    const piece = { x, low: rows[0], high: rows.at(-1) };
    for (let i = 1; i < rows.length; i += 1) if (rows[i] - rows[i - 1] > 3) count += 1;
    if (former && (x - former.x > 1 || piece.low > former.high + 2 || piece.high < former.low - 2)) count += 1;
    former = piece;
  }
  return former === null ? Infinity : count;
}

test('truth: a curve that goes up and down steeply has no holes', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await race(page, { surface: 'rastrigin' }, [{ optimizer: 'momentum', hyperparameters: { learning_rate: 0.005, momentum: 0.99 } }], [3.2, 2.1]);
  await page.run(() => window.descent.race.step(120));
  await page.tab.mouse.move(5, 5);
  await page.settled();
  const plot = await page.item('loss', 'plot');
  // Without axis numbers at the left, the head above and the marker at the curve's end.
  const clip = { x: plot.x + 70, y: plot.y + 30, width: plot.width - 110, height: plot.height - 60 };
  const png = await page.tab.screenshot({ clip, path: `${stage.artifacts}/steep-curve.png` });
  const image = decode(png);
  // The run's orange, also where the line's edge is half over the ground.
  const orange = (data, i) => data[i] > 90 && data[i] - data[i + 2] > 70;
  note(`${holes(image, orange)} holes`);
  equal(holes(image, orange), 0, 'holes');
  const broken = { ...image, data: Uint8Array.from(image.data) };
  for (let y = 0; y < image.height; y += 1) for (let x = 200; x < 204; x += 1) broken.data[4 * (y * image.width + x)] = 0;
  await mustFail(() => equal(holes(broken, orange), 0, 'holes'), 'a curve with a hole');
});

test('truth: basins take the steps that let nearly all starts end, and their legend says what it lists', async (stage, note) => {
  const page = await stage.page();
  await race(page, { surface: 'himmelblau' }, [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.0008 } }]);
  equal(await page.run(() => window.descent.state().survey.steps), 0, 'nobody has asked for a number');
  await page.click('Basins', 'tab');
  const hint = await until(async () => {
    const { text } = await page.item('hint', 'text');
    return /^Gradient descent, [\d,]+ steps from every start$/.test(text) && text;
  }, 'the map', 60);
  note(hint);
  const legend = () => page.items().then((items) => items.filter(({ role }) => role === 'legend'));
  const moving = async () => (await legend()).find(({ label }) => label === 'still moving')?.value ?? 0;
  check((await moving()) < 0.05, `${await moving()} of the starts still move`);
  const heading = await page.item('ends in', 'text');
  check((await legend()).every(({ y }) => y >= heading.y + heading.height - 1), 'the heading stands above all entries');
  await page.run(() => window.descent.apply({ version: 1, survey: { steps: 30 } }));
  await until(async () => /, 30 steps from every start$/.test((await page.item('hint', 'text')).text), '30 steps', 40);
  await mustFail(async () => check((await moving()) < 0.05, 'moving'), 'with 30 steps');
  page.noErrors();
});

test('truth: the read-out of rates is of a rate that was tried', async (stage) => {
  const page = await stage.page();
  await race(page, { surface: 'rosenbrock' }, kOne, [-1.2, 1]);
  await page.run(() => window.descent.apply({ version: 1, view: { tab: 'rates', tall: true } }));
  const plot = await until(async () => {
    const item = (await page.items()).find(({ label, role }) => label === 'rates' && role === 'plot');
    return item?.text === 'complete' && item;
  }, 'the sweep', 30);
  const tried = (rate) => Math.abs(20 * Math.log10(rate) - Math.round(20 * Math.log10(rate))) < 1e-6;
  for (const share of [0.31, 0.463, 0.61, 0.777]) {
    const at = page.center(plot, share, 0.5);
    await page.tab.mouse.move(at.x, at.y);
    const { value } = await until(async () => (await page.items()).find(({ label }) => label === 'rates read-out'), 'a read-out');
    check(tried(value), `the rate ${value}`);
  }
  await mustFail(() => check(tried(0.00123), 'rate'), 'a rate between two');
});
