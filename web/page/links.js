// The text of links. The part of the address after # holds, joined by &:
//   z=STATE       where descent.state() differs from the page as it starts: JSON, deflated (RFC 1951), base64url (RFC 4648,
//                 section 5) so that mail and chat programs leave it alone. With another default such a link means something
//                 else: whoever changes one raises the state's version.
//   s=STATE       the whole of descent.state() as JSON, base64url: links from before there was z
//   scene=NAME    a scene, opened before STATE is laid over it
//   hide=LIST     parts of the page that are hidden, joined by commas; without STATE what is not listed is shown
// It never reaches a server: browsers do not send fragments. What programs hang on behind or between is passed over.
// SPDX-License-Identifier: MIT

import { list } from './arguments.js';

const kMaxFragment = 100000;
const kMaxState = 1000000;  // bytes of JSON
const kKnown = ['z', 's', 'scene', 'hide'];
// Parameters that mail, search and social networks add to links that they see clicked.
const kTracking = /^(utm_\w+|mtm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|twclid|yclid|_hs\w+|ref|ref_src|si|source)$/;
// The end of a sentence in which a link stood: no part of the link.
const kBehind = /[\s.,;:!?)>\]}"'’”»]+$/;

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);
// Objects with other keys stand for other things, such as the parameters of another surface.
const alike = (a, b) => isObject(a) && isObject(b) && equal(Object.keys(a).sort(), Object.keys(b).sort());

// without() is what of `value` is not in `base`, under '+' where that is a part of an object; withDefaults() puts it
// back.
export function without(value, base) {
  const rest = {};
  for (const [key, mine] of Object.entries(value)) {
    const theirs = base[key];
    if (key !== 'version' && equal(mine, theirs)) continue;
    rest[key] = alike(mine, theirs) ? { '+': without(mine, theirs) } : mine;
  }
  return rest;
}

export function withDefaults(base, rest) {
  const value = { ...base };
  for (const [key, mine] of Object.entries(rest)) {
    value[key] = isObject(mine) && isObject(mine['+']) && isObject(base[key]) ? withDefaults(base[key], mine['+']) : mine;
  }
  return value;
}

const base64url = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    throw new Error('the part of the address after # is damaged (not base64url)');
  }
}

// All bytes that come out of `stream` when `bytes` go in; rejects beyond kMaxState.
async function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {});  // reading tells
  const chunks = [];
  let size = 0;
  for (const reader = stream.readable.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > kMaxState) throw new Error(`the link holds more than ${kMaxState} bytes`);
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

// The fragment for `state` on a page that starts as `fresh`.
export async function encodeState(state, fresh = {}) {
  const json = new TextEncoder().encode(JSON.stringify(without(state, fresh)));
  return `#z=${base64url(await through(new CompressionStream('deflate-raw'), json))}`;
}

function parse(bytes) {
  let state;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Error('the part of the address after # is cut short or damaged (not JSON)');
  }
  if (!isObject(state)) throw new Error('the part of the address after # holds no configuration');
  return state;
}

// The state of a link's parts {z?, s?}. Rejects with what is wrong with it.
export async function decodeState({ z, s }, fresh = {}) {
  if (z === undefined) return parse(bytesOf(s));
  const deflated = bytesOf(z);
  const json = await through(new DecompressionStream('deflate-raw'), deflated).catch((error) => {
    throw /bytes/.test(error.message) ? error : new Error('the part of the address after # is cut short or damaged (it does not unpack)');
  });
  return withDefaults(fresh, parse(json));
}

// The link to a scene.
export function sceneFragment(name, hidden = []) {
  return `#scene=${name}${hidden.length > 0 ? `&hide=${hidden.join(',')}` : ''}`;
}

function decodeText(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;  // a stray %: whoever reads it says what is wrong
  }
}

// {z?, s?, scene?, hide?} as texts, null when there is nothing. Throws when there is something that is no link.
export function readFragment(fragment) {
  if (fragment === '' || fragment === '#') return null;
  if (fragment.length > kMaxFragment) throw new Error(`the part of the address after # has ${fragment.length} characters; at most ${kMaxFragment} are read`);
  const parts = {};
  const strange = [];
  const whole = /^#\w+(%3D|%3d)/.test(fragment) ? decodeText(fragment) : fragment;
  for (const part of whole.slice(1).split('&')) {
    const [name, ...rest] = part.replace(/^amp;/, '').split('=');
    if (kKnown.includes(name) && rest.length > 0) parts[name] = decodeText(rest.join('=')).replace(kBehind, '');
    else if (!kTracking.test(name)) strange.push(name);
  }
  if (strange.some((name) => name !== '')) {
    throw new Error(`the part of the address after # does not consist of ${list(kKnown.map((known) => `${known}=`))}`);
  }
  return Object.keys(parts).length > 0 ? parts : null;
}
