// descent.network.explain, weight, unit, jacobian, spectrum, ranks, confusion, calibration and posterior: what a network makes
// of one image, what its matrices do, and how right and how sure it is. They change nothing and fetch nothing; `test_index` speaks of the data set that is there.
// SPDX-License-Identifier: MIT

import { anObject, imageCount, plainArguments } from './arguments.js';

export function inspectCalls(bridge) {
  const ask = async (where, args) => (await bridge.call(where, plainArguments(where, args))).value;
  // The numbers of an image travel beside the JSON, which says that they are there.
  const askAbout = async (where, args = {}) => {
    anObject(where, args);
    const { image, ...rest } = args;
    if (image === undefined) return ask(where, rest);
    imageCount(where, 'image', image);
    return (await bridge.call(where, { ...plainArguments(where, rest), image: true }, [image])).value;
  };
  return {
    async explain(args) { return askAbout('network.explain', args); },
    async weight(args) { return askAbout('network.weight', args); },
    async unit(args) { return askAbout('network.unit', args); },
    async jacobian(args) { return askAbout('network.jacobian', args); },
    async spectrum(args) { return ask('network.spectrum', args); },
    async ranks(args) { return ask('network.ranks', args); },
    async confusion(args) { return ask('network.confusion', args); },
    async calibration(args) { return ask('network.calibration', args); },
    async posterior(args) { return askAbout('network.posterior', args); },
  };
}
