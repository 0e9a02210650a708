// descent.sampler: the visible Langevin chains of the tab "Sampling". Every command opens the tab and resolves with the
// status that shows its effect.
// SPDX-License-Identifier: MIT

import { oneArgument, plainArguments } from './arguments.js';

export function samplerCalls(bridge) {
  const status = () => bridge.query('sampler_status');
  const command = async (name, args) => {
    await bridge.call(`sampler.${name}`, args);
    return status();  // the call is answered after the status that shows it
  };
  return {
    async configure(args) { return command('configure', plainArguments('sampler.configure', args)); },
    play: () => command('play'),
    pause: () => command('pause'),
    async step(n = 1) { return command('step', oneArgument('sampler.step', 'n', n)); },
    reset: () => command('reset'),
    status,
  };
}
