// Checks of what scripts hand over, before anything crosses into the program: JSON would turn NaN into null and drop
// undefined without a word. The names and limits of arguments stand in the program's readers, which refuse the others
// (engine/script, web/bridge); here is checked what they cannot see. Every message names the call and the argument.
// SPDX-License-Identifier: MIT

const article = (name) => (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);

export function describe(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return article(value.constructor?.name ?? 'object');
  return article(typeof value);
}

export function anObject(where, args) {
  if (args === null || typeof args !== 'object' || Array.isArray(args)) {
    throw new Error(`${where} takes an object; it got ${describe(args)}`);
  }
}

// The arguments as a plain object, all numbers inside finite. Returns a copy for JSON.
export function plainArguments(where, args = {}) {
  anObject(where, args);
  return plain(where, args, '', 0);
}

// The one argument of a call that takes no object, under its name.
export function oneArgument(where, name, value) {
  const args = plainArguments(where, { [name]: value });
  required(where, args, [name]);
  return args;
}

// onlyNames() checks a call whose arguments the program does not see as they are: every name is one of `known`.
export function onlyNames(where, args, known) {
  for (const name of Object.keys(args)) {
    if (!known.includes(name)) throw new Error(`${where}: there is no argument '${name}'; known are ${list(known)}`);
  }
}

export function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function plain(where, value, path, depth) {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`${where}: ${path} is ${value}; it must be a finite number`);
  }
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return value;
  if (depth > 16) throw new Error(`${where}: ${path} goes deeper than 16 levels`);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) value = Array.from(value);
  if (Array.isArray(value)) return value.map((item, i) => plain(where, item, `${path}[${i}]`, depth + 1));
  if (typeof value !== 'object') throw new Error(`${where}: ${path} is ${describe(value)}; it must be a number, text, list or object`);
  const copy = {};
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined) copy[name] = plain(where, item, path ? `${path}.${name}` : name, depth + 1);
  }
  return copy;
}

export function required(where, args, names) {
  for (const name of names) {
    if (args[name] === undefined || args[name] === null) throw new Error(`${where}: ${name} is missing`);
  }
}

export function trueOrFalse(where, name, value) {
  if (typeof value !== 'boolean') throw new Error(`${where}: ${name} is ${describe(value)}; it must be true or false`);
  return value;
}

// One of the two ways to name a surface: a built-in one, or a formula of one's own.
export function oneSurface(where, args) {
  if (args.surface === undefined && args.expression === undefined) {
    throw new Error(`${where}: surface is missing; name a built-in one (see descent.surfaces()) or give a formula as expression`);
  }
}

const kImageSize = 784;

const counted = (n, one, several = `${one}s`) => `${n} ${n === 1 ? one : several}`;

// A Float32Array of n * 784 values; n. Whether they lie in 0 … 1 is checked off the page's thread.
export function imageCount(where, name, images) {
  if (!(images instanceof Float32Array)) {
    throw new Error(`${where}: ${name} is ${describe(images)}; it must be a Float32Array of n × ${kImageSize} values in 0 … 1`);
  }
  if (images.length === 0 || images.length % kImageSize !== 0) {
    throw new Error(`${where}: ${name} has ${counted(images.length, 'value')}; it must be a multiple of ${kImageSize} (28 × 28), at least one image`);
  }
  return images.length / kImageSize;
}

// n labels as 32-bit numbers; which ones the data set knows is the program's business.
export function labelNumbers(where, name, labels, n) {
  if (!Array.isArray(labels) && !(ArrayBuffer.isView(labels) && !(labels instanceof DataView))) {
    throw new Error(`${where}: ${name} is ${describe(labels)}; it must be a list or typed array of whole numbers`);
  }
  if (labels.length !== n) throw new Error(`${where}: ${name} has ${counted(labels.length, 'entry', 'entries')} for ${counted(n, 'image')}; it must have one for each`);
  const bad = Array.prototype.findIndex.call(labels, (label) => !Number.isInteger(label) || label !== (label | 0));
  if (bad >= 0) throw new Error(`${where}: ${name}[${bad}] is ${describe(labels[bad])}; it must be a label of the data set, a whole number`);
  return Int32Array.from(labels);
}

export function bytesOf(where, name, data) {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data) || data instanceof Blob) return data;
  throw new Error(`${where}: ${name} is ${describe(data)}; it must be an ArrayBuffer, a Uint8Array or a File`);
}
