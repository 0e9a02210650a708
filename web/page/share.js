// The share link: descent.state() as JSON in the address's fragment, base64url (RFC 4648, section 5) so that mail and chat
// programs leave it alone. It never reaches a server: browsers do not send fragments.
// SPDX-License-Identifier: MIT

const kPrefix = '#s=';
const kMaxFragment = 100000;

export function encodeState(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return kPrefix + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

// The state in a fragment, or null when there is none. Throws when there is something that is no state.
export function decodeState(fragment) {
  if (fragment === '' || fragment === '#') return null;
  if (!fragment.startsWith(kPrefix)) throw new Error(`the part of the address after # does not start with ${kPrefix.slice(1)}`);
  if (fragment.length > kMaxFragment) throw new Error(`the part of the address after # has ${fragment.length} characters; at most ${kMaxFragment} are read`);
  let text;
  try {
    const raw = atob(fragment.slice(kPrefix.length).replaceAll('-', '+').replaceAll('_', '/'));
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

// Applies the address's fragment now and whenever it changes. Garbage leaves everything as it was, with a message.
export function followFragment(descent, say) {
  const follow = async () => {
    try {
      const state = decodeState(location.hash);
      if (state !== null) await descent.apply(state);
    } catch (error) {
      say(`The link could not be used: ${error.message}. Everything stays as it was.`, true);
    }
  };
  window.addEventListener('hashchange', follow);
  return follow();
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
