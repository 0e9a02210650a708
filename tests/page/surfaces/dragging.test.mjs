// Dragging the contour view: the picture in motion is the one at rest but for its finish, whatever it shows; it follows the
// wheel in between, and is finished when the hand rests.
// SPDX-License-Identifier: MIT
import { shareApart } from '../support/png.mjs';
import { check, mustFail, test, until } from '../support/test.mjs';

// A clock that can be slowed down, so that a view in motion stays so; window.__pace(null) gives the real one back.
function slowClock() {
  const real = Performance.prototype.now.bind(performance);
  let [since, shown, pace] = [real(), real(), 1];
  const now = () => shown + pace * (real() - since);
  window.__pace = (next) => {
    [shown, since, pace] = [now(), real(), next];
    if (next === null) delete performance.now;
  };
  performance.now = now;
}

// The same values, and so the same colours, wherever one looks.
const kWaves = {
  expression: 'sin(2*x)*cos(2*y) + 0.001*x', start: [0.3, 0.5],
  optimizers: [
    { optimizer: 'gradient_descent', hyperparameters: { learning_rate: 0.9 } },
    { optimizer: 'momentum', hyperparameters: { learning_rate: 0.3, momentum: 0.97 } },
  ],
};

async function onWaves(stage, options, view) {
  const page = await stage.page({ ...options, pixels: true });
  await page.run(slowClock);
  await page.run((config) => window.descent.race.configure(config).then(() => window.descent.race.step(150)), kWaves);
  await page.run((part) => window.descent.apply({ version: 1, view: { ellipse: false, ...part } }), view);
  await page.settled();
  return page;
}

// The middle of the view: at its edges stand what the pointer and new labels change.
async function shot(page, name, artifacts) {
  const { x, y, width, height } = await page.item('surface view', 'canvas');
  const clip = { x: x + 4, y: y + 4, width: width - 8, height: height - 110 };
  return page.tab.screenshot({ clip, path: `${artifacts}/${name}.png` });
}

// Drags along `steps` with the clock slowed down; the picture before, in motion, and at rest.
async function dragged(stage, page, steps, name, during = async () => {}) {
  const before = await shot(page, `${name}-before`, stage.artifacts);
  const from = page.center(await page.item('surface view', 'canvas'), 0.7, 0.3);
  await page.tab.mouse.move(from.x, from.y);
  await page.frames();
  await page.tab.mouse.down();
  await page.frames();
  await page.run(() => window.__pace(1e-4));
  for (const [x, y] of steps) {
    await page.tab.mouse.move(from.x + x, from.y + y);
    await page.frames(1);
    await during(x);
  }
  await page.frames(2);
  const moving = await shot(page, `${name}-moving`, stage.artifacts);
  await page.run(() => window.__pace(null));
  await page.settled();
  const still = await shot(page, `${name}-still`, stage.artifacts);
  await page.tab.mouse.up();
  return { before, moving, still };
}

const kThere = [[5, 0], [14, -6], [40, -30], [41, -31], [90, -50], [60, -70], [-20, 64], [-61, -37]];
const kOnEdge = { x: [0.7, 4], y: [0.4, 3.7] };  // the paths leave the view at its lower edge

const kCases = [
  ['colours and paths', {}, { contours: false, ...kOnEdge }],
  ['lines', {}, {}],
  ['at scale 2', { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 }, { contours: false, ...kOnEdge }],
  ['light', {}, { contours: false, theme: 'light', ...kOnEdge }],
  ['arrows', {}, { contours: false, arrows: true }],
];

for (const [name, options, view] of kCases) {
  test(`dragging: the picture in motion is the one at rest: ${name}`, async (stage, note) => {
    const { theme = 'dark', ...parts } = view;
    const page = await onWaves(stage, options, parts);
    await page.run((t) => window.descent.apply({ version: 1, theme: t }), theme);
    await page.settled();
    const { before, moving, still } = await dragged(stage, page, kThere, `drag-${name.replaceAll(' ', '-')}`);
    const apart = shareApart(moving, still, 24);
    note(`${(100 * apart).toFixed(2)} % of the pixels differ`);
    // Labels come when the view rests.
    check(apart < (parts.contours === false ? 0.004 : 0.03), `${apart} of the pixels differ`);
    const from = shareApart(before, still, 24);
    await mustFail(() => check(from < 0.03, 'the picture before'), 'the picture before the drag');
    page.noErrors();
  });
}

test('dragging: a race that plays goes on in the moving picture, and the wheel may turn in between', async (stage, note) => {
  const page = await onWaves(stage, {}, { contours: false, ...kOnEdge });
  let turned = false;
  const { moving, still } = await dragged(stage, page, kThere, 'drag-wheel', async (x) => {
    await page.run(() => window.descent.race.step(5));
    if (x !== 90 || turned) return;
    turned = true;
    await page.tab.mouse.wheel(0, -120);
    await page.frames(2);
  });
  const apart = shareApart(moving, still, 40);
  note(`${(100 * apart).toFixed(2)} % of the pixels differ`);
  check(apart < 0.02, `${apart} of the pixels differ`);
  await until(() => page.run(() => window.descent.race.status().step >= 190), 'the steps made meanwhile');
  page.noErrors();
});

test('dragging: far beyond what was sampled the surface is there again at rest', async (stage) => {
  const page = await onWaves(stage, {}, { contours: false });
  const far = Array.from({ length: 12 }, (_, k) => [-50 * (k + 1), 4 * k]);
  const { before, moving, still } = await dragged(stage, page, far, 'drag-far');
  check((shareApart(moving, still, 40)) < 0.02, 'the picture in motion');
  check((shareApart(before, still, 24)) > 0.1, 'another place');
  page.noErrors();
});
