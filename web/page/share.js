// Links at work: the address's fragment is followed, the present state goes into it. Its text: links.js. Scenes and
// followed links are places in the browser's history, and Back and Forward bring each back as it was left, its runs
// included as far as these are kept (Race::go_to, Trainer::go_to).
// SPDX-License-Identifier: MIT

import { list } from './arguments.js';
import { decodeState, encodeState, readFragment, sceneFragment } from './links.js';
import { mayMove } from './motion.js';

const kTitle = document.title;
const kVisit = Math.random();  // of this page: places of a visit before a reload are not known any more
const places = new Map();      // by number: what the page was like when the place was left
let here = 0, last = 0;
let arriving = 0;  // ways back under way: the page is not yet what the place is

const isKnown = (state) => state?.visit === kVisit && places.has(state.place);

function nameTab(descent) {
  const { scene } = descent.state();
  const known = scene === 'none' ? undefined : descent.scenes().find(({ name }) => name === scene);
  document.title = known ? `${known.title} · ${kTitle}` : kTitle;
}

function leave(descent, bridge) {
  if (arriving === 0) places.set(here, { state: descent.state(), runs: bridge.query('runs') });
}

// The browser's present entry is a new place.
function enter() {
  here = ++last;
  history.replaceState({ visit: kVisit, place: here }, '');
}

async function comeBack(descent, bridge, state) {
  leave(descent, bridge);
  here = state.place;
  arriving += 1;
  await bridge.call('come_back', places.get(here)).finally(() => { arriving -= 1; });
  nameTab(descent);
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
async function applyLink(descent, fresh, { scene, hide, ...link }) {
  const problems = [];
  const hasState = link.z !== undefined || link.s !== undefined;
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
  if (hasState) {
    const used = await attempt('The link could not be used', async () => descent.apply(await decodeState(link, fresh)));
    if (!used && !opened) problems.push('Everything stays as it was.');
  }
  if (hide !== undefined || !hasState) {
    const { names, problem } = partsToHide(descent, hide ?? '');
    await descent.apply({ version: 1, hide: names });
    if (problem) problems.push(problem);
  }
  if (opened && hasState && mayMove()) await descent.race.play();  // another race than the scene's
  return problems;
}

// Whether there is something in the address that followFragment() has to deal with, if only by a message.
export function bringsLink() {
  try {
    return readFragment(location.hash) !== null;
  } catch {
    return true;
  }
}

// Applies the address's fragment now and whenever it changes. Garbage leaves everything as it was, with a message.
// fresh: the state of the page as it starts. followed: the present one was followed by the page before, which went on.
export function followFragment(descent, bridge, fresh, say, followed = false) {
  const follow = async (anew = false) => {
    try {
      const link = readFragment(location.hash);
      if (link === null && anew) await descent.apply(fresh);
      const problems = link === null ? [] : await applyLink(descent, fresh, link);
      if (problems.length > 0) say(problems.join(' '), true);
      if (link !== null || anew) nameTab(descent);
    } catch (error) {
      say(`The link could not be used: ${error.message}. Everything stays as it was.`, true);
    }
  };
  window.addEventListener('popstate', ({ state }) => {
    if (isKnown(state)) comeBack(descent, bridge, state).catch((error) => say(`${error.message}.`, true));
  });
  // Comes after popstate, and also when another fragment is typed.
  window.addEventListener('hashchange', () => {
    const came = history.state;
    if (came?.visit === kVisit && came.place === here) return;
    leave(descent, bridge);
    enter();
    follow(came !== null);  // a place from before a reload: all that is left of it is its link
  });
  enter();
  return followed ? Promise.resolve() : follow();
}

// Opens a scene, and puts its link into the address, as a place of its own.
export async function openScene(descent, bridge, name) {
  leave(descent, bridge);
  const { hide } = await descent.scene(name);
  const fragment = sceneFragment(name, hide);
  if (fragment !== location.hash) {
    history.pushState(null, '', fragment);
    enter();
  }
  nameTab(descent);
}

// Puts the state into the address and, where the browser allows it, into the clipboard.
export async function share(descent, fresh, say) {
  const fragment = await encodeState(descent.state(), fresh);
  history.replaceState(history.state, '', fragment);
  try {
    await navigator.clipboard.writeText(location.href);
    say('The link is in the clipboard. It holds everything set here, the seed included.');
  } catch {
    say('The link is in the address bar; copy it from there.');
  }
}
