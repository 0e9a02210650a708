// The runs of the accuracy part by their names, for its tables.
// SPDX-License-Identifier: MIT

// [name, runs] of all that was measured; the one cycle of one epoch has seeds of its own.
export const accuracyRuns = ({ descent, torch, cycle = [], short = [], torch_short: torchShort = [] }) => [
  ['Descent', descent], ['Descent, one cycle of 3 epochs', cycle], ['Descent, one cycle of 1 epoch', short],
  ['PyTorch, tuned', torch], ['PyTorch, tuned, one cycle of 1 epoch', torchShort],
].filter(([, runs]) => runs.length > 0);
