// descent.sampler: the visible Langevin chains of the tab "Sampling". Every command opens the tab and resolves with the
// status that shows its effect.
// SPDX-License-Identifier: MIT

import { plainArguments, wholeNumber } from './arguments.js';

const kMaxSamples = 50000000;
const kSettings = ['automatic', 'temperature', 'learning_rate', 'method', 'chains', 'seed', 'bins', 'burn_in', 'steps_per_second'];

export function samplerCalls(bridge) {
  const status = () => bridge.query('sampler_status');
  const command = async (name, args) => {
    await bridge.call(`sampler.${name}`, args);
    return status();  // the call is answered after the status that shows it
  };
  return {
    async configure(args) { return command('configure', plainArguments('sampler.configure', args, kSettings)); },
    play: () => command('play'),
    pause: () => command('pause'),
    async step(n = 1) { return command('step', { n: wholeNumber('sampler.step', 'n', n, 1, kMaxSamples) }); },
    reset: () => command('reset'),
    status,
  };
}
