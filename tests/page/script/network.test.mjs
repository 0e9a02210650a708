// The scripting interface of the Network workspace: data sets, training, predictions, gradients and weights, in the browser.
// SPDX-License-Identifier: MIT
import {
  base64, base64Of, formulaWeights, golden, gzipped, kReferenceTensors, readSafetensors, safetensors, smallSet,
} from '../support/fixtures.mjs';
import { loadFiles, smallPage } from '../support/network.mjs';
import { check, close, equal, isClose, matches, mustFail, test, until } from '../support/test.mjs';

test('network: files of one’s own load, plain and gzipped, under a name that is not MNIST', async (stage) => {
  const page = await stage.page();
  const plain = await loadFiles(page, smallSet({ train: 64, test: 32 }));
  equal(plain, { train: 64, test: 32 }, 'counts');
  const zipped = Object.fromEntries(Object.entries(smallSet({ train: 50, test: 20 })).map(([role, bytes]) => [role, gzipped(bytes)]));
  equal(await loadFiles(page, zipped), { train: 50, test: 20 }, 'counts of the gzipped set');
  const status = await page.run(() => window.descent.network.status());
  equal([status.state, status.train_count, status.test_count, status.step], ['ready', 50, 20, 0], 'status');
  check(!/mnist/i.test(status.dataset) && status.dataset.length > 0, `the data set is called '${status.dataset}'`);
  page.noErrors();
});

test('network: the layers have names, sentences and parameters with their limits', async (stage) => {
  const page = await stage.page();
  const layers = await page.run(() => window.descent.network.layers());
  const names = layers.map(({ name }) => name);
  for (const name of ['conv2d', 'max_pool2d', 'avg_pool2d', 'dense', 'relu', 'tanh', 'sigmoid', 'flatten', 'dropout']) {
    check(names.includes(name), `there is no layer ${name}`);
  }
  equal(new Set(names).size, names.length, 'different names');
  for (const { name, title, formula, doc, parameters } of layers) {
    check(title.length > 0 && formula.length > 0 && doc.length > 0, `layer ${name}`);
    for (const spec of parameters) check(spec.min <= spec.default && spec.default <= spec.max && spec.doc.length > 0, `${name}: parameter ${spec.name}`);
  }
  const channels = layers.find(({ name }) => name === 'conv2d').parameters[0];
  equal([channels.name, channels.default, channels.min, channels.max, channels.integer], ['out_channels', 32, 1, 1024, true], 'the filters of a convolution');
  equal(layers.find(({ name }) => name === 'relu').parameters, [], 'parameters of relu');
});

test('network: a plan has shapes and parameter counts, and changes nothing', async (stage) => {
  const page = await stage.page();
  const { plan, before, after } = await page.run(async () => {
    const { network } = window.descent;
    const before = network.status().parameter_count;
    const plan = await network.plan([{ type: 'conv2d', out_channels: 4, dilation: 2 }, { type: 'flatten' }, { type: 'dense', units: 10 }]);
    return { plan, before, after: network.status().parameter_count };
  });
  equal(plan.layers, [
    { type: 'conv2d', output: [24, 24, 4], parameters: 40 }, { type: 'flatten', output: [24, 24, 4], parameters: 0 },
    { type: 'dense', output: [1, 1, 10], parameters: 23050 },
  ], 'layers');
  equal([plan.parameters, after], [23090, before], 'parameters, and those of the present network');
});

test('network: train, pause, step and reset', async (stage) => {
  const page = await smallPage(stage);
  const seen = await page.run(async () => {
    const { network } = window.descent;
    const configured = await network.configure({ batch_size: 16, epochs: 2, seed: 7, threads: 1, hyperparameters: { learning_rate: 0.002 } });
    const stepped = await network.step(3);
    const trained = await network.train({ epochs: 1 });
    const more = await network.train({ steps: 2 });
    const endless = network.train({ epochs: 500 });
    while (network.status().step <= more.step) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    const during = network.status();
    const paused = await network.pause();
    const ended = await endless;
    const reset = await network.reset();
    return { configured, stepped, trained, more, during, paused, ended, reset };
  });
  equal(seen.configured.state, 'ready', 'after configure');
  equal([seen.stepped.step, seen.stepped.state], [3, 'finished'], 'after three steps');
  equal([seen.trained.epoch, seen.trained.step, seen.trained.steps_per_epoch], [2, 6, 3], 'after two epochs of 40 images in batches of 16');
  check(Number.isFinite(seen.trained.test.accuracy) && seen.trained.history.test.length >= 1, 'the test set was evaluated');
  equal(seen.more.step, seen.trained.step + 2, 'after two more steps');
  check(['training', 'evaluating'].includes(seen.during.state), `while training: ${seen.during.state}`);
  equal([seen.paused.state, seen.ended.state], ['paused', 'paused'], 'pause ends the training’s promise');
  equal([seen.reset.step, seen.reset.epoch, seen.reset.history.test.length], [0, 0, 0], 'after reset');
  page.noErrors();
});

