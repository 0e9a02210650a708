// Steps that tests of the Network workspace share.
// SPDX-License-Identifier: MIT
import { base64, base64Of, smallSet } from './fixtures.mjs';

// files: {train_images: Buffer, …}; through descent.network.load. Resolves with its answer.
export function loadFiles(page, files) {
  return page.run(async (encoded) => {
    const bytes = Object.fromEntries(Object.entries(encoded).map(([role, text]) => [role, window.__bytes(text).buffer]));
    return window.descent.network.load(bytes);
  }, base64Of(files));
}

// A page with a small data set of the visitor's own: nothing is downloaded.
export async function smallPage(stage, { sizes, ...options } = {}) {
  const page = await stage.page(options);
  await loadFiles(page, smallSet(sizes));
  return page;
}

// files: [{name, bytes}]; as a person drops them from the desktop.
export async function drop(page, files) {
  await page.run(async (list) => {
    const transfer = new DataTransfer();
    for (const { name, text } of list) transfer.items.add(new File([window.__bytes(text)], name));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, cancelable: true }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
  }, files.map(({ name, bytes }) => ({ name, text: base64(bytes) })));
}
