// Steps that tests of the Network workspace share.
// SPDX-License-Identifier: MIT
import { base64Of, smallSet } from './fixtures.mjs';

// files: {train_images: Buffer, …}; through descent.network.load. Resolves with its answer.
export function loadFiles(page, files) {
  return page.run(async (encoded) => {
    const bytes = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer]));
    return window.descent.network.load(bytes);
  }, base64Of(files));
}

// A page with a small data set of the visitor's own: nothing is downloaded.
export async function smallPage(stage, { sizes, ...options } = {}) {
  const page = await stage.page(options);
  await loadFiles(page, smallSet(sizes));
  return page;
}
