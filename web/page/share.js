// Links. The part of the address after # holds, joined by &:
//   s=STATE       descent.state() as JSON, base64url (RFC 4648, section 5) so that mail and chat programs leave it alone
//   scene=NAME    a scene, opened before STATE is laid over it
//   hide=LIST     parts of the page that are hidden, joined by commas; without STATE what is not listed is shown
// It never reaches a server: browsers do not send fragments.
// SPDX-License-Identifier: MIT

import { list } from './arguments.js';
import { mayMove } from './motion.js';

const kPrefix = '#s=';
const kMaxFragment = 100000;
const kKnown = ['s', 'scene', 'hide'];

export function encodeState(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return kPrefix + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decodeState(encoded) {
  let text;
  try {
    const raw = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(raw, (c) => c.charCodeAt(0)));
  } catch {
    throw new Error('the part of the address after # is damaged (not base64url)');
  }
  let state;
  try {
    state = JSON.parse(text);
  } catch {
    throw new Error('the part of the address after # is cut short or damaged (not JSON)');
  }
  if (state === null || typeof state !== 'object') throw new Error('the part of the address after # holds no configuration');
  return state;
}

// The link to a scene.
export function sceneFragment(name, hidden = []) {
  return `#scene=${name}${hidden.length > 0 ? `&hide=${hidden.join(',')}` : ''}`;
}

// {s?, scene?, hide?} as texts, null when there is nothing. Throws when there is something that is no link.
export function readFragment(fragment) {
  if (fragment === '' || fragment === '#') return null;
  if (fragment.length > kMaxFragment) throw new Error(`the part of the address after # has ${fragment.length} characters; at most ${kMaxFragment} are read`);
  const parts = {};
  for (const part of fragment.slice(1).split('&')) {
    const [name, ...rest] = part.split('=');
    if (!kKnown.includes(name) || rest.length === 0) {
      throw new Error(`the part of the address after # does not consist of ${list(kKnown.map((known) => `${known}=`))}`);
    }
    parts[name] = decodeText(rest.join('='));
  }
  return parts;
}

function decodeText(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;  // a stray %: whoever reads it says what is wrong
  }
}

// The known names in a list, and a sentence about the others.
function partsToHide(descent, text) {
  const known = descent.ui.parts().map(({ name }) => name);
  const asked = [...new Set(text.split(',').map((name) => name.trim()).filter((name) => name !== ''))];
  const strange = asked.filter((name) => !known.includes(name)).map((name) => `'${name.slice(0, 40)}'`);
  const problem = strange.length === 0 ? null
    : `The link hides ${list(strange)}, which the page does not have; it has ${list(known)}.`;
  return { names: asked.filter((name) => known.includes(name)), problem };
}

// Each part of the link by itself; returns sentences about those that could not be used.
async function applyLink(descent, { s, scene, hide }) {
  const problems = [];
  const attempt = async (what, act) => {
    try {
      await act();
      return true;
    } catch (error) {
      problems.push(`${what}: ${error.message}.`);
      return false;
    }
  };
  const opened = scene !== undefined
    && await attempt('The scene of the link could not be opened', () => descent.scene(scene));
  if (s !== undefined) {
    const used = await attempt('The link could not be used', () => descent.apply(decodeState(s)));
    if (!used && !opened) problems.push('Everything stays as it was.');
  }
  if (hide !== undefined || s === undefined) {
    const { names, problem } = partsToHide(descent, hide ?? '');
    await descent.apply({ version: 1, hide: names });
    if (problem) problems.push(problem);
  }
  if (opened && s !== undefined && mayMove()) await descent.race.play();  // another race than the scene's
  return problems;
}

// Applies the address's fragment now and whenever it changes. Garbage leaves everything as it was, with a message.
export function followFragment(descent, say) {
  const follow = async () => {
    try {
      const link = readFragment(location.hash);
      const problems = link === null ? [] : await applyLink(descent, link);
      if (problems.length > 0) say(problems.join(' '), true);
    } catch (error) {
      say(`The link could not be used: ${error.message}. Everything stays as it was.`, true);
    }
  };
  window.addEventListener('hashchange', follow);
  return follow();
}

// Opens a scene, and puts its link into the address.
export async function openScene(descent, name) {
  const { hide } = await descent.scene(name);
  history.replaceState(null, '', sceneFragment(name, hide));
}

// Puts the state into the address and, where the browser allows it, into the clipboard.
export async function share(descent, say) {
  const fragment = encodeState(descent.state());
  history.replaceState(null, '', fragment);
  try {
    await navigator.clipboard.writeText(location.href);
    say('The link is in the clipboard. It holds everything set here, the seed included.');
  } catch {
    say('The link is in the address bar; copy it from there.');
  }
}