test('network: the same seed gives the same weights with one and with two threads; another seed does not', async (stage) => {
  const page = await smallPage(stage);
  const hash = (config) => page.run(async (c) => {
    await window.descent.network.configure({ batch_size: 8, ...c });
    await window.descent.network.reset();
    await window.descent.network.step(6);
    const bytes = await window.descent.network.save();
    const { tensors } = { tensors: bytes.slice(8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))) };
    const digest = await crypto.subtle.digest('SHA-256', tensors);
    return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('');
  }, config);
  const one = await hash({ seed: 3, threads: 1 });
  equal(await hash({ seed: 3, threads: 2 }), one, 'weights with two threads');
  await mustFail(async () => equal(await hash({ seed: 4, threads: 1 }), one, 'weights'), 'equality of weights');
});

test('network: probabilities add up to one; nothing changes', async (stage) => {
  const page = await smallPage(stage);
  const { rows, before, after } = await page.run(async () => {
    const images = Float32Array.from({ length: 3 * 784 }, (_, i) => (i % 256) / 255);
    const b = window.descent.network.status().step;
    const p = await window.descent.network.predict(images);
    return { rows: [0, 1, 2].map((k) => Array.from(p.slice(10 * k, 10 * k + 10))), before: b, after: window.descent.network.status().step };
  });
  for (const row of rows) close(row.reduce((a, b) => a + b), 1, 1e-5, 'sum of probabilities');
  equal(after, before, 'step');
});

test('network: saved weights have torch’s names and layouts, and restoring gives the same probabilities', async (stage) => {
  const page = await smallPage(stage);
  const trip = await page.run(async () => {
    const { network } = window.descent;
    const images = Float32Array.from({ length: 784 }, (_, i) => (i % 97) / 96);
    await network.step(4);
    const before = Array.from(await network.predict(images));
    const saved = await network.save();
    const { step } = network.status();
    await network.step(2);
    const further = Array.from(await network.predict(images));
    await network.configure({ seed: 99 });
    const between = Array.from(await network.predict(images));
    await network.restore(saved);
    const after = Array.from(await network.predict(images));
    const resumed = network.status().step;
    await network.step(2);
    const again = Array.from(await network.predict(images));
    return { before, between, after, saved: await window.__base64(saved), step, resumed, further, again };
  });
  equal(trip.after, trip.before, 'probabilities after restoring');
  await mustFail(() => equal(trip.between, trip.before, 'probabilities'), 'equality of probabilities');
  equal(trip.resumed, trip.step, 'step after restoring');
  equal(trip.again, trip.further, 'probabilities two steps on: the run goes on bit for bit');
  const { tensors } = readSafetensors(Buffer.from(trip.saved, 'base64'));
  for (const [name, shape] of kReferenceTensors) equal(tensors[name]?.shape, shape, `shape of ${name}`);
  const memory = Object.keys(tensors).filter((name) => name.startsWith('optimizer.'));
  check(memory.length >= 2 * kReferenceTensors.length, `optimizer state: ${memory.join(', ')}`);
});

test('network: live changes go on with the run, others start it anew', async (stage) => {
  const page = await smallPage(stage);
  const steps = await page.run(async () => {
    const { network } = window.descent;
    await network.step(3);
    const live = await network.configure({ hyperparameters: { learning_rate: 0.01 }, batch_size: 20 });
    const anew = await network.configure({ optimizer: 'momentum' });
    const small = await network.configure({ network: [{ type: 'flatten' }, { type: 'dense', units: 10 }] }).catch((error) => error.message);
    const trained = await network.step(2);
    return { live: live.step, anew: anew.step, small: small.parameter_count ?? small, trained: trained.step };
  });
  equal([steps.small, steps.trained], [7850, 2], 'a network of one dense layer: 784 × 10 weights and 10 biases, and two steps of it');
  equal([steps.live, steps.anew], [3, 0], 'steps after a live change and after another optimizer');
});

