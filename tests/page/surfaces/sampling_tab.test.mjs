// The tab "Sampling", by real clicks and keys: the divergence falls as far as it must and no farther for a biased
// sampler, temperature 0 is gradient descent, the chains follow the surface, rest while their tab is closed, and their
// settings travel in the state and the link.
// SPDX-License-Identifier: MIT
import { check, close, equal, matches, mustFail, test, until } from '../support/test.mjs';

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const kFast = { steps_per_second: 10000, bins: 32, seed: 5 };

const status = (page) => page.run(() => window.descent.sampler.status());
const said = async (page, name) => (await page.item(`sampling ${name}`, 'text')).text;

async function onBowl(page) {
  await page.run(() => window.descent.race.configure({ surface: 'quadratic', parameters: { kappa: 4 }, start: [2, 1], optimizers: [] }));
}

async function choose(page, label, option) {
  await page.click(label, 'combo');
  await page.clickAt(page.center(await page.item(option, 'option')));
}

// sampled() waits for that many samples of this temperature and step size.
const sampled = (page, { temperature, learning_rate: rate, samples }) => until(async () => {
  const now = await status(page);
  return now.temperature === temperature && (rate === undefined || now.learning_rate === rate) && now.samples >= samples && now;
}, `${samples} samples at temperature ${temperature}`, 40);

test('sampling tab: opened, it shows chains on the present surface at once', async (stage) => {
  const page = await stage.page();
  await page.click('Sampling', 'tab');
  const now = await until(async () => {
    const seen = await status(page);
    return seen.samples > 20000 && seen;
  }, 'samples');
  equal([now.surface, now.method, now.playing], ['rosenbrock', 'mala', true], 'surface, method, running');
  check(now.acceptance > 0.4 && now.acceptance < 0.95, `acceptance ${now.acceptance} with the step that suits the surface`);
  const { sampling } = await page.run(() => window.descent.state());
  equal([sampling.automatic, sampling.temperature], [true, now.temperature], 'the automatic temperature in the state');
  for (const label of ['visited points', 'exact density', 'divergence']) await page.item(label, 'plot');
  matches(await said(page, 'divergence'), /^KL [\d.]+ nats after [\d,]+ samples/, 'the sentence');
  page.noErrors();
});

test('sampling tab: MALA’s divergence falls below 0.01 on a bowl; a step far too large without refusals leaves it high', async (stage, note) => {
  const page = await stage.page();
  await onBowl(page);
  await page.run((fast) => window.descent.sampler.configure(fast), kFast);
  await page.fill('sampling temperature value', '0.5');
  await page.fill('sampling step size value', '0.2');
  const good = await sampled(page, { temperature: 0.5, learning_rate: 0.2, samples: 800000 });
  check(good.kl < 0.01, `KL ${good.kl}`);
  check(good.kl >= 0.5 * good.kl_expected, `KL ${good.kl} is below that of independent draws, ${good.kl_expected}`);
  check(good.acceptance > 0.6 && good.acceptance < 1, `acceptance ${good.acceptance}`);
  check(good.effective > 10000 && good.r_hat < 1.05, `worth ${good.effective}, R̂ ${good.r_hat}`);
  matches(await said(page, 'acceptance'), /^MALA accepts \d+ %/, 'what it says');
  // Negative control: 2/λmax is 0.5; at 0.45 the unadjusted chains have ten times the variance across the valley.
  await choose(page, 'method', 'ULA');
  await page.fill('sampling step size value', '0.45');
  const biased = await sampled(page, { temperature: 0.5, learning_rate: 0.45, samples: 800000 });
  equal(biased.acceptance, 1, 'ULA takes all');
  check(biased.kl > 20 * good.kl && biased.kl > 0.3, `KL ${biased.kl} of a biased sampler`);
  note(`KL ${good.kl.toPrecision(3)} (independent draws ${good.kl_expected.toPrecision(3)}), biased ${biased.kl.toPrecision(3)}`);
  page.noErrors();
});

test('sampling tab: visits at one temperature are far from another’s density (negative control of the divergence)', async (stage) => {
  const page = await stage.page();
  const [against, own] = await page.run(async () => {
    const args = { surface: 'quadratic', parameters: { kappa: 4 }, learning_rate: 0.1, method: 'mala', steps: 3000, burn_in: 200, bins: 32 };
    const cold = await window.descent.sample({ ...args, temperature: 0.5 });
    const warm = await window.descent.sample({ ...args, temperature: 1, steps: 0 });
    const divergence = (p, q) => p.reduce((sum, share, i) => (share > 0 ? sum + share * Math.log(share / q[i]) : sum), 0);
    return [divergence(cold.histogram, warm.exact), divergence(cold.histogram, cold.exact)];
  });
  check(own < 0.01, `KL ${own} from its own density`);
  check(against > 0.1, `KL ${against} from that of another temperature`);
});

