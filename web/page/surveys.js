// descent.sweep, heatmap and basins: surveys of a surface, computed on all threads; results are typed arrays. The next
// call of the same kind cancels the one under way, and an AbortSignal cancels its own call; both reject.
// SPDX-License-Identifier: MIT

import { anObject, describe, plainArguments, required } from './arguments.js';

// {optimizer: 'adam'}, {name: 'adam'} and 'adam' mean the same.
function withOptimizerNames(args) {
  if (!Array.isArray(args?.optimizers)) return args;
  const named = (item) => {
    if (typeof item === 'string') return { optimizer: item };
    if (item === null || typeof item !== 'object' || item.name === undefined || item.optimizer !== undefined) return item;
    const { name, ...rest } = item;
    return { optimizer: name, ...rest };
  };
  return { ...args, optimizers: args.optimizers.map(named) };
}

export class SurveyCalls {
  #bridge;
  #next = 1;

  constructor(bridge) {
    this.#bridge = bridge;
  }

  // Promise of the answer. `args` as the caller gave them, with an AbortSignal or without.
  async run(where, args = {}, needed = []) {
    anObject(where, args);
    const { signal, ...rest } = args;
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw new Error(`${where}: signal is ${describe(signal)}; it must be an AbortSignal`);
    }
    const plain = plainArguments(where, rest);
    required(where, plain, needed);
    const aborted = () => new Error(`${where}: cancelled`, { cause: signal.reason });
    if (signal?.aborted) throw aborted();
    const ticket = this.#next++;
    const stop = () => { this.#bridge.call('survey.cancel', { ticket }); };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return (await this.#bridge.call(where, { ticket, arguments: plain })).value;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

export function surveyCalls(surveys) {
  return {
    async sweep(args) { return surveys.run('sweep', withOptimizerNames(args)); },
    async heatmap(args) { return surveys.run('heatmap', args, ['optimizer', 'x', 'y']); },
    async basins(args) { return surveys.run('basins', args, ['optimizer']); },
  };
}
