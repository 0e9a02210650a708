// The picture of the surface as a PNG: pixels from the program become a Blob; the button offers it as a download.
// SPDX-License-Identifier: MIT

// pixels: width × height RGBA, bottom row first; given away.
export function encodePng(width, height, pixels) {
  const worker = new Worker(new URL('./picture_worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`picture: the browser could not make a PNG of it (${reason})`));
    worker.addEventListener('message', ({ data }) => (data.blob ? resolve(data.blob) : fail(data.error)));
    worker.addEventListener('error', ({ message }) => fail(message));
    worker.postMessage({ width, height, pixels }, [pixels.buffer]);
  }).finally(() => worker.terminate());
}

export function offer(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
