// Measures how fast the picture of the surface is: frames while ten optimizers with ten thousand points each go on,
// flat and in 3-D, and while that picture is dragged, beside what an empty page reaches here; the time from a turn of
// the wheel to heights sampled for the new view.
// SPDX-License-Identifier: MIT
import { quantile, summary } from './statistics.mjs';

const kRates = {
  gradient_descent: 3e-4, momentum: 5e-5, nesterov: 5e-5, adagrad: 0.02, rmsprop: 5e-4, adam: 5e-4, amsgrad: 5e-4, adamax: 5e-4,
  nadam: 4e-4, radam: 5e-4,
};
const kSettle = 800;  // ms
const kMouse = 8;     // ms between two reports of a mouse
const kFewest = 5;    // frames of a window, however long they take

// Runs ahead of the page's scripts: when the wheel turned, when the next picture was drawn, when heights came for it.
function watchWheel() {
  const [rgba, float] = [0x1908, 0x1406];
  const times = { turned: 0, drawn: 0, sampled: 0 };
  window.__wheel = times;
  window.addEventListener('wheel', () => Object.assign(times, { turned: performance.now(), drawn: 0, sampled: 0 }), { capture: true });
  const { texSubImage2D, drawArrays } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.texSubImage2D = function watched(...args) {
    if (args[6] === rgba && args[7] === float) times.sampled ||= performance.now();
    return texSubImage2D.apply(this, args);
  };
  WebGL2RenderingContext.prototype.drawArrays = function watched(...args) {
    times.drawn ||= performance.now();
    return drawArrays.apply(this, args);
  };
}

// A page on which ten optimizers have made `steps` steps that did not bring them to an end.
export async function longRace(stage, steps) {
  const page = await stage.newPage({ before: watchWheel, pixels: true });
  await page.run(({ rates, n }) => window.descent.race.configure({
    surface: 'rosenbrock',
    start: [-1.2, 1],
    optimizers: Object.entries(rates).map(([optimizer, learning_rate]) => ({ optimizer, hyperparameters: { learning_rate } })),
  }).then(() => window.descent.race.step(n)), { rates: kRates, n: steps });
  return page;
}

// Pictures during `act`: how many were drawn a second, and the intervals between display callbacks.
async function framesDuring(page, act) {
  const started = performance.now();
  await page.run(() => window.descent.ui.frames());
  await act();
  const { drawn, p50_ms, p95_ms, work_p50_ms } = await page.run(() => window.descent.ui.frames());
  return { fps: (1000 * drawn) / (performance.now() - started), p50_ms, p95_ms, work_p50_ms };
}

// emptyPage() measures what there is to reach: pictures a second of a page of this size that only clears a hundred by a
// hundred pixels in each.
async function emptyPage(stage, ms, settle) {
  const { tab } = await stage.blankPage({ pixels: true });
  await tab.setContent('<body style="margin:0"><canvas width="1280" height="720" style="display:block"></canvas>');
  await tab.evaluate(() => {
    const gl = document.querySelector('canvas').getContext('webgl2', { alpha: false, antialias: false });
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(600, 300, 100, 100);
    window.__drawn = 0;
    const draw = () => {
      window.__drawn += 1;
      gl.clearColor((window.__drawn % 60) / 60, 0, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      requestAnimationFrame(draw);
    };
    draw();
  });
  await tab.waitForTimeout(settle);
  const [started, before] = [performance.now(), await tab.evaluate(() => window.__drawn)];
  await tab.waitForTimeout(ms);
  const fps = (1000 * (await tab.evaluate(() => window.__drawn) - before)) / (performance.now() - started);
  await tab.close();
  return { fps };
}

// whileFrames() lasts so long, and so many frames at least.
const whileFrames = (page, ms) => page.run(async ({ length, fewest }) => {
  const end = performance.now() + length;
  for (let n = 0; n < fewest || performance.now() < end; n += 1) await new Promise(requestAnimationFrame);
}, { length: ms, fewest: kFewest });

async function drag(page, ms) {
  const { x, y } = page.center(await page.item('surface view', 'canvas'), 0.6, 0.25);
  await page.tab.mouse.move(x, y);
  await page.tab.mouse.down();
  const started = performance.now();
  let over = false;
  const end = whileFrames(page, ms).then(() => { over = true; });
  // Nobody waits for the page before the hand moves on: as often as a mouse reports.
  const moves = [];
  for (let t = 0; !over; t = performance.now() - started) {
    moves.push(page.tab.mouse.move(x + 80 * Math.sin(t / 330), y + 40 * Math.sin(t / 500)));
    await new Promise((resolve) => setTimeout(resolve, kMouse));
  }
  await Promise.all([end, ...moves]);
  await page.tab.mouse.up();
}

// Milliseconds from the event to the frame that shows the new view, and to the one with its own heights.
async function turnWheel(page, turns, settle) {
  const { x, y } = page.center(await page.item('surface view', 'canvas'), 0.6, 0.25);
  await page.tab.mouse.move(x, y);
  const found = [];
  for (let i = 0; i < turns; i += 1) {
    await page.tab.waitForTimeout(settle / 2);
    await page.tab.mouse.wheel(0, i % 2 === 0 ? -120 : 120);
    await page.tab.waitForFunction(() => window.__wheel.sampled > 0 && window.__wheel.drawn > 0);
    const { turned, drawn, sampled } = await page.run(() => window.__wheel);
    found.push({ drawn: drawn - turned, sampled: sampled - turned });
  }
  return { drawn_ms: summary(found.map((one) => one.drawn)), sampled_ms: summary(found.map((one) => one.sampled)) };
}

// settle: ms before each window.
export async function surfaceFrames(stage, { ms, steps, turns, settle = kSettle }) {
  const result = { optimizers: Object.keys(kRates).length, points: steps, empty: await emptyPage(stage, ms, settle) };
  const page = await longRace(stage, steps);
  for (const [name, three_d] of [['flat', false], ['mesh', true]]) {
    await page.run((t) => window.descent.apply({ version: 1, view: { three_d: t } }), three_d);
    await page.tab.waitForTimeout(settle);
    await page.run(() => { window.descent.race.play(); });
    await page.tab.waitForTimeout(settle);
    const playing = await framesDuring(page, () => whileFrames(page, ms));
    await page.run(() => window.descent.race.pause());
    const dragged = await framesDuring(page, () => drag(page, ms));
    result[name] = { playing, dragged };
  }
  await page.run(() => window.descent.apply({ version: 1, view: { three_d: false } }));
  result.wheel = await turnWheel(page, turns, settle);
  await stage.closePages();
  return result;
}

const frames = ({ fps, p95_ms }) => `${fps.toFixed(0)} fps, p95 ${p95_ms.toFixed(0)} ms`;

// Rows of a table: what, figure.
export function surfaceRows({ optimizers, points, empty, flat, mesh, wheel }) {
  const what = `${optimizers} optimizers, ${points.toLocaleString('en')} points each`;
  return [
    ['a page that only clears 100 × 100 pixels, in the same minute', `${empty.fps.toFixed(0)} fps`],
    [`${what}, playing: contour, 3-D`, `${frames(flat.playing)}; ${frames(mesh.playing)}`],
    [`${what}, dragged: contour, 3-D`, `${frames(flat.dragged)}; ${frames(mesh.dragged)}`],
    ['wheel to the new view; to its own heights', `${wheel.drawn_ms.median.toFixed(0)} ms; ${wheel.sampled_ms.median.toFixed(0)} ms (longest ${quantile(wheel.sampled_ms.values, 1).toFixed(0)})`],
  ];
}

