// Cross-origin isolation: browsers share memory between threads only on pages that were served with the headers COOP and
// COEP. Where the host sends none, Descent's service worker adds them, and the page is loaded once more. The reload
// happens once: the session remembers it, and a second failure is a message.
// SPDX-License-Identifier: MIT

const kReloaded = 'descent.reloaded-for-isolation';

const kSharedMemory = {
  name: 'SharedArrayBuffer (cross-origin isolation)',
  what: 'The threads share their memory, which browsers allow only on isolated pages.',
};

function remembered() {
  try {
    return sessionStorage.getItem(kReloaded) !== null;
  } catch {
    return true;  // without a memory, never reload
  }
}

function remember(yes) {
  try {
    if (yes) sessionStorage.setItem(kReloaded, '1');
    else sessionStorage.removeItem(kReloaded);
  } catch {
    // remembered() then says yes, and nothing is reloaded.
  }
}

// Resolves when the worker controls pages: 'activated' here, or a message that it was refused.
async function installServiceWorker() {
  const registration = await navigator.serviceWorker.register(new URL('service_worker.js', import.meta.url), { scope: './' });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker.state === 'activated') return;
  await new Promise((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the service worker was given up'));
    });
  });
}

function impossible() {
  if (location.protocol === 'file:') return 'The page was opened as a file. Serve it instead: ./descent serve, or any static web server, and open its http:// address.';
  if (!window.isSecureContext) return 'The page came over plain http from another machine. Use https, or http://localhost on this one.';
  if (!('serviceWorker' in navigator)) return 'The host sends no isolation headers, and this browser (perhaps a private window) offers no service workers that could add them. Use an ordinary window, or a host that sends Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.';
  return null;
}

// 'isolated', 'reloading' (say nothing, the page is going away), or a problem as features.js lists them.
export async function isolate() {
  if (window.crossOriginIsolated && typeof SharedArrayBuffer === 'function') {
    remember(false);
    return 'isolated';
  }
  if (window.crossOriginIsolated) {
    return { ...kSharedMemory, remedy: 'The page is isolated and the browser still offers none: an extension or a setting removes it. Try without extensions, or another browser.' };
  }
  const reason = impossible();
  if (reason !== null) return { ...kSharedMemory, remedy: reason };
  if (remembered()) {
    remember(false);
    return { ...kSharedMemory, remedy: 'The headers were added and the browser still does not isolate the page. Close its other tabs and load it again; if it is shown inside a frame of another site, open it in a tab of its own.' };
  }
  try {
    await installServiceWorker();
  } catch (error) {
    return { ...kSharedMemory, remedy: `The service worker that adds the headers could not be installed (${error.message}). Allow site data for this address, or use an ordinary window instead of a private one.` };
  }
  remember(true);
  location.reload();
  return 'reloading';
}
