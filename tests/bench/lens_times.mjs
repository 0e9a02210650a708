// The measurement of what the lenses of the Network workspace cost: the answers to questions about the inside of the network, the time from a
// click on a weight to its picture, training with each lens open beside training without, in turns, and whether the
// weights are the same bits after a run with and without them.
// SPDX-License-Identifier: MIT
import { kAsked, lensRatios } from './lens_figures.mjs';
import { quantile, summary } from './statistics.mjs';
import { imagesPerSecond, kWarmUp, pauseTraining, startTraining } from './training.mjs';

const kConvolution = '3.weight';
const kDense = '7.weight';
const kUnit = { layer: 3, position: [5, 5, 3] };
const kSettle = 700;  // ms: a lens that has been opened has its picture
const kDigits = 10;
const kSameSteps = 120;

const lookAt = (page, part) => page.run((given) => window.descent.apply({ ...window.descent.state(), workspace: 'network', ...given }), part);

// Runs in the page: milliseconds of each of `count` calls, about another digit each time.
async function ask({ name, args, count, digits }) {
  const found = [];
  for (let i = 0; i <= count; i += 1) {
    const started = performance.now();
    await window.descent.network[name](digits ? { ...args, test_index: i % digits } : args);
    if (i > 0) found.push(performance.now() - started);
  }
  return found;
}

// Runs in the page: likewise, with weights of which nothing is known yet.
async function askAnew({ name, args, count }) {
  const found = [];
  for (let i = 0; i <= count; i += 1) {
    await window.descent.network.step(1);
    const started = performance.now();
    await window.descent.network[name](args);
    if (i > 0) found.push(performance.now() - started);
  }
  return found;
}

async function answers(page, count, names) {
  const questions = {
    explain: {},
    weight: { parameter: kConvolution, index: 1000 },
    unit: kUnit,
    jacobian: {},
  };
  const result = {};
  for (const name of names) result[name] = summary(await page.run(ask, { name, args: questions[name], count, digits: kDigits }));
  return result;
}

// Runs in the page: notes when a finger or mouse lets go, and when the title of what is pinned has become another one.
function watchPin() {
  const title = () => window.descent.ui.items().find(({ label }) => label === 'pinned')?.text ?? '';
  window.addEventListener('pointerup', () => {
    const [started, before] = [performance.now(), title()];
    window.__pinned = 0;
    const look = () => {
      const now = title();
      if (now !== before && /^[^:]*\[/.test(now)) window.__pinned = performance.now() - started;
      else requestAnimationFrame(() => setTimeout(look, 0));  // once a frame, after the page has drawn it
    };
    look();
  }, { capture: true });
}

// A unit's terms are buttons that pin their weights. Training goes on.
async function clickToPicture(page, clicks) {
  await lookAt(page, { lens: 'gradients', digit: { test_index: 0 } });
  await page.run(watchPin);
  const found = [];
  for (let i = 0; i < clicks; i += 1) {
    await lookAt(page, { pin: { ...kUnit, position: [2 + (i % 7), 5, 3] } });
    await page.tab.waitForTimeout(kSettle);
    const { x, y } = page.center(await page.item('term 1', 'button'));
    await page.tab.mouse.click(x, y);
    await page.tab.waitForFunction(() => window.__pinned > 0);
    found.push(await page.run(() => window.__pinned));
  }
  await lookAt(page, { pin: {} });
  return { ...summary(found), max: quantile(found, 1) };
}

// Images a second with each lens open, one after the other in each round.
async function speeds(page, { rounds, ms }) {
  const open = {
    training: { lens: 'training', pin: {} },
    gradients: { lens: 'gradients', pin: { parameter: kConvolution, index: 1000 } },
    weights: { lens: 'weights', pin: {} },
    predictions: { lens: 'predictions', pin: {}, lenses: { predictions: 'confusion' } },
  };
  const found = Object.fromEntries(Object.keys(open).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, part] of Object.entries(open)) {
      await lookAt(page, part);
      await page.tab.waitForTimeout(kSettle);
      found[name].push(await imagesPerSecond(page, ms, 32));
    }
  }
  await lookAt(page, open.training);
  return found;
}

// The weights' bytes after the same run, once with the lens Training alone and once going through all of them.
async function sameBits(page) {
  const run = async (parts) => {
    await page.run(() => window.descent.network.reset());
    for (let i = 0; i < kSameSteps; i += kSameSteps / 12) {
      await lookAt(page, parts[(12 * i / kSameSteps) % parts.length]);
      await page.run((n) => window.descent.network.step(n), kSameSteps / 12);
    }
    return page.run(async () => {
      const digest = await crypto.subtle.digest('SHA-256', await window.descent.network.save());
      return Array.from(new Uint8Array(digest)).join();
    });
  };
  const plain = await run([{ lens: 'training', pin: {} }]);
  const seen = await run([{ lens: 'gradients', pin: kUnit }, { lens: 'weights', lenses: { rank: 20 } }, { lens: 'gradients', pin: { pixel: [9, 9] } }, { lens: 'predictions', pin: {}, lenses: { predictions: 'calibration' } }]);
  await lookAt(page, { lens: 'training', pin: {}, lenses: { rank: 0, predictions: 'digit' } });
  return plain === seen;
}

export async function lensTimes(page, { rounds, ms, lenses: { answers: count, clicks, studies } }) {
  const result = {};
  await lookAt(page, { lens: 'training', pin: {} });
  await page.run(() => window.descent.network.configure({ batch_size: 32, threads: 0 }));
  result.same_bits = await sameBits(page);
  await startTraining(page, { batch_size: 32, threads: 0 });
  await page.tab.waitForTimeout(ms < 1000 ? ms : kWarmUp);
  result.training = await answers(page, count, ['explain', 'weight', 'unit']);
  result.click = await clickToPicture(page, clicks);
  result.speeds = await speeds(page, { rounds, ms });
  result.ratios = lensRatios(result.speeds);
  await pauseTraining(page);
  result.rest = await answers(page, count, Object.keys(kAsked.rest).filter((name) => ['explain', 'weight', 'unit', 'jacobian'].includes(name)));
  result.rest.spectrum = summary(await page.run(ask, { name: 'spectrum', args: {}, count: studies }));
  result.rest.ranks = summary(await page.run(ask, { name: 'ranks', args: { parameter: kDense }, count: studies }));
  for (const [name, args] of [['confusion'], ['calibration'], ['posterior', { test_index: 0 }]]) {
    result.rest[name] = summary(await page.run(askAnew, { name, args, count: studies }));
  }
  result.rest.another = summary(await page.run(ask, { name: 'posterior', args: {}, count: studies, digits: kDigits }));
  return result;
}
