// Measures how fast the page answers: pause while training, predict() of one image and of ten thousand, and the
// trainer's own evaluation of the test set.
// SPDX-License-Identifier: MIT
import { quantile, summary } from './statistics.mjs';
import { startTraining } from './training.mjs';

// Runs in the page: milliseconds from the call of pause() until the status says so. Afterwards no step may follow.
async function pauseOnce() {
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const { status } = window.descent.network;
  const started = performance.now();
  const answered = window.descent.network.pause().then(() => performance.now() - started);
  while (status().state !== 'paused') await sleep(1);
  const seen = performance.now() - started;
  const { step } = status();
  await sleep(50);
  return { seen, answered: await answered, still: status().step === step && status().state === 'paused' };
}

export async function pauseLatency(page, count) {
  const times = [];
  for (let i = 0; i < count; i += 1) {
    await startTraining(page, { batch_size: 32, threads: 0 });
    await page.tab.waitForTimeout(150 + 37 * (i % 5));
    const { seen, answered, still } = await page.run(pauseOnce);
    if (!still) throw new Error('steps went on after the pause');
    times.push(Math.max(seen, answered));
  }
  return { ...summary(times), max: quantile(times, 1) };
}

// One image a call, again and again, on a page that does nothing else.
export async function predictOne(page, count) {
  const times = await page.run(async (n) => {
    const image = new Float32Array(784).map((_, i) => (i % 251) / 250);
    const found = [];
    for (let i = 0; i < n + 20; i += 1) {
      const started = performance.now();
      await window.descent.network.predict(image);
      if (i >= 20) found.push(performance.now() - started);
    }
    return found;
  }, count);
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

export async function predictTenThousand(page, rounds) {
  return summary(await page.run(async (n) => {
    const images = new Float32Array(10000 * 784).map((_, i) => (i % 251) / 250);
    const found = [];
    for (let i = 0; i <= n; i += 1) {
      const started = performance.now();
      await window.descent.network.predict(images);
      if (i > 0) found.push(performance.now() - started);
    }
    return found;
  }, rounds));
}

// The trainer evaluates the test set at the end of each epoch. With a training set of one batch an epoch is one step and an
// evaluation; the files are the page's own data set, or nothing is measured.
export async function trainersEvaluation(page, rounds) {
  const loaded = await page.run(async () => {
    const manifest = await (await fetch('data/manifest.json')).json();
    if (!manifest.files) return false;
    const unpacked = async (role) => new Uint8Array(await new Response((await fetch(`data/${manifest.files[role]}`)).body
      .pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
    const images = (await unpacked('train_images')).slice(0, 16 + 32 * 784);
    const labels = (await unpacked('train_labels')).slice(0, 8 + 32);
    for (const bytes of [images, labels]) new DataView(bytes.buffer).setUint32(4, 32);
    const [test_images, test_labels] = [await unpacked('test_images'), await unpacked('test_labels')];
    await window.descent.network.load({ train_images: images, train_labels: labels, test_images, test_labels });
    return true;
  });
  if (!loaded) return null;
  await page.run(() => window.descent.network.configure({ batch_size: 32, threads: 0 }));
  return summary(await page.run(async (n) => {
    const found = [];
    for (let i = 0; i <= n; i += 1) {
      const started = performance.now();
      await window.descent.network.train({ epochs: 1 });
      if (i > 0) found.push(performance.now() - started);
    }
    return found;
  }, rounds));
}
