// Files in and out: dropped on the page, chosen in a dialog, offered as downloads. IDX files find their roles by the words
// in their names.
// SPDX-License-Identifier: MIT

import { kRoles } from './datasets.js';
import { list } from './arguments.js';
import { isPicture } from './picture_digit.js';

const kWeights = /\.(safetensors|pt|pth|ckpt)(\.gz)?$/i;  // PyTorch's are told what they are when they are read
const kParts = [
  ['train', /^train(ing)?(images?|imgs?|labels?)?$/],
  ['test', /^(t10k|test(ing|\d+k)?|val(id(ation)?)?)(images?|imgs?|labels?)?$/],
];
const kKinds = [
  ['images', /^(train(ing)?|t10k|test(ing)?)?(images?|imgs?|idx3)$/],
  ['labels', /^(train(ing)?|t10k|test(ing)?)?(labels?|targets?|idx[12])$/],
];

// 'emnist-letters-train-images-idx3-ubyte.gz' and 'trainImages.idx' consist of words; 'latest' is one, and says nothing.
const wordsOf = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/);

// said() is what the words say, when they do not contradict each other.
function said(words, meanings) {
  const found = meanings.filter(([, pattern]) => words.some((word) => pattern.test(word)));
  return found.length === 1 ? found[0][0] : null;
}

// {part: 'train', 'test' or null, kind: 'images', 'labels' or null}
function placeOf(name) {
  const words = wordsOf(name);
  return { part: said(words, kParts), kind: said(words, kKinds) };
}

// 'train_images', …, 'weights', or null.
export function roleOf(name) {
  if (kWeights.test(name)) return 'weights';
  const { part, kind } = placeOf(name);
  return part && kind ? `${part}_${kind}` : null;
}

// {sorted: {weights: File} or {train_images: File, …}, others: File[]}; throws when two files claim one role.
export function sortFiles(files) {
  const sorted = {};
  const others = [];
  for (const file of files) {
    const role = roleOf(file.name);
    if (role === null) {
      others.push(file);
      continue;
    }
    if (sorted[role]) throw new Error(`'${sorted[role].name}' and '${file.name}' both look like ${role}; give one of them`);
    sorted[role] = file;
  }
  if (sorted.weights && Object.keys(sorted).length > 1) throw new Error('give the weights by themselves, without data files');
  return { sorted, others };
}

// A clause about a file that has no role here. kindOf: a promise of what a file is ('a ZIP archive'), or of nothing.
async function described(file, kindOf) {
  const { part, kind } = placeOf(file.name);
  if (kind) return `'${file.name}' does not say whether it is for training or testing`;
  if (part) return `'${file.name}' does not say whether it holds images or labels`;
  const what = await kindOf(file);
  return what ? `'${file.name}' is ${what}` : `'${file.name}' is neither images, labels nor weights by its name`;
}

// Throws a sentence when there are neither weights nor all four files of a data set.
async function checkComplete({ sorted, others }, kindOf) {
  if (sorted.weights) return;
  const missing = kRoles.filter((role) => !sorted[role]);
  if (missing.length === 0) return;
  const strange = (await Promise.all(others.map((file) => described(file, kindOf)))).slice(0, 4);
  if (missing.length === kRoles.length) {
    throw new Error(`${list(strange)}; a data set is four IDX files given together, with the words train or t10k, and images or labels, in their names; weights are a .safetensors file`);
  }
  const verb = missing.length > 1 ? 'are' : 'is';
  const aside = strange.length > 0 ? ` (${list(strange)})` : '';
  throw new Error(`a data set is four files given together; ${list(missing)} ${verb} missing${aside}`);
}

function loadedText({ train, test }, before, after) {
  const text = `Loaded ${train.toLocaleString('en')} training and ${test.toLocaleString('en')} test images of ${after.length} classes, ${after[0]} to ${after.at(-1)}.`;
  if (before.length === after.length) return text;
  return `${text} The last layer has ${after.length} outputs now instead of ${before.length}; Undo, in the rail, goes back.`;
}

const leftOutText = (others) => (others.length === 0 ? '' : ` Left out: ${list(others.map(({ name }) => name))}.`);

// A text that ends with lines of a program gets no full stop.
const closed = (text) => (text.includes('\n') ? text : `${text}.`);

// Reads the files and hands them over; says in a sentence how it went. takePicture: what a picture is for, and the
// sentence about it.
export async function takeFiles(files, descent, say, kindOf, takePicture) {
  const chosen = Array.from(files ?? []);
  if (chosen.length === 0) return;
  try {
    if (chosen.every(isPicture)) {
      say(await takePicture(chosen[0]) + leftOutText(chosen.slice(1)));
      return;
    }
    const { sorted, others } = sortFiles(chosen);
    await checkComplete({ sorted, others }, kindOf);
    if (sorted.weights) {
      const { message } = await descent.network.restore(sorted.weights);
      say(`The weights of ${sorted.weights.name} are in place${message ? `: ${message}` : ''}.${leftOutText(others)}`);
      return;
    }
    const before = descent.network.status().class_labels;
    const counts = await descent.network.load(sorted);
    say(loadedText(counts, before, descent.network.status().class_labels) + leftOutText(others));
  } catch (error) {
    say(closed(`Nothing was loaded: ${error.message}`), true);
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

// A pasted text is none of ours.
export function acceptPastes(take) {
  window.addEventListener('paste', ({ clipboardData }) => take(Array.from(clipboardData?.files ?? []).filter(isPicture)));
}

// The browser's own dialogue; only within a few seconds after a click or key.
export function chooseFiles(accept, multiple, take) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept, multiple });
  input.addEventListener('change', () => take(input.files));
  input.click();
}
