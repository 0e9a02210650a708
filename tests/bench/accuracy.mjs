// The accuracy part: the seed configuration on MNIST with three seeds, test accuracy after 1, 3 and 10 epochs; with --peers
// PyTorch's too, from the same kind of start (Glorot uniform, no bias). And Descent's one cycle of 3 epochs.
// SPDX-License-Identifier: MIT
import { join } from 'node:path';

import { kRoot, Stage } from '../page/support/stage.mjs';
import { openTorch } from './peers/torch.mjs';
import { networkPage } from './site.mjs';
import { number, percent, table } from './table.mjs';
import { oneCycle } from './training.mjs';

const kSeeds = [1, 2, 3];
const kEpochs = [1, 3, 10];

// {seed, seconds, accuracies: [after each epoch]}; seconds: training and evaluations, as the trainer counts them.
async function descentRun(page, seed, epochs) {
  await page.run((given) => window.descent.network.configure({ seed: given, batch_size: 32, threads: 0, epochs: 10 }), seed);
  await page.run(() => window.descent.network.reset());
  const { seconds, history } = await page.run((n) => window.descent.network.train({ epochs: n }), epochs);
  return { seed, seconds, accuracies: history.test.map((point) => point.accuracy) };
}

async function torchRun(data, seed, epochs) {
  const torch = await openTorch({ data, threads: 2, tuned: true, seed });
  const run = { seed, ...(await torch.epochs(epochs)) };
  torch.close();
  return run;
}

export async function measureAccuracy({ quick, parts }, say) {
  const [seeds, epochs] = quick ? [[1], 1] : [kSeeds, Math.max(...kEpochs)];
  const root = process.env.DESCENT_SITE ?? `${kRoot}dist`;
  const stage = await Stage.open({ artifacts: '', root });
  const result = { epochs: kEpochs.filter((n) => n <= epochs), descent: [], torch: [], cycle: [] };
  try {
    const page = await networkPage(stage);
    result.dataset = await page.run(() => window.descent.network.status().dataset);
    for (const seed of seeds) {
      say(`accuracy: seed ${seed}`);
      result.descent.push(await descentRun(page, seed, epochs));
      if (!quick) result.cycle.push(await oneCycle(page, seed));
      if (parts.includes('peers')) result.torch.push(await torchRun(join(root, 'data'), seed, epochs));
    }
  } finally {
    await stage.close();
  }
  return result;
}

export function accuracyTables({ dataset, epochs, descent, torch, cycle }) {
  const rows = [`Test accuracy on ${dataset}, seed configuration`];
  rows.push(['', ...epochs.map((n) => `${n} epoch${n === 1 ? '' : 's'}`), 'seconds']);
  for (const [name, runs] of [['Descent', descent], ['Descent, one cycle of 3 epochs', cycle], ['PyTorch, tuned', torch]]) {
    for (const { seed, seconds, accuracies } of runs) {
      rows.push([`${name}, seed ${seed}`, ...epochs.map((n) => (accuracies[n - 1] === undefined ? '–' : percent(accuracies[n - 1], 2))), number(seconds, 1)]);
    }
  }
  return table(rows);
}
