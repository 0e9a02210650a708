// jax-js on its WebAssembly backend: the reference network in NCHW, as its convolutions want it, loss, gradients and
// Adam in one jitted function. Its pool takes as many threads as navigator.hardwareConcurrency says; the driver sets it.
// SPDX-License-Identifier: MIT
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from './jax/index.js';
import { Batches, glorot, trainWindow } from './mnist.js';

function makeParameters() {
  const layer = (shape, fanIn, fanOut, out, seed) => ({
    w: np.array(glorot(shape.reduce((a, b) => a * b), fanIn, fanOut, seed)).reshape(shape),
    b: np.zeros(out),
  });
  return {
    c1: layer([32, 1, 3, 3], 9, 288, [1, 32, 1, 1], 11),
    c2: layer([64, 32, 3, 3], 288, 576, [1, 64, 1, 1], 12),
    d1: layer([1600, 128], 1600, 128, [1, 128], 13),
    d2: layer([128, 10], 128, 10, [1, 10], 14),
  };
}

// An odd last row and column is not pooled.
function maxPool(x) {
  return lax.reduceWindow(x, (window) => np.max(window), [2, 2], [2, 2]);
}

function logits(p, x) {
  const convolve = (from, { w, b }) => maxPool(nn.relu(lax.conv(from, w, [1, 1], 'VALID').add(b)));
  const features = convolve(convolve(x, p.c1), p.c2).reshape([-1, 1600]);
  const hidden = nn.relu(np.matmul(features, p.d1.w).add(p.d1.b));
  return np.matmul(hidden, p.d2.w).add(p.d2.b);
}

// p: parameters, y: one-hot.
const loss = (p, x, y) => nn.logSoftmax(logits(p, x)).mul(y).sum(-1).mean().neg();

const kRate = 1e-3, kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-7;

// corrections: [1 / (1 - beta1^t), 1 / (1 - beta2^t)].
const update = jit((state, x, y, corrections) => {
  const [cost, gradients] = valueAndGrad(loss)(tree.ref(state.p), x, y);
  const m = tree.map((old, g) => old.mul(kBeta1).add(g.mul(1 - kBeta1)), state.m, tree.ref(gradients));
  const v = tree.map((old, g) => old.mul(kBeta2).add(np.square(g).mul(1 - kBeta2)), state.v, gradients);
  const [first, second] = [corrections.ref.slice(0), corrections.slice(1)];
  const p = tree.map((old, a, b) => old.sub(a.mul(first.ref).mul(kRate).div(np.sqrt(b.mul(second.ref)).add(kEpsilon))),
    state.p, tree.ref(m), tree.ref(v));
  first.dispose();
  second.dispose();
  return { cost, state: { p, m, v } };
});

export async function open({ batch, version }) {
  await init('wasm');
  defaultDevice('wasm');
  const batches = await Batches.open(batch);
  const p = makeParameters();
  const zeros = () => tree.map((one) => np.zeros(one.shape), p);
  let state = { m: zeros(), v: zeros(), p };
  let cost = null;
  let t = 0;
  // Steps are only noted down until someone asks for a result, so each is waited for.
  const step = async ({ images, labels }) => {
    t += 1;
    const x = np.array(images).reshape([batch, 1, 28, 28]);
    const y = nn.oneHot(np.array(labels, { dtype: np.int32 }), 10);
    cost?.dispose();
    ({ cost, state } = update(state, x, y, np.array([1 / (1 - kBeta1 ** t), 1 / (1 - kBeta2 ** t)])));
    await cost.blockUntilReady();
  };
  return {
    threads: navigator.hardwareConcurrency,
    what: `jax-js ${version}, wasm backend`,
    train: (ms) => trainWindow(batches, ms, step, async () => (await cost.ref.data())[0]),
  };
}
