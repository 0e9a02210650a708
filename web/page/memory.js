// The program's memory: one piece of fixed size, the largest that the browser grants. Shared memory that may grow up to
// 2 GB is refused by iPhones and iPads, and not given back by them on reload.
// SPDX-License-Identifier: MIT

const kPageBytes = 65536;
// The program, MNIST and a network take 211 MB of these; the record of a long race and data sets take the rest.
const kSizes = [512, 384, 256];  // MB (2^20 bytes); web.cmake links for the largest and the smallest

// Throws with a sentence when not even the smallest is to be had.
export function takeMemory() {
  let reason = '';
  for (const megabytes of kSizes) {
    const pages = (megabytes * 2 ** 20) / kPageBytes;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    } catch (error) {
      reason = error.message;
    }
  }
  throw new Error(`the browser gives the page no ${kSizes.at(-1)} MB of memory in one piece (${reason})`);
}
