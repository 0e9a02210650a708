// window.descent: everything the mouse can do, for scripts. Names, units and shapes are declared in descent.d.ts. Each
// call checks its arguments here (finiteness, what is missing) and in the program (names, types, limits), does all of it
// or nothing, and rejects with a sentence.
// SPDX-License-Identifier: MIT

import {
  bytesOf, describe, imageCount, labelNumbers, list, oneArgument, oneSurface, onlyNames, plainArguments, required, trueOrFalse,
} from './arguments.js';
import { kRoles } from './datasets.js';
import { inspectCalls } from './inspect.js';
import { mayMove } from './motion.js';
import { samplerCalls } from './sampler.js';
import { SurveyCalls, surveyCalls } from './surveys.js';

function surfaceCalls(bridge) {
  const checked = (where, args, needed) => {
    const plain = plainArguments(where, args);
    oneSurface(where, plain);
    required(where, plain, needed);
    return plain;
  };
  return {
    surfaces: () => bridge.query('surfaces'),
    optimizers: () => bridge.query('optimizers'),
    schedules: () => bridge.query('schedules'),

    async evaluate(args) {
      return (await bridge.call('evaluate', checked('evaluate', args, ['point']))).value;
    },

    async expression(args) {
      const where = 'expression';
      const plain = plainArguments(where, typeof args === 'string' ? { expression: args } : args);
      required(where, plain, ['expression']);
      return (await bridge.call(where, plain)).value;
    },

    async graph(args) {
      return (await bridge.call('graph', checked('graph', args, ['point']))).value;
    },

    async descend(args) {
      return (await bridge.call('descend', checked('descend', args, ['optimizer', 'start', 'steps']))).value;
    },

    async sample(args) {
      return (await bridge.call('sample', checked('sample', args, ['temperature', 'steps']))).value;
    },
  };
}

function raceCalls(bridge, surveys) {
  const status = () => bridge.query('race_status');
  const command = async (name, args) => {
    await bridge.call(`race.${name}`, args);
    return status();  // the call is answered after the status that shows it
  };
  return {
    async configure(args) { return command('configure', plainArguments('race.configure', args)); },
    play: () => command('play'),
    pause: () => command('pause'),
    async step(n = 1) { return command('step', oneArgument('race.step', 'n', n)); },
    async back(n = 1) { return command('back', oneArgument('race.back', 'n', n)); },
    async seek(step) { return command('seek', oneArgument('race.seek', 'step', step)); },
    async branch(args) {
      const plain = plainArguments('race.branch', args);
      required('race.branch', plain, ['runner', 'step']);
      return command('branch', plain);
    },
    async change(args) {
      const plain = plainArguments('race.change', args);
      required('race.change', plain, ['runner']);
      return command('change', plain);
    },
    async take_advice(runner) { return command('take_advice', oneArgument('race.take_advice', 'runner', runner)); },
    async let_run(runner) { return command('let_run', oneArgument('race.let_run', 'runner', runner)); },
    async tune(args) { return surveys.run('race.tune', args); },
    async undo_tuning() { return command('undo_tuning'); },
    reset: () => command('reset'),
    status,
  };
}

