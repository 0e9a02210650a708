// The data for every peer in the browser: MNIST's training images from the site's folder, in batches of a shuffled order.
// SPDX-License-Identifier: MIT

async function unpacked(name) {
  const answer = await fetch(`data/${name}`);
  if (!answer.ok) throw new Error(`data/${name} is not there`);
  return new Uint8Array(await new Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

// next(): {images: Float32Array batch * 784 in 0 … 1, labels: Int32Array batch}; endless.
export class Batches {
  static async open(batch) {
    const [images, labels] = await Promise.all(['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'].map(unpacked));
    return new Batches(images.subarray(16), labels.subarray(8), batch);
  }

  constructor(images, labels, batch) {
    Object.assign(this, { images, labels, batch, at: 0 });
    this.order = Uint32Array.from(labels.keys());
    let state = 1;  // Lehmer's generator is random enough for an order
    for (let i = this.order.length - 1; i > 0; i -= 1) {
      state = (state * 48271) % 2147483647;
      const j = state % (i + 1);
      [this.order[i], this.order[j]] = [this.order[j], this.order[i]];
    }
  }

  next() {
    if (this.at + this.batch > this.order.length) this.at = 0;
    const images = new Float32Array(this.batch * 784);
    const labels = new Int32Array(this.batch);
    for (let n = 0; n < this.batch; n += 1) {
      const from = this.order[this.at + n];
      labels[n] = this.labels[from];
      for (let k = 0; k < 784; k += 1) images[n * 784 + k] = this.images[from * 784 + k] / 255;
    }
    this.at += this.batch;
    return { images, labels };
  }
}

// Uniform in ±sqrt(6 / (in + out)), as Keras starts (Glorot and Bengio 2010).
export function glorot(size, fanIn, fanOut, seed) {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (state * 48271) % 2147483647;
    return limit * (2 * (state / 2147483647) - 1);
  });
}

// Steps for about `ms`, one at least: step(batch) trains on one batch, and may resolve later; loss() waits until all is
// computed.
export async function trainWindow(batches, ms, step, loss) {
  const started = performance.now();
  let steps = 0;
  do {
    await step(batches.next());
    steps += 1;
  } while (performance.now() - started < ms);
  const last = await loss();
  return { images: steps * batches.batch, ms: performance.now() - started, loss: last };
}
