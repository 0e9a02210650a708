// The peers' part: other libraries train the same network (batch 32, Adam, MNIST) beside Descent in the same run. All take
// turns, A B C A B C …; each turn is compared with Descent's turn of the same round on as many threads, so that a machine
// that slows down slows both sides of a ratio. A library that is not to be had is named, with the reason.
// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { kRoot, Stage } from '../page/support/stage.mjs';
import { openTorch } from './peers/torch.mjs';
import { BrowserPeers } from './peers/browser.mjs';
import { PeakMeter } from './peak_meter.mjs';
import { networkPage } from './site.mjs';
import { ratios, summary } from './statistics.mjs';
import { number, table, withSpread } from './table.mjs';
import { imagesPerSecond, kWarmUp, pauseTraining, startTraining } from './training.mjs';

const kBatch = 32;
const kThreads = [1, 2];
const kWarmTurn = 1000;  // ms
const kPlan = { rounds: 5, ms: 2000, warmUp: kWarmUp };
const kQuickPlan = { rounds: 1, ms: 300, warmUp: 150 };

// Descent as a peer like the others: the page of the built site.
async function openDescent(page, threads) {
  const { simd } = await page.run(() => window.descent.info());
  return {
    what: `Descent, ${simd} SIMD`,
    threads,
    rate: async (ms) => {
      await startTraining(page, { batch_size: kBatch, threads });
      await page.tab.waitForTimeout(300);
      const rate = await imagesPerSecond(page, ms, kBatch);
      await pauseTraining(page);
      return rate;
    },
    forward: () => page.run(async () => {
      const images = new Float32Array(10000 * 784).map((_, i) => (i % 251) / 250);
      const started = performance.now();
      await window.descent.network.predict(images);
      return { images: 10000, ms: performance.now() - started };
    }),
    close: () => {},
  };
}

// open: what opens a peer for a number of threads; a failure stands for the peer's figures.
function entries({ page, browserPeers, data }) {
  const list = [
    { name: 'Descent', open: (threads) => openDescent(page, threads) },
    { name: 'PyTorch, tuned', open: (threads) => openTorch({ data, threads, tuned: true }) },
    { name: 'PyTorch, plain', open: (threads) => openTorch({ data, threads, tuned: false }) },
    { name: 'TensorFlow.js', open: (threads) => browserPeers.open('tfjs', { threads, batch: kBatch, replace: false }) },
    { name: 'TensorFlow.js, slow kernels replaced', open: (threads) => browserPeers.open('tfjs', { threads, batch: kBatch, replace: true }) },
    { name: 'jax-js', open: (threads) => browserPeers.open('jax', { threads, batch: kBatch }) },
  ];
  return list.flatMap(({ name, open }) => kThreads.map((threads) => ({ name, threads, open: () => open(threads), rates: [], forwards: [] })));
}

async function rateOf(peer, ms) {
  if (peer.rate) return peer.rate(ms);
  const { images, ms: took, loss } = await peer.train(ms);
  if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
  return (1000 * images) / took;
}

// Images a second of the forward pass over 10,000 images: Descent's predict() in one call, the others' in batches of 1,000.
async function forwardRate(peer) {
  const { images, ms } = await (peer.forward ? peer.forward() : peer.evaluate(1000));
  return (1000 * images) / ms;
}

// Opens all that can be had, and trains each for a while, so that what is compiled or allocated once is.
async function openAll(all, plan, say) {
  for (const one of all) {
    try {
      one.peer = await one.open();
      one.what = one.peer.what;
      if (one.peer.threads !== one.threads) throw new Error(`it runs ${one.peer.threads} threads instead of ${one.threads}`);
      // The turns are short: a long one would always meet an evaluation.
      for (let ms = 0; ms < plan.warmUp; ms += kWarmTurn) await rateOf(one.peer, Math.min(kWarmTurn, plan.warmUp));
    } catch (error) {
      one.missing = String(error.message).split('\n')[0];
      say(`${one.name}, ${one.threads} threads, is left out: ${one.missing}`);
    }
  }
}

async function takeTurns(all, plan, meter, say) {
  const peaks = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    say(`peers: round ${round + 1} of ${plan.rounds}`);
    peaks.push(await meter.measure(kThreads));
    for (const one of all.filter(({ missing }) => !missing)) {
      try {
        one.rates.push(await rateOf(one.peer, plan.ms));
        if (one.peer.forward || one.peer.evaluate) one.forwards.push(await forwardRate(one.peer));
      } catch (error) {
        one.missing = String(error.message).split('\n')[0];
      }
    }
  }
  return peaks;
}

export async function measurePeers({ quick }, say) {
  const plan = quick ? kQuickPlan : kPlan;
  const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const data = join(root, 'data');
  await access(join(data, 'train-images-idx3-ubyte.gz')).catch(() => {
    throw new Error(`The site in ${root} has no MNIST, which the other libraries train on.`);
  });
  const stage = await Stage.open({ artifacts: '', root });
  const browserPeers = await BrowserPeers.start(stage.browser, data);
  const page = await networkPage(stage);
  const all = entries({ page, browserPeers, data });
  try {
    const meter = await PeakMeter.open(stage, (await page.run(() => window.descent.info())).simd);
    await openAll(all, plan, say);
    const peaks = await takeTurns(all, plan, meter, say);
    await meter.close();
    return { browser: stage.browser.version(), plan, peaks, peers: results(all) };
  } finally {
    for (const { peer } of all) peer?.close();
    await browserPeers.close();
    await stage.close();
  }
}

function results(all) {
  return all.map(({ name, threads, what, missing, rates, forwards }) => {
    if (missing) return { name, threads, what, missing };
    const ours = all.find((one) => one.name === 'Descent' && one.threads === threads);
    const ratio = ours.missing ? null : ratios({ ours: ours.rates, theirs: rates }, 'ours').theirs;
    return { name, threads, what, images_per_second: summary(rates), ratio, forward_per_second: forwards.length > 0 ? summary(forwards) : null };
  });
}

export function peerTables({ browser, plan, peaks, peers }) {
  const rows = [`Beside others, in turns of ${number(plan.ms / 1000, 1)} s: images/s of training, median of ${plan.rounds}; ratio to Descent's turn of the same round; Chromium ${browser}`];
  rows.push(['', ...kThreads.flatMap((n) => [`${n} thread${n === 1 ? '' : 's'}`, 'ratio', 'forward only'])]);
  for (const name of new Set(peers.map((one) => one.name))) {
    rows.push([name, ...kThreads.flatMap((threads) => {
      const one = peers.find((peer) => peer.name === name && peer.threads === threads);
      return one.missing ? ['not to be had', '–', '–']
        : [withSpread(one.images_per_second), number(one.ratio, 2), number(one.forward_per_second?.median)];
    })]);
  }
  rows.push(['peak GFLOP/s in Chromium', ...kThreads.flatMap((n) => [withSpread(summary(peaks.map((one) => one[n])), 1), '', ''])]);
  const notes = [...new Set(peers.map((one) => (one.missing ? `${one.name}, ${one.threads} threads: ${one.missing}` : `${one.name}: ${one.what}`)))];
  return `${table(rows)}\n${notes.map((note) => `  ${note}`).join('\n')}`;
}