function networkCalls(bridge, datasets) {
  const status = () => bridge.query('network_status');
  const runs = () => bridge.query('network_runs');
  const command = async (name, args, buffers) => {
    await bridge.call(`network.${name}`, args, buffers);
    return status();
  };
  // A training needs data; what is refused without them is refused before they are fetched.
  const train = async (name, args) => {
    await bridge.call(`network.check_${name}`, args);
    await datasets.ensure();
    return command(name, args);
  };
  return {
    layers: () => bridge.query('layers'),
    async plan(network) { return (await bridge.call('network.plan', oneArgument('network.plan', 'network', network))).value; },
    async configure(args) {
      const where = 'network.configure';
      const { dataset, ...config } = plainArguments(where, args);
      if (dataset === undefined) return command('configure', config);
      const { value: name } = await bridge.call('network.check', { ...config, dataset });  // before anything is fetched
      if (datasets.has(name)) return command('configure', config);
      await datasets.use(name, config);
      return status();
    },

    async load(args) {
      const where = 'network.load';
      if (args === null || typeof args !== 'object') throw new Error(`${where} takes an object with ${list(kRoles)}; it got ${describe(args)}`);
      onlyNames(where, args, [...kRoles, 'transposed']);
      required(where, args, kRoles);
      const transposed = trueOrFalse(where, 'transposed', args.transposed ?? false);
      const files = Object.fromEntries(kRoles.map((role) => [role, bytesOf(where, role, args[role])]));
      await datasets.loadFiles(files);
      if (transposed) await command('transpose', { on: true });
      return { train: status().train_count, test: status().test_count };
    },

    async transpose(on = true) {
      return command('transpose', { on: trueOrFalse('network.transpose', 'on', on) });
    },
    undo_load: () => command('undo_load'),

    async train(args) { return train('train', plainArguments('network.train', args)); },
    pause: () => command('pause'),
    async step(n = 1) { return train('step', oneArgument('network.step', 'n', n)); },
    reset: () => command('reset'),
    status,

    checkpoints: () => bridge.query('network_checkpoints'),
    async seek(step) { return command('seek', oneArgument('network.seek', 'step', step)); },
    async branch(args) {
      const plain = plainArguments('network.branch', args);
      required('network.branch', plain, ['step']);
      return command('branch', plain);
    },
    runs,
    async keep(id, on = true) {
      const plain = plainArguments('network.keep', { id, on: trueOrFalse('network.keep', 'on', on) });
      required('network.keep', plain, ['id']);
      await command('keep', plain);
      return runs();
    },
    async remove(id) {
      await command('remove', oneArgument('network.remove', 'id', id));
      return runs();
    },

    async predict(images) {
      imageCount('network.predict', 'images', images);
      return (await bridge.call('network.predict', {}, [images])).value;
    },

    async gradients(args) {
      const where = 'network.gradients';
      required(where, args ?? {}, ['images', 'labels']);
      const n = imageCount(where, 'images', args.images);
      const labels = labelNumbers(where, 'labels', args.labels, n);
      return (await bridge.call(where, {}, [args.images, labels])).bytes;
    },

    async save(args) {
      return (await bridge.call('network.save', plainArguments('network.save', args))).bytes;
    },
    async restore(bytes) {
      const data = bytesOf('network.restore', 'bytes', bytes);
      const name = data instanceof File ? data.name : undefined;
      return command('restore', { name }, [data instanceof Blob ? await data.arrayBuffer() : data]);
    },
    ...inspectCalls(bridge),
  };
}

const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });

// Resolves when what is on the screen will not change by itself any more.
async function settled(bridge, datasets, args) {
  const where = 'ui.settled';
  const own = plainArguments(where, args);
  onlyNames(where, own, ['seconds']);
  const { seconds = 30 } = own;
  if (typeof seconds !== 'number' || !(seconds > 0)) throw new Error(`${where}: seconds is ${describe(seconds)}; it must be above 0`);
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const reason = bridge.query('waits_for') || (bridge.busy && 'a call that is under way') || (datasets.busy && 'a data set that is on its way');
    if (!reason) return;
    if (performance.now() > end) throw new Error(`${where}: after ${seconds} s the page still waits for ${reason}`);
    await nextFrame();
  }
}

// `ready` settles after the first drawn frame; `simd` is the flavour the page has chosen.
export function makeDescent({ bridge, datasets, ready, simd }) {
  const surveys = new SurveyCalls(bridge);
  return Object.freeze({
    ready,
    info: () => ({ ...bridge.query('info'), simd }),
    ...surfaceCalls(bridge),
    ...surveyCalls(surveys),
    race: Object.freeze(raceCalls(bridge, surveys)),
    sampler: Object.freeze(samplerCalls(bridge)),
    network: Object.freeze(networkCalls(bridge, datasets)),
    ui: Object.freeze({
      items: () => bridge.query('items'),
      frames: () => bridge.query('frames'),
      parts: () => bridge.query('parts'),
      settled: (args) => settled(bridge, datasets, args),
    }),
    async picture(args) {
      return (await bridge.call('picture', plainArguments('picture', args))).value;
    },
    scenes: () => bridge.query('scenes'),
    async scene(name, options) {
      const where = 'scene';
      if (typeof name !== 'string') throw new Error(`${where} takes the name of a scene (descent.scenes() lists them); it got ${describe(name)}`);
      const own = plainArguments(where, options);
      onlyNames(where, own, ['play']);
      const { play = mayMove() } = own;
      trueOrFalse(where, 'play', play);
      await bridge.call(where, { name, play });
      if (play) await bridge.call('race.play');
      return bridge.query('state');
    },
    async reset() {
      const abandon = () => bridge.abandon(new Error('descent.reset() was called meanwhile'));
      datasets.forget();
      abandon();
      await bridge.call('start_over');
      abandon();  // what went on from an answer that had come before
      history.replaceState(history.state, '', location.pathname + location.search);
      return bridge.query('state');
    },
    state: () => bridge.query('state'),
    async apply(state) {
      if (state === null || typeof state !== 'object' || Array.isArray(state)) {
        throw new Error(`apply takes an object as descent.state() returns it; it got ${describe(state)}`);
      }
      const plain = plainArguments('apply', { state });
      await bridge.call('apply', plain);
      await datasets.prefer(plain.state.network?.dataset);
      return bridge.query('state');
    },
  });
}
