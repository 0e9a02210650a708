// The accuracy part: the seed configuration on MNIST with three seeds, test accuracy after 1, 3 and 10 epochs; with --peers
// PyTorch's too, from the same kind of start (Glorot uniform, no bias). One cycle of 3 epochs, and of one with five seeds,
// with --peers in PyTorch as well.
// SPDX-License-Identifier: MIT
import { join } from 'node:path';

import { kRoot, Stage } from '../page/support/stage.mjs';
import { accuracyRuns } from './accuracy_runs.mjs';
import { openTorch } from './peers/torch.mjs';
import { networkPage } from './site.mjs';
import { median } from './statistics.mjs';
import { number, percent, table } from './table.mjs';
import { kCycleRate, kCycles, oneCycle } from './training.mjs';

const kSeeds = [1, 2, 3];
const kShortSeeds = [1, 2, 3, 4, 5];  // of one epoch
const kEpochs = [1, 3, 10];

// {seed, seconds, accuracies: [after each epoch]}; seconds: training and evaluations, as the trainer counts them.
async function descentRun(page, seed, epochs) {
  await page.run((given) => window.descent.network.configure({ seed: given, batch_size: 32, threads: 0, epochs: 10 }), seed);
  await page.run(() => window.descent.network.reset());
  const { seconds, history } = await page.run((n) => window.descent.network.train({ epochs: n }), epochs);
  return { seed, seconds, accuracies: history.test.map((point) => point.accuracy) };
}

async function torchRun(data, seed, train) {
  const torch = await openTorch({ data, threads: 2, tuned: true, seed });
  const run = { seed, ...(await train(torch)) };
  torch.close();
  return run;
}

export async function measureAccuracy({ quick, parts }, say) {
  const [seeds, epochs] = quick ? [[1], 1] : [kSeeds, Math.max(...kEpochs)];
  const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const stage = await Stage.open({ artifacts: '', root });
  const result = { epochs: kEpochs.filter((n) => n <= epochs), descent: [], torch: [], cycle: [], short: [], torch_short: [] };
  try {
    const page = await networkPage(stage);
    result.dataset = await page.run(() => window.descent.network.status().dataset);
    for (const seed of seeds) {
      say(`accuracy: seed ${seed}`);
      result.descent.push(await descentRun(page, seed, epochs));
      if (!quick) result.cycle.push(await oneCycle(page, seed));
      if (parts.includes('peers')) result.torch.push(await torchRun(join(root, 'data'), seed, (torch) => torch.epochs(epochs)));
    }
    for (const seed of quick ? [1] : kShortSeeds) {
      say(`accuracy: one cycle of one epoch, seed ${seed}`);
      result.short.push(await oneCycle(page, seed, 1));
      if (parts.includes('peers')) result.torch_short.push(await torchRun(join(root, 'data'), seed, (torch) => torch.cycle({ ...kCycles[1], rate: kCycleRate, epochs: 1 })));
    }
  } finally {
    await stage.close();
  }
  return result;
}

export function accuracyTables(result) {
  const { dataset, epochs } = result;
  const rows = [`Test accuracy on ${dataset}, seed configuration`];
  rows.push(['', ...epochs.map((n) => `${n} epoch${n === 1 ? '' : 's'}`), 'seconds']);
  for (const [name, runs] of accuracyRuns(result)) {
    for (const { seed, seconds, accuracies } of runs) {
      rows.push([`${name}, seed ${seed}`, ...epochs.map((n) => (accuracies[n - 1] === undefined ? '–' : percent(accuracies[n - 1], 2))), number(seconds, 1)]);
    }
    const last = median(runs.map(({ accuracies }) => accuracies.at(-1)));
    if (runs.length > 2) rows.push([`${name}, median`, ...epochs.map(() => ''), `${percent(last, 2)} in ${number(median(runs.map(({ seconds }) => seconds)), 1)}`]);
  }
  return table(rows);
}
