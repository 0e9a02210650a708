// How a page that no test uses costs nothing; these run in the page. The browser calls a frozen tab back all the same, sixty
// times a second.
// SPDX-License-Identifier: MIT

// Display callbacks that are asked for come after releaseFrames().
export function holdFrames() {
  const real = window.requestAnimationFrame;
  if (real.held) return;
  const held = [];
  window.requestAnimationFrame = Object.assign((callback) => held.push(callback), { real, held });
}

export function releaseFrames() {
  const { real, held } = window.requestAnimationFrame;
  if (!held) return;
  window.requestAnimationFrame = real;
  for (const callback of held) real.call(window, callback);
}

// stopAll() ends a race, a training and chains, which go on without any frame. A program that did not start or has stopped
// needs nothing.
export async function stopAll() {
  if (!window.descent || document.getElementById('screen')?.dataset.phase !== 'gone') return;
  const late = new Promise((_, reject) => { setTimeout(() => reject(new Error('no reset within 10 s')), 10000); });
  await Promise.race([window.descent.reset(), late]);
}