test('sampling tab: dragged to 0, the temperature makes gradient descent of it, and the chains collapse', async (stage) => {
  const page = await stage.page();
  await onBowl(page);
  await page.run((fast) => window.descent.sampler.configure({ ...fast, temperature: 0.5, learning_rate: 0.1, steps_per_second: 240 }), kFast);
  await sampled(page, { temperature: 0.5, samples: 5000 });
  const before = await status(page);
  equal(before.gatherings, [], 'no gatherings while they wander');
  const slider = await page.item('sampling temperature', 'slider');
  await page.drag([page.center(slider), page.center(slider, 0.2), page.center(slider, 0.002)]);
  const cold = await until(async () => {
    const now = await status(page);
    return now.temperature === 0 && now.gatherings[0]?.chains === 100 && now;
  }, 'all chains in one place');
  await until(async () => Math.hypot(...(await status(page)).gatherings[0].point) < 1e-6, 'the minimum');
  equal(cold.kl, null, 'no divergence');
  check(cold.steps > before.steps, 'they went on from where they were');
  matches(await said(page, 'descent'), /^At temperature 0 this is gradient descent/, 'what it says');
  matches(await said(page, 'gatherings'), /together: 100 at \(/, 'where they are');
  equal((await page.item('divergence', 'plot')).value, 0, 'points of the curve');
  // With the keyboard: from 0 the first step is the lowest temperature of the slider, and back.
  await page.key('Tab');
  await page.key('ArrowRight');
  await until(async () => (await status(page)).temperature === 0.001, 'the lowest temperature above 0');
  await page.key('ArrowLeft');
  await until(async () => (await status(page)).temperature === 0, 'temperature 0 again');
  await page.fill('sampling temperature value', '0.5');
  await sampled(page, { temperature: 0.5, samples: 1000 });
  page.noErrors();
});

test('sampling tab: its terms are explained where they stand', async (stage) => {
  const page = await stage.page();
  await page.click('Sampling', 'tab');
  await until(async () => (await page.items()).some(({ label }) => /sampling (effective|agreement)/.test(label)), 'all lines');
  await page.click('Pause chains', 'button');
  await page.settled();
  for (const [line, term] of [[/sampling divergence/, /^KL is the Kullback-Leibler divergence .* nat, is 1\.44 bits\.$/],
    [/sampling acceptance/, /^MALA, the Metropolis-adjusted Langevin algorithm,/], [/sampling (effective|agreement)/, /^R-hat compares the spread between the chains/]]) {
    const { x, y } = page.center(await until(async () => (await page.items()).find(({ label }) => line.test(label)), `${line}`));
    await page.tab.mouse.move(x, y);
    await until(async () => term.test((await page.items()).find(({ label }) => label === 'tooltip')?.text), `${term} over the line`);
  }
  page.noErrors();
});

test('sampling tab: buttons run, pause, step and reset the chains', async (stage) => {
  const page = await stage.page();
  await onBowl(page);
  await page.click('Sampling', 'tab');
  await page.click('Pause chains', 'button');
  await until(async () => !(await status(page)).playing, 'a pause');
  const { steps } = await status(page);
  await page.click('Step chains', 'button');
  await until(async () => (await status(page)).steps === steps + 1, 'one more step');
  await page.click('Reset chains', 'button');
  await until(async () => (await status(page)).steps === 0, 'the beginning');
  await page.fill('chains', '7');
  await until(async () => (await status(page)).chains === 7, 'seven chains');
  await page.fill('chains', '0');
  matches((await page.item('error', 'text')).text, /chains must be a whole number from 1 to 10,000/, 'the refusal');
  equal((await status(page)).chains, 7, 'chains after a refusal');
  await page.click('Run chains', 'button');
  await until(async () => (await status(page)).steps > 5, 'steps again');
  page.noErrors();
});

test('sampling tab: the chains follow the surface, typed formulas with parameters too, and rest while their tab is closed', async (stage) => {
  const page = await stage.page();
  await page.run(() => window.descent.race.configure({ expression: 'h*(x^2 - 1)^2 + y^2/2', parameters: { h: 1 }, domain: [-2, 2, -2, 2], start: [-1, 0], optimizers: [] }));
  await page.run((fast) => window.descent.sampler.configure({ ...fast, temperature: 0.5, learning_rate: 0.05 }), kFast);
  await page.run(() => window.descent.sampler.play());
  const formula = await sampled(page, { temperature: 0.5, samples: 500000 });
  equal([formula.expression, formula.parameters], ['h*(x^2 - 1)^2 + y^2/2', { h: 1 }], 'the formula');
  check(formula.kl < 0.02, `KL ${formula.kl}`);
  // A higher barrier: another surface, the chains begin anew, and at the start again. At rest nobody is faster than the look.
  await page.run(() => window.descent.sampler.pause());
  const slider = await page.item('formula h', 'slider');
  await page.clickAt(page.center(slider, 0.9));
  const higher = await until(async () => {
    const now = await status(page);
    return now.parameters?.h > 1 && now;
  }, 'the new parameter');
  equal([higher.steps, higher.samples, higher.playing], [0, 0, false], 'steps and samples of chains that begin anew');
  await page.run(() => window.descent.sampler.play());
  await until(async () => (await status(page)).samples > 1000, 'samples of the new surface');
  await page.click('Loss', 'tab');
  await until(async () => !(await status(page)).playing, 'rest');
  const { steps } = await status(page);
  await page.settled();
  await page.frames(10);
  equal((await status(page)).steps, steps, 'steps while the tab is closed');
  await page.click('Sampling', 'tab');
  await until(async () => (await status(page)).steps > steps, 'they go on');
  page.noErrors();
});

test('sampling tab: settings in the state, through the link, refused as a whole', async (stage) => {
  const page = await stage.page();
  await onBowl(page);
  const settings = { temperature: 0.75, learning_rate: 0.015, method: 'ula', chains: 40, seed: 99, bins: 48, burn_in: 30, steps_per_second: 1000 };
  await page.run((args) => window.descent.sampler.configure(args), settings);
  const state = await page.run(() => window.descent.state());
  equal(state.sampling, { automatic: false, ...settings }, 'in the state');
  equal(state.view.tab, 'sampling', 'the tab');
  const fragment = await page.run(async (s) => (await import('./links.js')).encodeState(s), state);
  const other = await stage.page();
  await mustFail(async () => equal((await other.run(() => window.descent.state())).sampling, state.sampling, 'settings'), 'equality of settings');
  await other.follow(fragment);
  await until(async () => JSON.stringify((await other.run(() => window.descent.state())).sampling) === JSON.stringify(state.sampling), 'the settings from the link');
  const now = await until(async () => {
    const seen = await status(other);
    return seen.chains === 40 && seen.samples > 0 && seen;
  }, 'chains from the link');
  equal([now.temperature, now.method, now.seed, now.bins], [0.75, 'ula', 99, 48], 'what runs');
  for (const [bad, pattern] of [[{ temperature: -1 }, /temperature is -1/], [{ method: 'gibbs' }, /method.*ula.*mala/], [{ chains: 1.5 }, /chains is 1.5/], [{ heat: 1 }, /heat/]]) {
    matches(await page.refusal((args) => window.descent.sampler.configure(args), bad), pattern, JSON.stringify(bad));
    matches(await page.refusal((sampling) => window.descent.apply({ version: 1, sampling }), bad), pattern, `state: ${JSON.stringify(bad)}`);
  }
  equal((await page.run(() => window.descent.state())).sampling, state.sampling, 'nothing has changed');
  const stepped = await page.run(async () => { await window.descent.sampler.reset(); return window.descent.sampler.step(50); });
  equal([stepped.steps, stepped.playing, stepped.samples + stepped.outside], [50, false, 20 * 40], 'a step by script');
  const again = await page.run(async () => { await window.descent.sampler.reset(); return window.descent.sampler.step(50); });
  close(again.kl, stepped.kl, 0, 'the same seed, the same numbers');
  page.noErrors();
});

const kSizes = [
  ['1280x720', { viewport: { width: 1280, height: 720 } }],
  ['768x1024', { viewport: { width: 768, height: 1024 } }],
  ['390x844', kPhone],
  ['1280x720@2', { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 }],
];

const overlap = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1;

for (const [size, options] of kSizes) {
  test(`sampling tab: screenshots at ${size}; nothing lies over anything else`, async (stage) => {
    const page = await stage.page({ ...options, pixels: true });
    await page.run(() => window.descent.race.configure({ surface: 'himmelblau', optimizers: [{ optimizer: 'adam' }] }));
    for (const tall of [false, true]) {
      for (const theme of process.env.DESCENT_TEST_LONG ? ['dark', 'light'] : [tall ? 'light' : 'dark']) {
        await page.run((part) => window.descent.apply({ version: 1, ...part }), { theme, view: { tab: 'sampling', tall } });
        await until(async () => (await status(page)).samples > 20000, 'samples');
        await page.frames(4);
        await page.tab.screenshot({ path: `${stage.artifacts}/sampling-${theme}${tall ? '-tall' : ''}-${size}.png` });
      }
      const labels = /^(sampling (temperature|step size|divergence|acceptance|effective|agreement|outside)|visited points|exact density|divergence|chains|seed|burn-in|cells|sampling speed|method|Suit the surface|.* chains)$/;
      const items = (await page.items()).filter(({ label, role }) => labels.test(label) && role !== 'tab' && role !== 'legend');
      check(items.length >= (tall ? 8 : 5), `${items.length} parts on the screen`);
      for (const [i, a] of items.entries()) {
        for (const b of items.slice(i + 1)) check(!overlap(a, b), `'${a.label}' and '${b.label}' overlap at ${size}${tall ? ', tall' : ''}`);
        check(a.x >= -1 && a.x + a.width <= options.viewport.width + 1, `'${a.label}' is outside`);
      }
    }
    page.noErrors();
  }, { long: size.endsWith('@2') });
}
