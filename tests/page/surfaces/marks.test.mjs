// Looks at what lies over the picture of the surface and beside it: names of arrows, axes and colour bar, the read-out,
// chains on the surface, the recorded future in the plot.
// SPDX-License-Identifier: MIT
import { coloured, shareApart } from '../support/png.mjs';
import { check, equal, matches, mustFail, test, until } from '../support/test.mjs';

const above = (box, view) => box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= view.y;
const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (a, b) => a.x >= b.x - 0.5 && a.y >= b.y - 0.5 && a.x + a.width <= b.x + b.width + 0.5 && a.y + a.height <= b.y + b.height + 0.5;

test('marks: the names of two arrows that point the same way stand apart, inside the picture', async (stage) => {
  for (const options of [kPhone, {}]) {
    const page = await stage.page({ ...options, pixels: true });
    // On a round bowl Newton's step is down the gradient, from wherever.
    for (const start of [[3, 0.2], [-3, -2], [0.1, 2.5], [2, -2]]) {
      await page.run((from) => window.descent.race.configure({
        surface: 'quadratic', parameters: { kappa: 1 }, start: from, optimizers: [{ optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.01 } }],
      }).then(() => window.descent.race.step(1)), start);
      await page.settled();
      const [newton, slope, view] = [await page.item('Newton', 'mark'), await page.item('−∇f', 'mark'), await page.item('surface view', 'canvas')];
      check(!meet(newton, slope), `they overlap from ${start}: ${JSON.stringify([newton, slope])}`);
      await mustFail(() => check(!meet(newton, { ...slope, x: newton.x, y: newton.y }), 'apart'), 'names at one place');
      for (const name of [newton, slope]) check(within(name, view), `outside the picture from ${start}: ${JSON.stringify(name)}`);
    }
    await page.tab.screenshot({ path: `${stage.artifacts}/arrow-names-${options.isMobile ? 'phone' : 'desktop'}.png` });
    page.noErrors();
  }
});

test('marks: the x of the axis and the colour bar keep apart in low pictures', async (stage) => {
  for (const size of [[390, 844], [390, 600], [844, 390], [1280, 720], [1280, 500]]) {
    const page = await stage.page({ viewport: { width: size[0], height: size[1] } });
    const [x, bar] = [await page.item('x axis', 'mark'), await page.item('colour bar', 'mark')];
    check(!meet(x, bar) && x.y >= bar.y + bar.height, `at ${size}: ${JSON.stringify([x, bar])}`);
    check(x.x + x.width <= size[0] && x.y + x.height <= size[1], `outside the screen at ${size}`);
    await mustFail(() => check(!meet(x, { ...bar, height: x.y - bar.y + 4 }), 'a longer bar'), 'a longer bar');
    await stage.leave(page);
  }
});

test('marks: after a divergence the read-out has short numbers and stays inside the page, above the picture', async (stage, note) => {
  const page = await stage.page({ ...kPhone, pixels: true });
  await page.run(() => window.descent.scene('learning_rate', { play: false }));
  const { optimizers } = await page.run(() => window.descent.race.step(400).then(() => window.descent.race.status()));
  const wild = optimizers.findIndex(({ status }) => status === 'diverged');
  check(wild >= 0, 'one of them diverges');
  for (let chosen = 0; chosen < optimizers.length; chosen += 1) {
    await page.run((selected) => window.descent.apply({ version: 1, view: { selected } }), chosen);
    await page.settled();
    const [box, view] = [await page.item('read-out', 'text'), await page.item('surface view', 'canvas')];
    check(above(box, view), `not above the picture: ${JSON.stringify([box, view])}`);
    if (chosen !== wild) continue;
    matches(box.text, /f \d[^ ]*×10\S+/, 'a huge loss');
    note(box.text);
    await page.tab.screenshot({ path: `${stage.artifacts}/read-out-diverged-phone.png` });
    await mustFail(() => check(above({ ...box, width: 400 }, view), 'a wider box'), 'a box wider than the page');
  }
  page.noErrors();
});

const viewOf = async (page, stage, name) => {
  const { x, y, width, height } = await page.item('surface view', 'canvas');
  return page.tab.screenshot({ clip: { x, y, width, height }, path: `${stage.artifacts}/${name}.png` });
};
const pictureOf = async (page) => Buffer.from(await page.run(async () => window.__base64(await (await window.descent.picture()).arrayBuffer())), 'base64');

test('marks: chains lie on the surface in both views and in the saved picture', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await page.run(() => window.descent.race.configure({ surface: 'himmelblau', start: [0, 0], optimizers: [] }));
  for (const three_d of [false, true]) {
    const show = async (tab) => {
      await page.run((view) => window.descent.apply({ version: 1, view }), { three_d, tab, tall: true });  // of one height for both tabs
      if (tab === 'sampling') await until(() => page.run(() => window.descent.sampler.status().samples > 2000), 'samples');
      if (tab === 'sampling') await page.run(() => window.descent.sampler.pause());
      await page.settled();
      return [await viewOf(page, stage, `chains-${three_d ? '3d' : 'flat'}-${tab}`), await pictureOf(page)];
    };
    const [with_chains, saved_with] = await show('sampling');
    const [without, saved_without] = await show('loss');
    const [apart, saved] = [shareApart(with_chains, without, 40), shareApart(saved_with, saved_without, 40)];
    note(`${three_d ? '3-D' : 'flat'}: ${(100 * apart).toFixed(2)} % of the view, ${(100 * saved).toFixed(2)} % of the saved picture`);
    // A hundred discs of four points: some tenth of a percent of the picture.
    check(apart > 5e-4 && apart < 0.05, `chains change ${apart} of the view`);
    check(saved > 3e-4 && saved < 0.05, `chains change ${saved} of the saved picture`);
    await mustFail(async () => check((shareApart(without, await viewOf(page, stage, 'again'), 40)) > 5e-4, 'the same view twice'), 'no chains');
  }
  page.noErrors();
});

test('marks: gone back in time, the plot shows the recorded future faintly', async (stage, note) => {
  const page = await stage.page({ pixels: true });
  await page.run(() => window.descent.race.configure({
    surface: 'himmelblau', start: [-0.4, -0.6], optimizers: [{ optimizer: 'adam', hyperparameters: { learning_rate: 0.05 } }],
  }).then(() => window.descent.race.step(90)));
  const late = async (name) => {
    await page.tab.mouse.move(640, 20);
    await page.settled();
    const { x, y, width, height } = await page.item('loss', 'plot');
    // The right part of the curve, without the marker at its end.
    const clip = { x: x + 0.5 * width, y: y + 26, width: 0.4 * width, height: height - 50 };
    const found = coloured(await page.tab.screenshot({ clip, path: `${stage.artifacts}/future-${name}.png` }));
    note(`${name}: ${JSON.stringify(found)}`);
    return found;
  };
  const fits = ({ strong, faint }) => check(strong === 0 && faint > 60, `strong ${strong}, faint ${faint} pixels`);
  const end = await late('end');
  check(end.strong > 60, 'the curve at the end of the record');
  await mustFail(() => fits(end), 'the end of the record');
  await page.run(() => window.descent.race.seek(20));
  fits(await late('seek'));
  equal((await page.item('loss', 'plot')).value, 91, 'points of the whole record');
  // Something else from here on: what was recorded is not the future any more.
  await page.run(() => window.descent.race.change({ runner: 0, hyperparameters: { learning_rate: 0.02 } }));
  await page.settled();
  equal((await page.item('loss', 'plot')).value, 21, 'points after a change');
  page.noErrors();
});
