// Files in and out: dropped on the page, chosen in a dialog, offered as downloads. IDX files find their roles by name.
// SPDX-License-Identifier: MIT

import { kRoles } from './datasets.js';
import { list } from './arguments.js';

// 'train_images', …, 'weights', or null. MNIST's own names and anything alike: train/t10k/test with images/labels.
export function roleOf(name) {
  const lower = name.toLowerCase();
  if (lower.endsWith('.safetensors')) return 'weights';
  const part = /t10k|test|valid/.test(lower) ? 'test' : /train/.test(lower) ? 'train' : null;
  const kind = /label|idx1/.test(lower) ? 'labels' : /image|idx3/.test(lower) ? 'images' : null;
  return part && kind ? `${part}_${kind}` : null;
}

// {weights: File} or {train_images: File, …}; throws a sentence when they do not make either.
export function sortFiles(files) {
  const sorted = {};
  for (const file of files) {
    const role = roleOf(file.name);
    if (role === null) {
      throw new Error(`'${file.name}' is neither weights (.safetensors) nor a data file; data files have train or t10k, and images or labels, in their names`);
    }
    if (sorted[role]) throw new Error(`'${sorted[role].name}' and '${file.name}' both look like ${role}; give one of them`);
    sorted[role] = file;
  }
  if (sorted.weights) {
    if (files.length > 1) throw new Error('give the weights by themselves, without data files');
    return sorted;
  }
  const missing = kRoles.filter((role) => !sorted[role]);
  if (missing.length > 0) {
    throw new Error(`a data set is four files given together; ${list(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`);
  }
  return sorted;
}

// Reads the files and hands them over; says in a sentence how it went.
export async function takeFiles(files, descent, say) {
  const chosen = Array.from(files ?? []);
  if (chosen.length === 0) return;
  try {
    const sorted = sortFiles(chosen);
    if (sorted.weights) {
      await descent.network.restore(await sorted.weights.arrayBuffer());
      say(`The weights of ${sorted.weights.name} are in place.`);
      return;
    }
    const buffers = {};
    for (const role of kRoles) buffers[role] = await sorted[role].arrayBuffer();
    const { train, test } = await descent.network.load(buffers);
    say(`Loaded ${train.toLocaleString('en')} training and ${test.toLocaleString('en')} test images.`);
  } catch (error) {
    say(`Nothing was loaded: ${error.message}.`, true);
  }
}

export function acceptDrops(take) {
  const root = document.documentElement;
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  const mark = (on) => root.classList.toggle('dropping', on);
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    mark(true);
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  window.addEventListener('drop', (event) => {
    mark(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

// The browser's own dialogue; only within a few seconds after a click or key.
export function chooseFiles(accept, multiple, take) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept, multiple });
  input.addEventListener('change', () => take(input.files));
  input.click();
}