test('network: gradients agree with PyTorch’s (golden/cnn.json)', async (stage, note, skip) => {
  const page = await stage.page();
  const mnist = await page.run(async () => (await (await fetch('data/manifest.json')).json()).name);
  if (mnist === null) return skip('this site was built without MNIST');
  const expected = golden('cnn.json');
  const { bytes, logits } = await page.run(async ({ weights, labels }) => {
    const unzip = async (file) => {
      const response = await fetch(`data/${file}`);
      return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
    };
    const pixels = (await unzip('train-images-idx3-ubyte.gz')).subarray(16, 16 + 32 * 784);
    const images = Float32Array.from(pixels, (p) => p / 255);
    await window.descent.network.restore(window.__bytes(weights));
    const gradients = await window.descent.network.gradients({ images, labels });
    const probabilities = await window.descent.network.predict(images.slice(0, 4 * 784));
    return { bytes: await window.__base64(gradients), logits: Array.from(probabilities) };
  }, { weights: base64(safetensors(formulaWeights())), labels: expected.labels });
  const { tensors, metadata } = readSafetensors(Buffer.from(bytes, 'base64'));
  close(Number(metadata.loss), expected.loss, 1e-5, 'loss');
  const compare = (change = 1) => {
    for (const [name, { shape, l2, samples }] of Object.entries(expected.gradients)) {
      equal(tensors[name].shape, shape, `shape of ${name}`);
      const { values } = tensors[name];
      close(Math.sqrt(values.reduce((sum, v) => sum + v * v, 0)) * change, l2, 1e-4, `norm of ${name}`);
      for (const [i, g] of samples) close(values[i] * change, g, 1e-4, `${name}[${i}]`, (1e-4 * l2) / Math.sqrt(values.length));
    }
  };
  compare();
  await mustFail(() => compare(1.001), 'gradients off by 0.1 %');
  const softmax = (row) => {
    const e = row.map((l) => Math.exp(l - Math.max(...row)));
    return e.map((v) => v / e.reduce((a, b) => a + b));
  };
  expected.logits_first4.flatMap(softmax).forEach((p, i) => check(isClose(logits[i], p, 1e-5, 1e-6), `probability ${i}: ${logits[i]} instead of ${p}`));
  note(`loss ${metadata.loss}, PyTorch ${expected.loss}`);
});

test('network: the procedural digits are generated, and called by their name', async (stage) => {
  const page = await stage.page();
  const status = await page.run(() => window.descent.network.configure({ dataset: 'procedural digits' }));
  equal(status.dataset, 'procedural digits', 'data set');
  check(status.train_count >= 1000 && status.test_count >= 100, 'counts');
  const before = await page.run(() => window.descent.network.step(2));
  equal(before.step, 2, 'steps on the procedural digits');
});

test('network: opening the workspace brings the default data set', async (stage) => {
  const page = await stage.page();
  equal(await page.run(() => window.descent.network.status().state), 'empty', 'before the workspace was opened');
  await page.click('Network', 'tab');
  const status = await until(() => page.run(() => {
    const s = window.descent.network.status();
    return s.state === 'ready' && s;
  }), 'the data set', 60);
  matches(status.dataset, /^(MNIST|procedural digits)$/, 'data set');
  page.noErrors();
});

test('network: a site without MNIST starts with the procedural digits and says what it lacks', async (stage) => {
  const page = await stage.blankPage();
  await page.tab.route(/data\/manifest\.json$/, (route) => route.fulfill({ json: { name: null, files: {}, bytes: {} } }));
  await page.open(stage.origin);
  const status = await page.run(() => window.descent.network.step(1));
  equal([status.dataset, status.step], ['procedural digits', 1], 'data set and step');
  matches(await page.refusal(() => window.descent.network.configure({ dataset: 'mnist' })), /without MNIST.*procedural digits/s, 'asking for MNIST');
  equal(await page.run(() => window.descent.network.status().step), 1, 'step after the refusal');
  page.noErrors();
});

test('network: a data set that cannot be fetched is a message, and the next attempt may succeed', async (stage) => {
  const page = await stage.blankPage();
  let broken = true;
  await page.tab.route(/data\/manifest\.json$/, (route) => route.fulfill({
    json: {
      name: 'MNIST', bytes: { train_images: 1, train_labels: 1, test_images: 1, test_labels: 1 },
      files: { train_images: 'a.gz', train_labels: 'b.gz', test_images: 'c.gz', test_labels: 'd.gz' },
    },
  }));
  const set = Object.values(smallSet()).map(gzipped);
  await page.tab.route(/data\/[abcd]\.gz$/, (route) => {
    const i = 'abcd'.indexOf(new URL(route.request().url()).pathname.at(-4));
    return broken && i === 2 ? route.fulfill({ status: 503, body: '' }) : route.fulfill({ body: set[i] });
  });
  await page.open(stage.origin);
  matches(await page.refusal(() => window.descent.network.train({ steps: 1 })), /c\.gz could not be fetched \(503\)/, 'training');
  equal(await page.run(() => window.descent.network.status().state), 'empty', 'state');
  broken = false;
  const status = await page.run(() => window.descent.network.step(1));
  // The files decide what a data set is called, not who offers them.
  equal([status.step, /mnist/i.test(status.dataset)], [1, false], 'step and name');
});
