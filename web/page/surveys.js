// descent.sweep, heatmap and basins: surveys of a surface, computed on all threads; results are typed arrays. The next
// call of the same kind cancels the one under way, and an AbortSignal cancels its own call; both reject.
// SPDX-License-Identifier: MIT

import { anObject, describe, plainArguments, required } from './arguments.js';

// Reads blocks one after the other from an answer's bytes.
function blocks(bytes) {
  let at = bytes.byteOffset;
  return (Type, length) => {
    const block = new Type(bytes.buffer, at, length);
    at += block.byteLength;
    return block;
  };
}

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

  // Promise of {value, bytes}. `args` as the caller gave them, with an AbortSignal or without.
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
      return await this.#bridge.call(where, { ticket, arguments: plain });
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

export function surveyCalls(surveys) {
  return {
    async sweep(args) {
      const { value, bytes } = await surveys.run('sweep', withOptimizerNames(args));
      const read = blocks(bytes);
      const n = value.count;
      const rates = read(Float64Array, n);
      const curves = value.optimizers;
      const losses = curves.map(() => read(Float64Array, n));
      const steps = curves.map(() => read(Int32Array, n));
      const status = curves.map(() => read(Uint8Array, n));
      return { ...value, rates, optimizers: curves.map((curve, i) => ({ ...curve, losses: losses[i], steps: steps[i], status: status[i] })) };
    },

    async heatmap(args) {
      const { value, bytes } = await surveys.run('heatmap', args, ['optimizer', 'x', 'y']);
      const read = blocks(bytes);
      const [width, height] = [value.x.count, value.y.count];
      const x = { ...value.x, values: read(Float64Array, width) };
      const y = { ...value.y, values: read(Float64Array, height) };
      return { ...value, x, y, width, height, losses: read(Float64Array, width * height), status: read(Uint8Array, width * height) };
    },

    async basins(args) {
      const { value, bytes } = await surveys.run('basins', args, ['optimizer']);
      const read = blocks(bytes);
      const n = value.width * value.height;
      return { ...value, steps: read(Int32Array, n), basins: read(Uint8Array, n) };
    },
  };
}
