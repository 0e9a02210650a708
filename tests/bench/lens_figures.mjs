// The arithmetic of the lenses' part: ratios within a round, rows of a table with what is asked beside. It measures
// nothing.
// SPDX-License-Identifier: MIT
import { median, quantile, ratios } from './statistics.mjs';
import { number, percent } from './table.mjs';

// Milliseconds at most; the share of the speed at least.
export const kAsked = {
  training: { explain: 16, weight: 16, unit: 16 },
  click: 16,
  rest: { explain: 16, weight: 16, unit: 16, jacobian: 5, spectrum: 50, ranks: 500, confusion: 1000, calibration: 1000, posterior: 2000, another: 200 },
  speed: 0.9,
};

const kWords = {
  explain: 'explain, one digit',
  weight: 'a weight’s terms and central difference',
  unit: 'a unit’s terms',
  jacobian: 'Jacobian',
  spectrum: 'singular values of all layers',
  ranks: 'accuracy at all ranks of the large dense layer, 10,000 images',
  confusion: 'confusion, 10,000 images',
  calibration: 'calibration, 10,000 images',
  posterior: 'the last layer’s posterior, 60,000 images',
  another: 'the posterior’s votes on another digit',
};

// {lens: [images a second in each round]}: each lens against Training, by the median of the ratios within a round.
export const lensRatios = (speeds) => ratios(speeds, 'training');

const within = (good) => (good ? '' : ', missed');

// Rows of a table: what, figure, with what is asked.
export function lensRows({ training, click, rest, ratios: shares, same_bits: same }) {
  const time = (what, times, asked) => {
    const middle = median(times.values);
    const p95 = times.values.length >= 20 ? ` / ${number(quantile(times.values, 0.95), 1)}` : '';
    return [what, `${number(middle, 1)}${p95} ms (asked ${asked}${within(middle <= asked)})`];
  };
  return [
    ...Object.entries(kAsked.rest).map(([name, asked]) => time(kWords[name], rest[name], asked)),
    ...Object.entries(kAsked.training).map(([name, asked]) => time(`${kWords[name]}, while training`, training[name], asked)),
    time('from a click on a weight to its picture, while training', click, kAsked.click),
    ...Object.entries(shares).filter(([name]) => name !== 'training').map(([name, share]) => [
      `training with the lens ${name[0].toUpperCase()}${name.slice(1)} open, against Training`, `${percent(share)} (asked ${percent(kAsked.speed)}${within(share >= kAsked.speed)})`]),
    ['weights after a run with and without lenses', same ? 'the same bits' : 'not the same bits, missed'],
  ];
}
