// The few statistics that measurements need, each refusing an empty list, since a figure of nothing would look like one.
// SPDX-License-Identifier: MIT

function sorted(values) {
  if (values.length === 0) throw new Error('there is nothing to take a statistic of');
  if (!values.every(Number.isFinite)) throw new Error(`not all of these are numbers: ${values}`);
  return [...values].sort((a, b) => a - b);
}

// The p-th part of the values lies below it: 0 the smallest, 1 the largest, linear in between.
export function quantile(values, p) {
  const list = sorted(values);
  const at = p * (list.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, list.length - 1);
  return list[below] + (at - below) * (list[above] - list[below]);
}

export const median = (values) => quantile(values, 0.5);

// Half the distance from the smallest to the largest, as a share of the median: how far to trust the median.
export function spread(values) {
  const list = sorted(values);
  return (list.at(-1) - list[0]) / 2 / median(list);
}

export const summary = (values) => ({ median: median(values), spread: spread(values), values });

// Rounds of several programs, measured one after the other: {name: [one value each round]}. Each round of a program is
// divided by the round of `base` in the same cycle, so that a machine that slows down slows both.
export function ratios(rounds, base) {
  return Object.fromEntries(Object.entries(rounds).map(([name, values]) => {
    const pairs = values.map((value, i) => [value, rounds[base][i]]).filter((pair) => pair.every(Number.isFinite));
    return [name, pairs.length === 0 ? null : median(pairs.map(([value, ours]) => value / ours))];
  }));
}
